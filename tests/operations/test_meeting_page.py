from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.operations import records
from app.operations.actions import give_action
from app.operations.documents import write_meeting
from app.operations.findings import add_finding
from app.operations.meeting_page import meeting_page
from app.operations.meetings import add_headline, decide, mark_attendance, todays_meeting
from app.operations.notes import finish_note
from app.reports.write import Format

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.inspection import Inspection
    from app.reports.meeting import MeetingContent
    from tests.fakes.clock import StillClock


def lines_of(content: MeetingContent, heading: str) -> tuple[str, ...]:
    return dict(content.parts).get(heading, ())


def test_the_page_holds_agenda_minutes_and_what_is_carried_on(
    inspection: Inspection, clock: StillClock
) -> None:
    inspection.do(records.add, "inspection", {"area": "Wexcombe", "marking": "OFFICIAL"})
    body = inspection.do(records.add, "inspectorate", {"name": "Ofsted"}).made
    person = {"initials": "OF1", "role": "HMI", "inspectorate": body}
    me = inspection.do(records.add, "person", person).made
    monday = inspection.do(todays_meeting).made
    inspection.do(decide, monday, "Draw our own sample.")
    inspection.do(give_action, "Draw it.", owner=me, due="2026-10-13", note=monday)
    clock.move(timedelta(days=1))
    tuesday = inspection.do(todays_meeting).made
    inspection.do(add_finding, "Plans rest on mothers.")
    inspection.do(mark_attendance, tuesday, me)
    inspection.do(add_headline, tuesday, "Twelve plans read.", "Ofsted")
    content = inspection.ask(meeting_page, tuesday)
    assert (content.area, content.marking) == ("Wexcombe", "OFFICIAL")
    assert content.about.endswith("Here: Ofsted OF1")
    assert lines_of(content, "Headlines") == ("Ofsted: Twelve plans read.",)
    assert lines_of(content, "Decided before") == ("Draw our own sample. (Mon 12 Oct)",)
    assert lines_of(content, "Actions still open from before") == ("Draw it. (OF1, by Tue 13 Oct)",)
    thin = "Plans rest on mothers. (Nothing has been recorded for it.)"
    assert lines_of(content, "Findings that rest on little") == (thin,)
    inspection.do(finish_note, tuesday)
    assert lines_of(inspection.ask(meeting_page, tuesday), "Findings that rest on little") == ()


def test_the_page_is_written_in_every_format(inspection: Inspection, tmp_path: Path) -> None:
    meeting = inspection.do(todays_meeting).made
    inspection.do(add_headline, meeting, "Twelve plans read.")
    written = write_meeting(inspection, meeting, tmp_path, tuple(Format))
    assert [one.suffix for one in written] == [".docx", ".pdf", ".html"]
    assert "Twelve plans read." in written[-1].read_text("utf-8")
