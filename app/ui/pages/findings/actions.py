"""What can be done on the findings page, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.widgets.page_action import page_action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FindingsActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""
        self.new = page_action(page, "New finding", "Ctrl+N", "States a new finding")
        self.add_evidence = page_action(
            page, "Add evidence…", "Ctrl+Shift+E", "Searches for words to put under the finding"
        )
        self.restore = page_action(
            page, "Restore evidence", "Ctrl+Shift+Z", "Brings back the piece taken away last"
        )
        self.filter = page_action(page, "Filter findings", "Ctrl+F", "Goes to the filter")

    def allow(self, *, has_finding: bool, has_taken_away: bool) -> None:
        """Enable what can be done now."""
        self.add_evidence.setEnabled(has_finding)
        self.restore.setEnabled(has_taken_away)
