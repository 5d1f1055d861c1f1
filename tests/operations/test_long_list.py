from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.errors import InvalidInputError
from app.operations.long_list import (
    choose_candidate,
    choosing,
    day_of_ages,
    leave_candidate,
    read_long_lists,
    take_in,
)
from app.operations.team import code_child, describe_inspection
from tests.interchange.workbooks import ods, xlsx
from tests.operations.asking import held, of_kind, refused

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.inspection import Inspection

ON = date(2026, 10, 12)
HEADER = ["Child ID", "Child name", "Gender", "Date of birth", "Status", "Police"]
ROWS = [
    ["List 8"],
    [],
    HEADER,
    ["77001", "Annabel Quickley", "F", "2023-03-12", "CIN", "Y"],
    ["77002", "Samson Ade", "M", "2019-11-02", "CPP", "N"],
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "annex a.xlsx"
    made.write_bytes(xlsx({"Cover": [["Annex A"]], "List_8": ROWS}))
    return made


@pytest.fixture
def candidates(inspection: Inspection, path: Path) -> list[str]:
    (found,) = read_long_lists(path, ON)
    inspection.do(take_in, found, " List_8 ")
    return [one.id for one in inspection.ask(choosing).candidates]


def test_a_list_is_looked_at_before_anything_is_kept(inspection, path) -> None:
    (found,) = read_long_lists(path, ON)
    assert [one.header for one in found.dropped] == ["Child ID", "Child name"]
    assert of_kind(inspection, "candidate") == []


def test_children_are_taken_in_under_codes_and_without_a_name(inspection, candidates) -> None:
    first, second = inspection.ask(choosing).candidates
    assert (first.code, first.age_band, first.gender) == ("L01", "2–3", "female")
    assert (first.status, first.agencies, first.source) == ("child in need", ("police",), "List_8")
    assert (second.code, second.status) == ("L02", "child protection plan")
    for one in candidates:
        history = inspection.ask(lambda view, one=one: view.records.history(one))
        kept = repr([dict(each.fields) for each in history])
        assert not any(word in kept for word in ("Annabel", "Quickley", "77001", "2023-03-12"))


@pytest.mark.usefixtures("candidates")
def test_a_second_list_goes_on_counting(inspection, tmp_path) -> None:
    path = tmp_path / "more.ods"
    path.write_bytes(ods({"L": ROWS[2:]}))
    inspection.do(take_in, read_long_lists(path, ON)[0], "L")
    codes = [one.code for one in inspection.ask(choosing).candidates]
    assert codes == ["L01", "L02", "L03", "L04"]


def test_choosing_makes_the_child_and_its_file(inspection, candidates) -> None:
    file = held(
        inspection, inspection.do(choose_candidate, candidates[0], "A baby, two moves.").made
    )
    assert file.kind == "tracked_child"
    child = held(inspection, file.text("child"))
    assert (child.text("code"), child.flag("is_tracked")) == ("C1", True)
    assert (child.text("age_band"), child.text("why_selected")) == ("2–3", "A baby, two moves.")
    first = inspection.ask(choosing).candidates[0]
    assert (first.is_chosen, first.followed, first.file) == (True, "C1", file.id)


def test_choosing_asks_why(inspection, candidates) -> None:
    assert "why" in refused(inspection, choose_candidate, candidates[0], "  ")
    assert "why" in refused(inspection, leave_candidate, candidates[0], "")


def test_a_child_left_and_chosen_again_keeps_code_and_file(inspection, candidates) -> None:
    file = inspection.do(choose_candidate, candidates[0], "One.").made
    inspection.do(leave_candidate, candidates[0], "The family moved.")
    left = inspection.ask(choosing).candidates[0]
    assert (left.is_chosen, left.followed, left.reason) == (False, "", "The family moved.")
    assert not of_kind(inspection, "child")[0].flag("is_tracked")
    assert inspection.do(choose_candidate, candidates[0], "Back.").made == file
    assert len(of_kind(inspection, "child")) == 1
    assert of_kind(inspection, "child")[0].flag("is_tracked")


def test_codes_of_children_go_on_from_those_there_are(inspection, candidates) -> None:
    inspection.do(code_child)
    inspection.do(choose_candidate, candidates[1], "Why.")
    assert inspection.ask(choosing).candidates[1].followed == "C2"


def test_the_balance_speaks_of_the_chosen_alone(inspection, candidates) -> None:
    assert inspection.ask(choosing).balance == ()
    inspection.do(choose_candidate, candidates[1], "Why.")
    found = inspection.ask(choosing)
    assert "Gender: 1 male." in found.balance
    assert "Gender: 1 female, 1 male." in found.of_all
    assert found.standing == "1 of 2 chosen; 5 to 7 are usual."


def test_ages_are_taken_on_the_first_day_on_site(inspection) -> None:
    inspection.do(describe_inspection, {"fieldwork_from": "2026-10-19"})
    assert inspection.ask(day_of_ages) == date(2026, 10, 19)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"a,b\n1,2\n", "No table of it"), (b"", "empty"), (b"%PDF", "none that Siteweek reads")],
)
def test_what_is_no_list_is_refused_in_words(tmp_path, content, told) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidInputError) as problem:
        read_long_lists(path, ON)
    assert told in problem.value.sentence
    assert "attach" not in problem.value.sentence


def test_a_file_that_is_not_there_is_said(tmp_path) -> None:
    with pytest.raises(InvalidInputError) as problem:
        read_long_lists(tmp_path / "none.xlsx", ON)
    assert "Nothing was taken in." in problem.value.sentence
