"""What of the tasks page a room may see: agenda and minutes, points and tasks, never a concern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.agenda import agenda
from app.operations.meetings import TEAM, TOUCH, read_keep_in_touch, read_meeting
from app.operations.tasks import KIND as TASK
from app.operations.tasks import read_task
from app.ui.pages.tasks.minutes import agenda_rows, minutes_rows, shared_rows
from app.ui.pages.tasks.model import Week, read_week, week_rows
from app.ui.projecting.shown import Shown
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from app.operations.view import View


def projected(view: View, kind: str, record: str) -> Shown:
    """Return what is shown of a record on the page, or of the whole week."""
    if record and kind == TEAM:
        return _meeting(view, record)
    if record and kind == TOUCH:
        meeting = read_keep_in_touch(view, record)
        return Shown(meeting.record.text("title"), tuple(shared_rows(meeting)))
    if record and kind == TASK:
        task = read_task(view, record)
        rows = [Row("points", "What we found", is_heading=True)] if task.points else []
        rows += [Row(one.id, one.text) for one in task.points]
        return Shown(task.record.text("aspect") or task.record.text("title"), tuple(rows))
    week = read_week(view)
    plain = Week(tasks=week.tasks, meetings=week.meetings)
    return Shown("Tasks", tuple(week_rows(plain, view.clock.now())))


def _meeting(view: View, record: str) -> Shown:
    meeting = read_meeting(view, record)
    rows: list[Row] = []
    if meeting.record.text("status") == "jotting":
        rows += agenda_rows(agenda(view), offers_tasks=False)
    rows += minutes_rows(meeting)
    return Shown(meeting.record.text("title") or "Team meeting", tuple(rows))
