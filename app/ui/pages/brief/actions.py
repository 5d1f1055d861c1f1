"""What can be done on the feedback page, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.widgets.page_action import page_action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class BriefActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""
        self.new = page_action(page, "New point…", "Ctrl+N", "Adds a point to be spoken")
        self.begin = page_action(
            page, "Begin from the findings", "Ctrl+B", "Adds one point for each finding"
        )
        self.rest = page_action(
            page, "Rest on a finding…", "Ctrl+R", "Chooses a finding that the point rests on"
        )
        self.up = page_action(page, "Move point up", "Alt+Up", "Speaks the point earlier")
        self.down = page_action(page, "Move point down", "Alt+Down", "Speaks the point later")
        self.write = page_action(
            page, "Write brief…", "Ctrl+Shift+W", "Writes the brief as documents"
        )

    def allow(self, *, has_points: bool, is_point: bool, may_move: tuple[bool, bool]) -> None:
        """Enable what can be done now."""
        self.begin.setEnabled(not has_points)
        self.write.setEnabled(has_points)
        self.rest.setEnabled(is_point)
        self.up.setEnabled(may_move[0])
        self.down.setEnabled(may_move[1])
