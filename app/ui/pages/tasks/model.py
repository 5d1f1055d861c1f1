"""Tasks, meetings and concerns as rows to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.domain.escalations import urgent_first
from app.operations.escalations import list_escalations
from app.operations.meetings import TEAM, list_meetings
from app.operations.tasks import list_tasks
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from app.domain.escalations import Escalation
    from app.operations.meetings import MeetingRow
    from app.operations.tasks import TaskRow
    from app.operations.view import View

HEADING: Final = "heading/"


@dataclass(frozen=True, slots=True)
class Week:
    """Everything the list shows."""

    escalations: tuple[Escalation, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()


def read_week(view: View) -> Week:
    """Return everything the list shows."""
    return Week(tuple(list_escalations(view)), tuple(list_tasks(view)), tuple(list_meetings(view)))


def week_rows(week: Week, now: datetime, typed: str = "") -> list[Row]:
    """Return the list: children at risk first, then meetings and tasks, the newest day first."""
    wanted = typed.casefold().split()
    shown: list[Row] = []
    for heading, rows in _groups(week, now):
        fitting = [
            one
            for one in rows
            if all(word in f"{one.title} {one.meta}".casefold() for word in wanted)
        ]
        if fitting:
            shown.append(Row(f"{HEADING}{heading}", heading, is_heading=True))
            shown += fitting
    return shown


def _groups(week: Week, now: datetime) -> Iterator[tuple[str, list[Row]]]:
    yield "Children at risk", _escalations(week.escalations, now)
    team = [one for one in week.meetings if one.kind == TEAM]
    touch = [one for one in week.meetings if one.kind != TEAM]
    yield "Team meetings", [_meeting(one) for one in reversed(team)]
    yield "Keep in touch", [_meeting(one) for one in reversed(touch)]
    days = dict.fromkeys(one.day for one in reversed(week.tasks))
    for day in days:
        heading = f"Tasks, {short_date(day)}" if day else "Tasks without a day"
        yield heading, [_task(one) for one in week.tasks if one.day == day]


def _escalations(held: Iterable[Escalation], now: datetime) -> list[Row]:
    every = list(held)
    running = urgent_first(every, now)
    rest = [one for one in every if not one.is_running]
    answered = [one for one in rest if one.is_open] + [one for one in rest if not one.is_open]
    rows = []
    for one in [*running, *answered]:
        title = " · ".join(part for part in (one.name, one.child or one.level) if part)
        sign, tone = ("!", "priority") if one.is_running else ("", "")
        rows.append(Row(one.id, title, one.in_words(now), sign, tone, is_strong=one.is_running))
    return rows


def _meeting(one: MeetingRow) -> Row:
    when = " ".join(part for part in (short_date(one.day), one.start) if part)
    return Row(one.id, one.title or "Meeting", when)


def _task(one: TaskRow) -> Row:
    state = "closed" if one.is_closed else "ready to report" if one.is_ready else ""
    points = f"{one.points} points" if one.points != 1 else "1 point"
    parts = (state, one.lead, points if one.points else "", ", ".join(one.inspectorates))
    meta = " · ".join(part for part in parts if part)
    return Row(one.id, one.title or "Task", meta, "✓" if one.is_closed else "")
