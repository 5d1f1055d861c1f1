from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.team import be, code_child
from app.operations.timetable import add_slot, call_off, note_from_slot, save_slot, timetable
from app.operations.work import new_id
from tests.operations.asking import held, of_kind, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

DAY = "2026-10-13"


@pytest.fixture
def people(inspection: Inspection) -> tuple[str, str]:
    one = inspection.do(records.add, "person", {"initials": "OF2", "role": "HMI"}).made
    other = inspection.do(records.add, "person", {"initials": "CQ1", "role": "CQC lead"}).made
    return one, other


def plan(inspection: Inspection, who: str, start: str, end: str, **fields: object) -> str:
    given = {"who": who, "date": DAY, "start": start, "end": end, **fields}
    return inspection.do(add_slot, given).made


def told(inspection: Inspection) -> list[str]:
    return [one.sentence for one in inspection.ask(timetable).misfits]


def test_one_person_twice_at_once_is_said_in_words(inspection, people) -> None:
    plan(inspection, people[0], "09:00", "10:30")
    second = plan(inspection, people[0], "10:00", "11:00")
    assert told(inspection) == ["OF2 is planned twice at 10:00."]
    assert inspection.ask(timetable).warnings(second) == ("OF2 is planned twice at 10:00.",)


def test_two_places_without_time_between_them_are_said(inspection, people) -> None:
    plan(inspection, people[0], "09:00", "10:00", place="Civic Centre")
    plan(inspection, people[0], "10:00", "11:00", place="Police station")
    plan(inspection, people[0], "11:15", "12:00", place="Royal Hospital")
    assert told(inspection) == [
        "No time for OF2 from Civic Centre to Police station.",
        "15 minutes for OF2 from Police station to Royal Hospital.",
    ]


def test_the_same_place_or_half_an_hour_between_needs_no_word(inspection, people) -> None:
    plan(inspection, people[0], "09:00", "10:00", place="Civic Centre")
    plan(inspection, people[0], "10:00", "11:00", place="civic centre ")
    plan(inspection, people[0], "11:30", "12:00", place="Royal Hospital")
    assert told(inspection) == []


def test_a_child_with_two_inspectors_at_once_is_said(inspection, people) -> None:
    child = inspection.do(code_child).made
    plan(inspection, people[0], "09:00", "10:00", child=child)
    plan(inspection, people[1], "09:30", "10:00", child=child)
    assert told(inspection) == ["C1 is planned with OF2 and CQ1 at 09:30."]


def test_slots_of_two_people_or_two_days_never_clash(inspection, people) -> None:
    plan(inspection, people[0], "09:00", "10:00")
    plan(inspection, people[1], "09:00", "10:00")
    inspection.do(add_slot, {"who": people[0], "date": "2026-10-14", "start": "09:00"})
    assert told(inspection) == []


def test_a_slot_called_off_clashes_with_nothing(inspection, people) -> None:
    slot = plan(inspection, people[0], "09:00", "10:00")
    plan(inspection, people[0], "09:00", "10:00")
    inspection.do(call_off, slot)
    assert told(inspection) == []
    inspection.do(call_off, slot)
    assert len(told(inspection)) == 1


def test_a_slot_without_an_end_is_its_beginning_alone(inspection, people) -> None:
    inspection.do(add_slot, {"who": people[0], "date": DAY, "start": "09:00"})
    plan(inspection, people[0], "09:30", "10:00")
    assert told(inspection) == []


def test_a_note_begins_with_what_its_slot_knows(inspection, people) -> None:
    child = inspection.do(code_child).made
    agency = inspection.do(records.add, "agency", {"name": "Police"}).made
    inspection.do(be, people[0])
    slot = plan(
        inspection,
        people[0],
        "09:00",
        "10:00",
        what="C1, practitioners",
        place="Police station",
        with_whom="detective sergeant",
        agency=agency,
        child=child,
        note_kind="professional_interview",
    )
    note = held(inspection, inspection.do(note_from_slot, slot).made)
    assert note.kind == "professional_interview"
    assert (note.text("place"), note.text("who")) == ("Police station", "detective sergeant")
    assert (note.text("agency"), note.texts("children")) == (agency, (child,))
    assert (note.text("author"), note.texts("others_present")) == (people[0], ())
    assert held(inspection, slot).text("note") == note.id


def test_a_slot_opened_twice_leads_to_one_note(inspection, people) -> None:
    slot = plan(inspection, people[0], "09:00", "10:00")
    first = inspection.do(note_from_slot, slot).made
    assert inspection.do(note_from_slot, slot).made == first
    assert len(of_kind(inspection, "professional_interview")) == 1


def test_a_slot_can_not_end_before_it_begins(inspection, people) -> None:
    slot = plan(inspection, people[0], "09:00", "10:00")
    assert "before it begins" in refused(inspection, save_slot, slot, {"end": "08:00"})
    assert "before it begins" in refused(
        inspection, save_slot, new_id(), {"start": "09:00", "end": "08:00"}
    )
