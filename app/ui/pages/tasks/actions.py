"""What can be done on the tasks page, with its keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.ui.widgets.page_action import page_action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class TasksActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""
        add = partial(page_action, page)

        self.new_task = add("New task", "Ctrl+N", "Plans a task across inspectorates")
        self.meeting = add("Today’s team meeting", "Ctrl+M", "Opens or begins today’s meeting")
        self.touch = add(
            "New keep-in-touch meeting", "Ctrl+Shift+L", "Begins a meeting with leaders"
        )
        self.filter = add("Filter tasks and meetings", "Ctrl+F", "Goes to the filter")
        self.close_task = add("Close the task", "Ctrl+Return", "Closes it on its evidence")
        self.link = add("Link evidence…", "Ctrl+Shift+E", "Puts words under the point")
        self.finding = add("Make a finding of the point", "Ctrl+Shift+Return", "With its evidence")
        self.fill = add("Make the task for this line", "Ctrl+T", "Makes the task that fills a gap")
        self.headline = add("Add a headline", "Ctrl+Shift+H", "What was heard round the table")
        self.decision = add("Add a decision", "Ctrl+Shift+D", "What the team decided")
        self.action = add("Add an action", "Ctrl+Shift+A", "Who does what, by when")
        self.tally = add("Copy the tally of concerns", "Ctrl+Shift+C", "For the letter")
        self.write = add("Write the meeting’s page", "Ctrl+Shift+W", "One page to print")
