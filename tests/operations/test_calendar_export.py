"""A calendar leaves with times and numbers, and with nothing that tells of a child."""

from __future__ import annotations

from typing import TYPE_CHECKING

import icalendar
import pytest

from app.errors import InvalidInputError
from app.interchange.inspection_json import Document, ImportedRecord
from app.operations import records
from app.operations.calendar_export import write_calendar
from app.operations.exchange import take_in
from app.operations.team import code_child
from app.operations.timetable import add_slot, call_off, save_slot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.operations.inspection import Inspection

DAY = "2026-10-13"
TELLING = {
    "what": "Aurelia at home",
    "place": "Marshlands Hostel",
    "with_whom": "Aurelia and her mother",
    "note_kind": "child_conversation",
}


@pytest.fixture
def inspector(inspection: Inspection) -> str:
    fields = {"initials": "OF2", "name": "Ann Bell", "role": "HMI"}
    return inspection.do(records.add, "person", fields).made


def plan(inspection: Inspection, who: str, start: str = "", **fields: object) -> str:
    return inspection.do(add_slot, {"who": who, "date": DAY, "start": start, **fields}).made


def events(
    inspection: Inspection, path: Path, who: str, *, with_places: bool = False
) -> Sequence[icalendar.Event]:
    count = write_calendar(inspection, path, who, with_places=with_places)
    found = icalendar.Calendar.from_ical(path.read_bytes()).events
    assert len(found) == count
    return found


def titles(found: Sequence[icalendar.Event]) -> list[str]:
    return [str(one["summary"]) for one in found]


def test_nothing_of_whom_it_is_about_is_in_it(
    inspection: Inspection, inspector: str, tmp_path: Path
) -> None:
    agency = inspection.do(records.add, "agency", {"name": "Harbour"}).made
    child = inspection.do(code_child).made
    plan(inspection, inspector, "09:00", agency=agency, child=child, **TELLING)
    path = tmp_path / "t.ics"
    (event,) = events(inspection, path, inspector)
    written = path.read_text("utf-8")
    for telling in ("Aurelia", "mother", "Marshlands", "Harbour", "C1", "Ann", "OF2", "child"):
        assert telling not in written
    assert str(event["summary"]) == "Interview 1"
    (placed,) = events(inspection, path, inspector, with_places=True)
    assert str(placed["location"]) == "Marshlands Hostel"
    assert "Aurelia" not in path.read_text("utf-8")


def test_an_id_taken_in_from_elsewhere_stays_inside(inspection: Inspection, tmp_path: Path) -> None:
    slot = ImportedRecord("slot-Aurelia", "slot", {"who": "p-1", "date": DAY})
    person = ImportedRecord("p-1", "person", {"initials": "OF2"})
    inspection.do(take_in, Document((person, slot), {}))
    (event,) = events(inspection, tmp_path / "t.ics", "p-1")
    assert "Aurelia" not in str(event["uid"])


def test_a_slot_keeps_its_id_and_number_when_others_are_planned(
    inspection: Inspection, inspector: str, tmp_path: Path
) -> None:
    later = plan(inspection, inspector, "14:00", note_kind="professional_interview")
    (before,) = events(inspection, tmp_path / "t.ics", inspector)
    plan(inspection, inspector, "09:00", note_kind="family_conversation")
    inspection.do(save_slot, later, {"start": "15:00"})
    found = events(inspection, tmp_path / "t.ics", inspector)
    assert titles(found) == ["Interview 2", "Interview 1"], "by time, each under its number"
    assert found[1]["uid"] == before["uid"]
    assert (before.start.hour, found[1].start.hour) == (14, 15)


def test_what_was_called_off_is_cancelled_and_others_slots_are_left_out(
    inspection: Inspection, inspector: str, tmp_path: Path
) -> None:
    other = inspection.do(records.add, "person", {"initials": "CQ1"}).made
    plan(inspection, other, "09:00")
    off = plan(inspection, inspector, "11:00", note_kind="observation")
    inspection.do(call_off, off)
    (event,) = events(inspection, tmp_path / "t.ics", inspector)
    assert (str(event["summary"]), str(event["status"])) == ("Visit 1", "CANCELLED")


def test_nothing_is_written_for_somebody_without_a_slot(
    inspection: Inspection, inspector: str, tmp_path: Path
) -> None:
    inspection.do(add_slot, {"who": inspector, "what": "some day"})
    with pytest.raises(InvalidInputError, match="No slot with a date"):
        write_calendar(inspection, tmp_path / "t.ics", inspector)
    assert list(tmp_path.glob("*.ics")) == []
