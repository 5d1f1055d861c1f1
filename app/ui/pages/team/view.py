"""The team page's two panes: people on the left; words, places and what was put aside right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView


class TeamView(QSplitter):
    """Lists and their buttons; the page fills them."""

    def __init__(self) -> None:
        """Lay out both panes, empty."""
        super().__init__()
        self.setChildrenCollapsible(False)
        self.people = RowsView("People", 0)
        self.people.nothing = (
            "Everything is on this laptop alone. Ctrl+I invites somebody; you lead the team then."
        )
        self.places = RowsView("Places where notes are handed over", 0)
        self.places.nothing = "Nothing is handed over yet. Add a folder or stick, or a relay."
        self.aside = RowsView("Waiting or put aside", 0)
        self.aside.nothing = "Everything that arrived was taken in."
        self.versions = RowsView("Two versions")
        self.standing = label("", "meta")
        self.words = label("", "title")
        self.words.setAccessibleName("Today’s six words")
        self.invite = _button("Invite…", "Ctrl+I")
        self.admit = _button("Admit…", "Ctrl+Shift+A")
        self.remove = _button("Remove…", "")
        self.exchange = _button("Exchange now", "Ctrl+R")
        self.exchange.setProperty("role", "main")
        self.folder = _button("Folder or stick…", "")
        self.relay = _button("Relay…", "")
        self.room = _button("Open a room", "")
        self.visit = _button("Visit a room…", "")
        self.forget = _button("Visit no more", "")
        self.let_in = _button("Take it in", "")
        self.save = _button("Save to a file…", "")
        self.compare = _button("Compare…", "")
        self.addWidget(self._left())
        scrolled = QScrollArea(widgetResizable=True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(self._right())
        self.addWidget(scrolled)
        line = self.fontMetrics().height()
        self.setSizes([36 * line, 36 * line])
        self._set_heights()

    def changeEvent(self, event: QEvent) -> None:
        """Keep each list tall enough for a few of its rows in any size of letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_heights()

    def _set_heights(self) -> None:
        line = self.fontMetrics().height()
        for rows, lines in ((self.places, 9), (self.aside, 6), (self.versions, 5)):
            rows.setMinimumHeight(lines * line)

    def _left(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "panel")
        layout = QVBoxLayout(pane)
        layout.addWidget(label("Team", "title"))
        layout.addWidget(self.standing)
        layout.addWidget(self.people, 1)
        layout.addLayout(_line(self.invite, self.admit, self.remove))
        return pane

    def _right(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "panel")
        layout = QVBoxLayout(pane)
        layout.addWidget(label("Today’s words", "heading"))
        layout.addWidget(self.words)
        layout.addWidget(
            label("Whoever holds the same as this laptop sees the same words.", "meta")
        )
        layout.addWidget(label("Handed over at", "heading"))
        layout.addWidget(self.places, 3)
        layout.addLayout(_line(self.exchange, self.forget))
        layout.addLayout(_line(self.folder, self.relay))
        layout.addLayout(_line(self.room, self.visit))
        layout.addWidget(label("Waiting or put aside", "heading"))
        layout.addWidget(self.aside, 2)
        layout.addLayout(_line(self.let_in, self.save))
        layout.addWidget(self._versions(), 1)
        return pane

    def _versions(self) -> QWidget:
        self.forked = QWidget()
        column = QVBoxLayout(self.forked)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("Two versions", "heading"))
        column.addWidget(self.versions, 1)
        column.addLayout(_line(self.compare))
        self.forked.hide()
        return self.forked


def _button(text: str, key: str) -> QPushButton:
    made = QPushButton(text)
    if key:
        made.setToolTip(key)
        made.setAccessibleDescription(key)
    return made


def _line(*buttons: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    for one in buttons:
        line.addWidget(one)
    line.addStretch(1)
    return line
