"""The states of the tasks page, for the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.meetings import list_meetings
from app.operations.tasks import list_tasks
from app.ui.frame import Frame

if TYPE_CHECKING:
    from app.ui.drawing import Drawing
    from app.ui.pages.tasks.page import TasksPage


def draw(drawing: Drawing, page: TasksPage) -> None:
    """Draw a task, a team meeting, a keep-in-touch meeting, and a concern new and answered."""
    drawing.grab("tasks-none-chosen")
    tasks = drawing.inspection.ask(list_tasks)
    if tasks:
        page.show_record(max(tasks, key=lambda one: one.points).id)
        drawing.grab("tasks-task")
    meetings = drawing.inspection.ask(list_meetings)
    for kind, screen in (("team_meeting", "tasks-meeting"), ("keep_in_touch", "tasks-leaders")):
        held = [one for one in meetings if one.kind == kind]
        if held:
            page.show_record(held[-1].id)
            drawing.grab(screen)
    frame = drawing.window.centralWidget()
    if isinstance(frame, Frame) and meetings:
        page.show_record(next(one.id for one in reversed(meetings) if one.kind == "team_meeting"))
        frame.projector.toggle()
        drawing.grab("tasks-before-a-room")
        frame.projector.toggle()
    if page.week.escalations:
        page.show_record(page.week.escalations[-1].id)
        drawing.grab("tasks-concern")
    if isinstance(frame, Frame):
        frame.begin("escalation")
        words = "Child at risk: E-4 referred 14:20, answer due 16:00, 25 minutes left"
        frame.escalations.line.show_words(words)
        drawing.grab("tasks-child-at-risk")
        frame.escalations.show_clock()
