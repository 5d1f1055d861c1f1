"""What one inspector needs first in the morning: their day, what is open, what came, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.dates import parse, short_date
from app.domain.escalations import urgent_first
from app.domain.gaps import GapKind, gaps
from app.domain.kinds.registry import NOTE_KINDS
from app.domain.timetable import CALLED_OFF, span_words
from app.operations.actions import open_actions
from app.operations.escalations import list_escalations
from app.operations.naming import note_names
from app.operations.overnight import Came, came_overnight
from app.operations.plan_days import last_evening, today
from app.operations.requests import list_requests
from app.operations.support import pieces_under, weigh
from app.operations.tasks import list_tasks
from app.operations.timetable import name_of, timetable
from app.operations.work import ME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.records import Record
    from app.operations.view import View

_EVENING: Final = time(17, 0)
_LONGEST_AWAY: Final = timedelta(days=14)
_ON_THEIR_OWN: Final = frozenset({"escalation", "subgroup_task", "information_request"})
_HEARD_FROM: Final = frozenset({"professional_interview", "family_conversation"})
_SETTLED: Final = frozenset({"agreed", "fed back", "in letter", "dropped"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, a quiet line about it, and the record it opens."""

    record: str
    words: str
    about: str = ""
    mark: str = ""  # "next", "late", "danger", or nothing


@dataclass(frozen=True, slots=True)
class TodaySheet:
    """The four columns, and what day it is."""

    day: str
    name: str
    mine: tuple[Line, ...]
    unfinished: tuple[Line, ...]
    came: tuple[Came, ...]
    since: datetime
    needed: tuple[Line, ...]


def today_sheet(view: View, since: datetime | None = None) -> TodaySheet:
    """Return what whoever uses this laptop needs; ``since`` is when they last locked, if known."""
    me = view.records.recall(ME)
    person = view.records.find(me) if me else None
    evening = _overnight_since(view, since)
    return TodaySheet(
        today(view).words,
        name_of(person) if person is not None else "",
        tuple(_my_day(view, me)),
        tuple(_unfinished(view, me)),
        tuple(came_overnight(view, me, evening)),
        evening,
        tuple(_needed(view, me)),
    )


def _overnight_since(view: View, locked: datetime | None) -> datetime:
    """Return the last working day's evening, or an earlier lock: a lock at noon is no night."""
    here = view.clock.now().astimezone()
    evening = datetime.combine(last_evening(here.date()), _EVENING).astimezone()
    if locked is not None and here - locked < _LONGEST_AWAY:
        return min(locked, evening)
    return evening


def _my_day(view: View, me: str) -> Iterator[Line]:
    here = view.clock.now().astimezone()
    day, now = here.date().isoformat(), f"{here:%H:%M}"
    held = timetable(view)
    mine = [
        one
        for one in held.slots
        if one.day == day and me and one.record.text("who") == me and not _is_off(one.record)
    ]
    ahead = [one for one in mine if not _is_over(one.record, now)]
    for one in [*ahead, *(one for one in mine if one not in ahead)]:
        start, end = one.record.text("start"), one.record.text("end")
        said = [span_words(start, end) or "no time yet"]
        if one not in ahead:
            said.append("over")
        elif start and start <= now:
            said.append("now")
        said += held.warnings(one.id)
        mark = "next" if ahead and one is ahead[0] else ""
        yield Line(one.id, one.words, " · ".join(said), mark)
    for task in list_tasks(view):
        record = view.records.get(task.id)
        if task.day == day and me and me in {record.text("task_lead"), *record.texts("members")}:
            about = "closed" if task.is_closed else f"subgroup task, led by {task.lead}"
            yield Line(task.id, task.title or "Task", about)
    for meeting in view.records.of_kind("team_meeting"):
        if meeting.text("date") == day:
            about = span_words(meeting.text("start"), meeting.text("end"))
            yield Line(meeting.id, meeting.text("title") or "Team meeting", about)


def _unfinished(view: View, me: str) -> Iterator[Line]:
    drafted = _drafted(view)
    kept = [view.records.get(note) for note in drafted]
    notes = sorted(
        view.records.of_kind(*sorted(NOTE_KINDS - _ON_THEIR_OWN)) if me else (),
        key=lambda one: (one.text("date"), one.text("start")),
        reverse=True,
    )
    lacking = [
        (one, lacks)
        for one in notes
        if one.text("author") == me and one.id not in drafted and (lacks := _lacks(one))
    ]
    names = note_names(view, [*kept, *(one for one, _lacks in lacking)])
    for one in kept:
        words = f"words typed {drafted[one.id][11:16]}, kept and not yet saved"
        yield Line(one.id, names[one.id], words)
    for one, lacks in lacking:
        when = " ".join(part for part in (short_date(one.text("date")), one.text("start")) if part)
        yield Line(one.id, names[one.id], " · ".join((when or "no date", *lacks)))


def _lacks(note: Record) -> list[str]:
    found = []
    if note.text("status") in {"", "jotting"}:
        found.append("not finished")
    elif note.text("status") == "locked":
        return []
    if not note.text("date"):
        found.append("no date")
    if not note.text("start"):
        found.append("no time")
    if note.kind in _HEARD_FROM and not note.text("who"):
        found.append("nobody named it was with")
    return found


def _drafted(view: View) -> dict[str, str]:
    """Return the notes with words that are kept and not yet saved, and when they were typed."""
    found: dict[str, str] = {}
    for draft in view.records.drafts():
        held = view.records.find(draft.record)
        note = draft.fields.get("note") if held is None else held.text("note") or held.id
        target = view.records.find(note) if isinstance(note, str) else None
        if target is not None and target.kind in NOTE_KINDS and not target.is_deleted:
            found[target.id] = draft.at
    return found


def _needed(view: View, me: str) -> Iterator[Line]:
    now = view.clock.now()
    day = now.astimezone().date()
    for concern in urgent_first(list_escalations(view), now):
        about = f"{concern.name} · {concern.child}" if concern.child else concern.name
        yield Line(concern.id, f"Child at risk: {about}", concern.in_words(now), "danger")
    if not me:
        return
    for action in open_actions(view):
        if action.owner == me:
            due = parse(action.due)
            late = due is not None and due < day
            when = f"was due {short_date(action.due)}" if late else f"due {short_date(action.due)}"
            about = when if action.due else "no day set"
            yield Line(action.id, action.what, f"action · {about}", "late" if late else "")
    for task in list_tasks(view):
        if not task.is_closed and task.day and task.day < day.isoformat():
            record = view.records.get(task.id)
            if record.text("task_lead") == me:
                about = f"task planned for {short_date(task.day)}, still open"
                yield Line(task.id, task.title or "Task", about, "late")
    for request in list_requests(view):
        if request.record.text("author") == me and request.asked.stands(day) == "late":
            yield Line(request.id, request.what, request.asked.in_words(day), "late")
    yield from _thin_findings(view, me)


def _thin_findings(view: View, me: str) -> Iterator[Line]:
    day = view.clock.now().astimezone().date()
    for one in view.records.of_kind("finding"):
        if one.text("lead") != me or one.text("status") in _SETTLED:
            continue
        weighed = weigh(
            view,
            pieces_under(view, [one.id]),
            one.texts("criteria"),
            contrary_sought=one.flag("against_sought"),
        )
        for gap in gaps(weighed, day):
            if gap.kind in {GapKind.NO_EVIDENCE, GapKind.LONE_SOURCE}:
                yield Line(one.id, one.text("statement"), f"finding · {gap.sentence}")


def _is_off(slot: Record) -> bool:
    return slot.text("status") == CALLED_OFF


def _is_over(slot: Record, now: str) -> bool:
    ends = slot.text("end") or slot.text("start")
    return bool(ends) and ends <= now
