"""Two people on one line of an address are noticed; one person with much to do is not."""

from __future__ import annotations

import pytest

from app.domain.addressees import holds_two_people


@pytest.mark.parametrize(
    "line",
    [
        "Mr Alan Moss, Chief Executive Officer, NHS Westshire CCG Mr Paul Reed,",
        "Mr Alan Moss, Chief Executive Officer, NHS Westshire CCG Mr Paul Reed, Chief Constable",
        "Alan Moss, Chief Executive, NHS Westshire CCG Paul Reed, Police and Crime Commissioner",
        "Ann Lee, Director of Children’s Services\nPaul Reed, Chief Constable",
        "Ann Lee, Director and Dr Paul Reed, Chair",
    ],
)
def test_two_people_on_one_line_are_noticed(line: str) -> None:
    assert holds_two_people(line)


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee, Director of Children’s Services, Westshire County Council",
        "Professor Dame Ann Lee DBE, Chief Constable of West Mercer police force",
        "The Rt Hon Sir Paul Reed, Police and Crime Commissioner",
        "Paul Reed, Chief Officer at NHS Eastport, Halesham and Seafield CCG and NHS Rye CCG",
        "Ann Lee, Chief Nurse Sutton CCGs, Head of Safeguarding East Sutton CCGs",
        "Ann Lee, Chief Executive, Westshire County Council, Chair of the partnership",
        "Ann Lee, Deputy Director NPS, South West and South Central",
        "Ann Lee , Deputy Director , National Probation Service",
        "Ann Lee, Head of Service South West, Chair of the partnership",
        "Ann Lee, Chief Executive, NHS Kent Trust, Chair of the partnership",
        "Dr Ann Lee",
        "",
    ],
)
def test_one_person_is_one(line: str) -> None:
    assert not holds_two_people(line)
