"""What a new inspection begins with, and agencies and children that are added later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.errors import InvalidInputError
from app.operations import records
from app.operations.notes import add_note
from app.operations.owner import Owner, introduce
from app.operations.parties import begin_with_usual, save_agency, save_child, sectors, take_away
from app.operations.work import new_id

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

DAY = date(2026, 11, 30)


def texts(inspection: Inspection, kind: str, field: str) -> list[str]:
    return [one.text(field) for one in inspection.ask(lambda view: view.records.of_kind(kind))]


def test_a_new_inspection_has_an_agency_for_each_sector_and_the_inspectorates_of_its_year(
    inspection: Inspection,
) -> None:
    inspection.do(begin_with_usual, DAY)
    assert texts(inspection, "agency", "sector") == [key for key, _words in sectors()]
    bodies = texts(inspection, "inspectorate", "name")
    assert {"Ofsted", "Care Quality Commission"} <= set(bodies)
    assert "HM Inspectorate of Constabulary" not in bodies, "it has had another name since 2017"


def test_nothing_is_added_twice(inspection: Inspection) -> None:
    inspection.do(begin_with_usual, DAY)
    before = [texts(inspection, kind, "name") for kind in ("agency", "inspectorate")]
    inspection.do(introduce, Owner("Ruth Okafor-Bell", "Ofsted"))
    inspection.do(begin_with_usual, DAY)
    assert [texts(inspection, kind, "name") for kind in ("agency", "inspectorate")] == before


def test_an_agency_is_added_and_changed(inspection: Inspection) -> None:
    agency = new_id()
    inspection.do(save_agency, agency, {"name": "Eastmarsh Constabulary", "sector": "police"})
    inspection.do(save_agency, agency, {"short_name": "Police"})
    assert texts(inspection, "agency", "short_name") == ["Police"]
    with pytest.raises(InvalidInputError):
        inspection.do(save_agency, agency, {"name": " "})


@pytest.mark.parametrize("code", ["C1", "S04", "L 12", "PR-7", "12345", "c3b"])
def test_a_child_stands_by_a_code(inspection: Inspection, code: str) -> None:
    inspection.do(save_child, new_id(), {"code": code, "age_band": "4–5"})
    assert texts(inspection, "child", "code") == [code]


@pytest.mark.parametrize("name", ["Jamie", "Jamie Smith", "JS", "", "Child one", "J. Smith 2"])
def test_what_may_be_a_name_is_no_code(inspection: Inspection, name: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        inspection.do(save_child, new_id(), {"code": name})
    assert name not in refused.value.sentence or not name
    assert texts(inspection, "child", "code") == []


def test_two_children_never_share_a_code(inspection: Inspection) -> None:
    inspection.do(save_child, new_id(), {"code": "C1"})
    with pytest.raises(InvalidInputError):
        inspection.do(save_child, new_id(), {"code": "c1"})


def test_only_what_nothing_names_is_taken_away_and_it_can_come_back(
    inspection: Inspection,
) -> None:
    agency, other = new_id(), new_id()
    for one, name in ((agency, "Police"), (other, "Housing")):
        inspection.do(save_agency, one, {"name": name})
    inspection.do(add_note, "professional_interview", {"agency": agency})
    with pytest.raises(InvalidInputError, match="1 record names Police"):
        inspection.do(take_away, agency)
    inspection.do(take_away, other)
    assert texts(inspection, "agency", "name") == ["Police"]
    inspection.do(records.restore, other)
    assert sorted(texts(inspection, "agency", "name")) == ["Housing", "Police"]
