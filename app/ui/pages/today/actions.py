"""What can be done on the page, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.commands import command
from app.ui.widgets.page_action import page_action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class TodayActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""
        one = command("begin_from_slot")
        self.begin = page_action(page, one.words, one.key, "With what the slot knows already")
