"""Meetings of the week: who was there, headlines, decisions carried on, what leaders were told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.domain.records import Record, read
from app.errors import InvalidInputError
from app.operations import records
from app.operations.actions import Action, open_actions
from app.operations.notes import Paragraph, add_note, add_paragraph
from app.operations.typed_fields import fields_kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

TEAM: Final = "team_meeting"
TOUCH: Final = "keep_in_touch"
PRESENT: Final = "present"
APOLOGIES: Final = "apologies"
_NEXT: Final = {"": PRESENT, PRESENT: APOLOGIES, APOLOGIES: ""}


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as a list shows it."""

    id: str
    kind: str
    title: str
    day: str
    start: str
    status: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """One member of the team, and whether they were there: present, apologies, or not said."""

    id: str
    name: str
    inspectorate: str
    state: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, and the day of the meeting that took it."""

    id: str
    meeting: str
    text: str
    day: str
    is_settled: bool


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action with its owner’s initials."""

    id: str
    what: str
    owner: str
    due: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A daily meeting. ``carried`` are decisions of earlier ones, ``owed`` earlier open actions."""

    record: Record
    draft: Mapping[str, Json]
    attendance: tuple[Attendee, ...]
    headlines: tuple[Paragraph, ...]
    decisions: tuple[Decision, ...]
    carried: tuple[Decision, ...]
    actions: tuple[ActionRow, ...]
    owed: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class SharedPoint:
    """What leaders were told, as said, and what they answered."""

    id: str
    text: str
    finding: str
    response: str
    offered: str
    due: str


@dataclass(frozen=True, slots=True)
class KeepInTouch:
    """A keep-in-touch meeting with the points shared in it, and the findings they may be about."""

    record: Record
    draft: Mapping[str, Json]
    points: tuple[SharedPoint, ...]
    headlines: tuple[Paragraph, ...]
    findings: tuple[tuple[str, str], ...]


def todays_meeting(work: Work) -> Changes:
    """Begin today’s team meeting, or return the one there is."""
    today = work.now()[:10]
    for one in work.records.of_kind(TEAM):
        if one.text("date") == today:
            return work.changes(one.id)
    header: dict[str, Json] = {"title": f"Team meeting, {short_date(today)}"}
    if work.me:
        header |= {"note_taker": work.me, "present": [work.me]}
    return add_note(work, TEAM, header)


def begin_keep_in_touch(work: Work) -> Changes:
    """Begin a keep-in-touch meeting, numbered after those there are."""
    number = len(work.records.of_kind(TOUCH)) + 1
    return add_note(work, TOUCH, {"title": f"Keep-in-touch meeting {number}", "source": "leader"})


def mark_attendance(work: Work, meeting: str, person: str) -> Changes:
    """Turn a member’s attendance on: not said, present, apologies, and round again."""
    held = work.of_kind(meeting, TEAM)
    work.of_kind(person, "person")
    state = next((one for one in (PRESENT, APOLOGIES) if person in held.texts(one)), "")
    wanted = _NEXT[state]
    fields: dict[str, Json] = {}
    for name in (PRESENT, APOLOGIES):
        others: list[Json] = [one for one in held.texts(name) if one != person]
        fields[name] = [*others, person] if name == wanted else others
    work.change(meeting, fields)
    return work.changes()


def add_headline(work: Work, meeting: str, text: str, whose: str = "") -> Changes:
    """Add a headline: a paragraph of the meeting’s note, with whose it is."""
    if not text.strip():
        raise InvalidInputError("Write the headline.", "text")
    return add_paragraph(work, meeting, text, fields={"speaker": whose} if whose else None)


def decide(work: Work, meeting: str, text: str) -> Changes:
    """Record what a team meeting decided."""
    if not text.strip():
        raise InvalidInputError("Write what was decided.", "text")
    work.of_kind(meeting, TEAM)
    return records.add(work, "decision", {"meeting": meeting, "text": text, "at": work.now()})


def settle_decision(work: Work, decision: str) -> Changes:
    """Carry a decision no further, or carry it on again."""
    held = work.of_kind(decision, "decision")
    work.change(decision, {"settled_at": None if held.text("settled_at") else work.now()})
    return work.changes()


def share_point(work: Work, meeting: str, text: str, finding: str = "") -> Changes:
    """Record a point shared with leaders, as it was said."""
    if not text.strip():
        raise InvalidInputError("Write what leaders were told, as it was said.", "text")
    work.of_kind(meeting, TOUCH)
    fields: dict[str, Json] = {"meeting": meeting, "text": text, "at": work.now()}
    fields |= {k: v for k, v in {"author": work.me, "finding": finding}.items() if v}
    return records.add(work, "shared_point", fields)


def answer_point(
    work: Work, point: str, response: str, offered: str = "", due: str = ""
) -> Changes:
    """Record leaders’ response to a point: what they offer or do, and by when."""
    work.of_kind(point, "shared_point")
    work.change(
        point, {"response": response or None, "offered": offered or None, "due": due or None}
    )
    return work.changes()


def list_meetings(view: View) -> list[MeetingRow]:
    """Return team and keep-in-touch meetings by day and time."""
    rows = [
        MeetingRow(
            one.id,
            one.kind,
            one.text("title"),
            one.text("date"),
            one.text("start"),
            one.text("status"),
        )
        for one in view.records.of_kind(TEAM, TOUCH)
    ]
    return sorted(rows, key=lambda row: (row.day, row.start, row.id))


def read_meeting(view: View, meeting: str) -> Meeting:
    """Return a team meeting for its page.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(meeting)
    earlier = _earlier(view, held)
    decisions = view.records.of_kind("decision")
    days = {one.id: one.text("date") for one in view.records.of_kind(TEAM)}
    own = [one for one in decisions if one.text("meeting") == meeting]
    before = [one for one in decisions if one.text("meeting") in {m.id for m in earlier}]
    carried = [_decision(one, days) for one in before if not _was_settled(one, held)]
    actions = [read(Action, one) for one in view.records.of_kind("action")]
    return Meeting(
        held,
        fields_kept(view, meeting),
        _attendance(view, held),
        tuple(read(Paragraph, one) for one in view.records.parts_of(meeting, "paragraph")),
        tuple(_decision(one, days) for one in own),
        (*_told_last(earlier, {one.text("meeting") for one in before}), *carried),
        action_rows(view, [one for one in actions if one.note == meeting]),
        action_rows(view, [one for one in open_actions(view) if one.note != meeting]),
    )


def read_keep_in_touch(view: View, meeting: str) -> KeepInTouch:
    """Return a keep-in-touch meeting for its page.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(meeting)
    points = [read(SharedPoint, one) for one in view.records.parts_of(meeting, "shared_point")]
    paragraphs = [read(Paragraph, one) for one in view.records.parts_of(meeting, "paragraph")]
    findings = tuple((one.id, one.text("statement")) for one in view.records.of_kind("finding"))
    draft = fields_kept(view, meeting)
    return KeepInTouch(held, draft, tuple(points), tuple(paragraphs), findings)


def action_rows(view: View, actions: list[Action]) -> tuple[ActionRow, ...]:
    """Return actions with their owners’ initials."""
    people = view.records.get_many(one.owner for one in actions if one.owner)
    return tuple(
        ActionRow(one.id, one.what, _initials(people.get(one.owner)), one.due, one.status, one.note)
        for one in actions
    )


def _earlier(view: View, meeting: Record) -> list[Record]:
    here = _when(meeting)
    held = [one for one in view.records.of_kind(TEAM) if one.id != meeting.id]
    return sorted((one for one in held if _when(one) < here), key=_when)


def _when(meeting: Record) -> tuple[str, str, str]:
    return meeting.text("date"), meeting.text("start"), meeting.id


def _was_settled(decision: Record, meeting: Record) -> bool:
    """Whether a decision was settled before this meeting’s day; on the day it still shows."""
    settled = decision.text("settled_at")
    return bool(settled) and settled[:10] < (meeting.text("date") or settled[:10])


def _told_last(earlier: list[Record], listed: set[str]) -> tuple[Decision, ...]:
    """Return what the meeting before wrote as decisions in one stretch, if it did."""
    told = earlier[-1] if earlier else None
    if told is None or not told.text("decisions") or told.id in listed:
        return ()
    return (Decision("", told.id, told.text("decisions"), told.text("date"), is_settled=False),)


def _decision(record: Record, days: Mapping[str, str]) -> Decision:
    meeting = record.text("meeting")
    return Decision(
        record.id,
        meeting,
        record.text("text"),
        days.get(meeting, ""),
        bool(record.text("settled_at")),
    )


def _attendance(view: View, meeting: Record) -> tuple[Attendee, ...]:
    inspectorates = view.records.of_kind("inspectorate")
    order = {one.id: at for at, one in enumerate(inspectorates)}
    names = {one.id: one.text("short_name") or one.text("name") for one in inspectorates}
    people = sorted(
        view.records.of_kind("person"),
        key=lambda one: order.get(one.text("inspectorate"), len(order)),
    )
    here, away = set(meeting.texts(PRESENT)), set(meeting.texts(APOLOGIES))
    return tuple(
        Attendee(
            one.id,
            " · ".join(part for part in (one.text("initials"), one.text("role")) if part)
            or one.text("name"),
            names.get(one.text("inspectorate"), ""),
            PRESENT if one.id in here else APOLOGIES if one.id in away else "",
        )
        for one in people
    )


def _initials(person: Record | None) -> str:
    return (person.text("initials") or person.text("role")) if person is not None else ""
