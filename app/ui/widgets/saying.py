"""A line that says how it went, also to a screen reader; a problem is told by its words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel


class Saying(QLabel):
    """Hidden while it has nothing to say."""

    def __init__(self, name: str = "Message") -> None:
        """Name the line for screen readers."""
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(name)
        self.hide()

    def say(self, sentence: str, *, is_problem: bool = False) -> None:
        """Say a sentence, or with none nothing any more."""
        self.setProperty("role", "problem" if is_problem else "meta")
        self.style().polish(self)
        self.setText(sentence)
        self.setAccessibleDescription(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
