"""A team meeting as the page that is printed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.dates import long_date, short_date
from app.operations.agenda import agenda
from app.operations.meetings import APOLOGIES, PRESENT, read_meeting
from app.reports.meeting import MeetingContent

if TYPE_CHECKING:
    from app.operations.meetings import ActionRow, Decision, Meeting
    from app.operations.view import View


def meeting_page(view: View, meeting: str) -> MeetingContent:
    """Return a meeting’s page; the agenda stands in it while the meeting is open.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = read_meeting(view, meeting)
    record = held.record
    parts: dict[str, list[str]] = {}
    if record.text("status") == "jotting":
        for line in agenda(view):
            parts.setdefault(line.part.value, []).append(f"{line.words} ({line.why})")
    parts["Decisions"] = [one.text for one in held.decisions]
    parts["Actions"] = [_action(one) for one in held.actions]
    parts["Decided before"] = [_decision(one) for one in held.carried if not one.is_settled]
    parts["Actions still open from before"] = [_action(one) for one in held.owed]
    # Last: what was decided and who does what stands on the first page however much was said.
    parts["Headlines"] = [
        f"{one.speaker}: {one.text}" if one.speaker else one.text for one in held.headlines
    ]
    when = (long_date(record.text("date")), record.text("start"), record.text("place"))
    return MeetingContent(
        record.text("title") or "Team meeting",
        view.inspection.text("area"),
        view.inspection.text("marking"),
        ". ".join([" · ".join(part for part in when if part), *_attendance(held)]),
        tuple((heading, tuple(lines)) for heading, lines in parts.items()),
    )


def _attendance(meeting: Meeting) -> list[str]:
    told = []
    for words, state in (("Here", PRESENT), ("Apologies", APOLOGIES)):
        bodies: dict[str, list[str]] = {}
        for one in meeting.attendance:
            if one.state == state:
                bodies.setdefault(one.inspectorate, []).append(one.name.partition(" · ")[0])
        if bodies:
            each = (f"{body} {', '.join(names)}".strip() for body, names in bodies.items())
            told.append(f"{words}: {'; '.join(each)}")
    return told


def _decision(one: Decision) -> str:
    return f"{one.text} ({short_date(one.day)})" if one.day else one.text


def _action(one: ActionRow) -> str:
    parts = (one.owner, f"by {short_date(one.due)}" if one.due else "", one.status)
    told = ", ".join(part for part in parts if part and part != "open")
    return f"{one.what} ({told})" if told else one.what
