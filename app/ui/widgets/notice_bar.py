"""A sentence the user has to have read: it stays above the page until it is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence


class NoticeBar(QWidget):
    """Shows one notice at a time, oldest first, each until its button is pressed."""

    read = Signal()  # every notice there is was read

    def __init__(self) -> None:
        """Begin hidden: mostly there is nothing to tell."""
        super().__init__()
        self._seen = 0
        self._told: list[str] = []
        self.setProperty("role", "notice")
        self.words = label("")
        self.words.setAccessibleName("Notice")
        self.noted = QPushButton("I have read this")
        self.noted.clicked.connect(self._on_noted)
        unit = self.fontMetrics().height() // 2
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        line.setSpacing(2 * unit)
        line.addWidget(self.words, 1)
        line.addWidget(self.noted)
        self.hide()

    def tell(self, notices: Sequence[str]) -> None:
        """Take these as all the notices there are, in their order; show the first unread one."""
        if list(notices) != self._told:
            self._told = list(notices)
            self._show()

    def _on_noted(self) -> None:
        self._seen += 1
        self._show()
        if self._seen >= len(self._told):
            self.read.emit()

    def _show(self) -> None:
        unread = self._told[self._seen :]
        self.setVisible(bool(unread))
        if unread:
            self.words.setText(unread[0])
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.words, unread[0]))
