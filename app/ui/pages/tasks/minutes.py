"""A team meeting as rows: who is here, headlines, decisions, actions, and what is carried on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.operations.meetings import APOLOGIES, PRESENT
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.operations.agenda import AgendaLine
    from app.operations.meetings import ActionRow, Attendee, Decision, KeepInTouch, Meeting
    from app.operations.notes import Paragraph

HEADING: Final = "heading/"
PERSON: Final = "person/"
HEADLINE: Final = "headline/"
DECISION: Final = "decision/"
ACTION: Final = "action/"
_SIGNS: Final = {PRESENT: "✓", APOLOGIES: "–"}
_SAID: Final = {PRESENT: "here", APOLOGIES: "apologies", "": "not said"}


def agenda_rows(lines: Iterable[AgendaLine], *, offers_tasks: bool = True) -> list[Row]:
    """Return the agenda under its headings; what a task would fill says so."""
    rows: list[Row] = []
    heading = ""
    for one in lines:
        if one.part.value != heading:
            heading = one.part.value
            rows.append(Row(f"{HEADING}{heading}", heading, is_heading=True))
        urgent = one.part.name == "ESCALATIONS"
        fill = "Ctrl+T makes the task" if one.idea is not None and offers_tasks else ""
        meta = " · ".join(part for part in (one.why, fill) if part)
        sign, tone = ("!", "priority") if urgent else ("", "")
        rows.append(Row(one.key, one.words, meta, sign, tone, is_strong=urgent))
    return rows


def minutes_rows(meeting: Meeting) -> list[Row]:
    """Return everything the meeting holds, under headings."""
    rows = _part("Headlines", [_headline(one) for one in meeting.headlines])
    rows += _part("Decisions", [_decision(one) for one in meeting.decisions])
    rows += _part("Actions", [_action(one) for one in meeting.actions])
    rows += _part("Decided before", [_decision(one) for one in meeting.carried])
    rows += _part("Actions still open from before", [_action(one) for one in meeting.owed])
    return rows + _attendance(meeting.attendance)


def shared_rows(meeting: KeepInTouch) -> list[Row]:
    """Return what leaders were told and answered, then the notes of the meeting."""
    rows = []
    for one in meeting.points:
        answer = one.response or "no answer recorded"
        due = f"by {short_date(one.due)}" if one.due else ""
        meta = " · ".join(part for part in (answer, one.offered, due) if part)
        rows.append(Row(one.id, one.text, meta))
    told = meeting.record.text("points_shared")
    if told and not meeting.points:
        rows.append(Row(f"{HEADING}told", "Told in one stretch", is_heading=True))
        rows.append(Row(f"{HEADING}words", told, meeting.record.text("response")))
    notes = [_headline(one) for one in meeting.headlines]
    return rows + _part("Notes of the meeting", notes)


def _part(heading: str, rows: Sequence[Row]) -> list[Row]:
    return [Row(f"{HEADING}{heading}", heading, is_heading=True), *rows] if rows else []


def _headline(one: Paragraph) -> Row:
    meta = " · ".join(part for part in (one.speaker, one.typed_at[11:16]) if part)
    return Row(f"{HEADLINE}{one.id}", one.text, meta)


def _decision(one: Decision) -> Row:
    meta = f"decided {short_date(one.day)}" if one.day else "decided"
    if one.is_settled:
        meta += " · settled, carried no further"
    key = f"{DECISION}{one.id or one.meeting}"
    return Row(key, one.text, meta, "✓" if one.is_settled else "")


def _action(one: ActionRow) -> Row:
    done = one.status not in {"", "open"}
    due = f"by {short_date(one.due)}" if one.due else "no day set"
    meta = " · ".join(part for part in (one.owner, due, one.status if done else "") if part)
    return Row(f"{ACTION}{one.id}", one.what, meta, "✓" if done else "")


def _attendance(held: Sequence[Attendee]) -> list[Row]:
    rows: list[Row] = []
    for body in dict.fromkeys(one.inspectorate for one in held):
        people = [one for one in held if one.inspectorate == body]
        here = sum(one.state == PRESENT for one in people)
        rows.append(
            Row(
                f"{HEADING}{body}",
                f"Who is here: {body or 'others'}",
                badge=f"{here} of {len(people)}",
                is_heading=True,
            )
        )
        rows += [
            Row(f"{PERSON}{one.id}", one.name, _SAID[one.state], _SIGNS.get(one.state, ""))
            for one in people
        ]
    return rows
