"""What can be done on the findings page, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FindingsActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""
        self.new = _action(page, "New finding", "Ctrl+N", "States a new finding")
        self.add_evidence = _action(
            page, "Add evidence…", "Ctrl+Shift+E", "Searches for words to put under the finding"
        )
        self.restore = _action(
            page, "Restore evidence", "Ctrl+Shift+Z", "Brings back the piece taken away last"
        )
        self.filter = _action(page, "Filter findings", "Ctrl+F", "Goes to the filter")

    def allow(self, *, has_finding: bool, has_taken_away: bool) -> None:
        """Enable what can be done now."""
        self.add_evidence.setEnabled(has_finding)
        self.restore.setEnabled(has_taken_away)


def _action(page: QWidget, text: str, key: str, tip: str) -> QAction:
    action = QAction(text, page)
    action.setShortcut(QKeySequence(key))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setStatusTip(tip)
    page.addAction(action)
    return action
