from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.codes import Meaning, code_words
from app.operations.findings import add_finding
from app.operations.notes import add_note, add_paragraph
from app.operations.search_filters import Narrowed, narrowed
from app.operations.searching import find_words
from app.operations.team import code_child, join_team, name_agency

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock


@dataclass
class Week:
    """Two notes: a health visitor on Monday, a child on Tuesday."""

    monday: str
    tuesday: str
    coded: str


@pytest.fixture
def week(inspection: Inspection) -> Week:
    do = inspection.do
    ofsted = do(records.add, "inspectorate", {"name": "Ofsted", "short_name": "OF"}).made
    cqc = do(records.add, "inspectorate", {"name": "Care Quality", "short_name": "CQC"}).made
    ann = do(join_team, "social care inspector", ofsted, "AB").made
    jo = do(join_team, "health inspector", cqc, "JP").made
    trust = do(name_agency, "NHS trust", "health", "Trust").made
    child = do(code_child).made
    do(code_child)
    visitor = do(
        add_note,
        "professional_interview",
        {"ref": "CQC-1", "date": "2026-10-12", "author": jo, "agency": trust},
    ).made
    talk = do(
        add_note,
        "child_conversation",
        {"ref": "OF-1", "date": "2026-10-13", "author": ann, "children": [child]},
    ).made
    monday = do(add_paragraph, visitor, "Health was left out of the strategy meeting.").made
    tuesday = do(add_paragraph, talk, "Nobody told me there was a meeting.").made
    coded = do(add_paragraph, visitor, "The meeting was recorded within a day.").made
    do(code_words, coded, 4, 11, Meaning(criterion="A6", child=child))
    do(add_finding, "Health is left out of meetings.")
    return Week(monday, tuesday, coded)


def found(inspection: Inspection, text: str) -> set[str]:
    return {one.record for one in inspection.ask(find_words, text)}


def test_filters_are_taken_out_of_the_words() -> None:
    assert narrowed('front by:JP door agency:"NHS trust" uncoded') == Narrowed(
        "front door", (("by", "jp"), ("agency", "nhs trust")), is_uncoded=True
    )


@pytest.mark.parametrize("text", ["by:", 'agency:"', "by: front", "uncodedness", "http://x", "a:b"])
def test_what_is_no_whole_filter_narrows_nothing(text: str) -> None:
    assert not narrowed(text).is_narrow


def test_words_alone_find_every_kind(inspection: Inspection, week: Week) -> None:
    assert found(inspection, "meeting") > {week.monday, week.tuesday, week.coded}


@pytest.mark.parametrize(
    "text",
    ["by:jp", "by:CQC", "by:health", "agency:trust", "agency:health", "day:mon", "kind:interview"],
)
def test_each_filter_leaves_what_fits(inspection: Inspection, week: Week, text: str) -> None:
    assert found(inspection, f"meeting {text}") == {week.monday, week.coded}
    assert found(inspection, text) == {week.monday, week.coded}


def test_a_child_is_found_by_note_and_by_code(inspection: Inspection, week: Week) -> None:
    assert found(inspection, "child:c1") == {week.tuesday, week.coded}
    assert found(inspection, "child:c2") == set()


def test_a_code_is_found_by_its_beginning(inspection: Inspection, week: Week) -> None:
    assert found(inspection, "code:a") == found(inspection, "code:A6") == {week.coded}
    assert found(inspection, "code:a1") == set()


def test_what_is_not_coded_is_found(inspection: Inspection, week: Week) -> None:
    assert found(inspection, "uncoded") == {week.monday, week.tuesday}
    assert found(inspection, "uncoded child:c1") == {week.tuesday}


def test_days_have_many_names(inspection: Inspection, clock: StillClock, week: Week) -> None:
    clock.set(datetime(2026, 10, 13, 12, tzinfo=UTC))
    for day in ("today", "tue", "Tuesday", "2026-10-13"):
        assert found(inspection, f"day:{day}") == {week.tuesday}, day
    assert found(inspection, "day:yesterday") == {week.monday, week.coded}
    assert found(inspection, "day:mon day:tue") == set()
    assert found(inspection, "day:nonsense") == set()


def test_only_as_many_as_were_asked_for_are_listed(inspection: Inspection, week: Week) -> None:
    assert len(inspection.ask(find_words, "by:jp", 1)) == 1
    assert len(inspection.ask(find_words, "meeting by:jp", 1)) == 1
    assert week.monday
