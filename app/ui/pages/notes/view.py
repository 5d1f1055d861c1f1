"""The notes page's widgets: list, header line, words, prompts. Decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.pages.notes.editor import NoteEditor
from app.ui.widgets.labels import label, nothing_yet
from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from collections.abc import Callable


_NARROWEST: Final = 28  # letters in a line of the list


class NotesView(QSplitter):
    """Left the notes, right the chosen one."""

    def __init__(self, now: Callable[[], str]) -> None:
        """Begin with no note chosen."""
        super().__init__(Qt.Orientation.Horizontal)
        self.filter = QLineEdit(placeholderText="Filter notes", clearButtonEnabled=True)
        self.filter.setAccessibleName("Filter notes")
        self.list = RowsView("Notes")
        self.header = QPushButton()
        self.header.setProperty("role", "quiet")
        # A long line is cut at its end; it must not press the list together.
        self.header.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.header.setAccessibleDescription("Opens who, where and when")
        self.title = label("", "title")
        self.finish = QPushButton("Finish")
        self.finish.setToolTip("Ctrl+Enter")
        self.clock = label("", "meta")
        self.editor = NoteEditor(now)
        self.offer = DraftOffer()
        self.empty = nothing_yet("No note is open. Choose one, or begin one with Ctrl+N.")
        self.right = QStackedWidget()
        self.right.addWidget(self.empty)
        self.right.addWidget(self._note())
        self.left = self._left()
        self.addWidget(self.left)
        self.addWidget(self.right)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        letter = self.fontMetrics().averageCharWidth()
        self.left.setMinimumWidth(letter * _NARROWEST)
        self.setSizes([letter * 48, letter * 130])

    def show_note(self, title: str, header: str, *, is_open: bool) -> None:
        """Show a note's head; the words are the editor's."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.header.setText(header)
        self.finish.setVisible(is_open)
        self.right.setCurrentIndex(1)

    def show_nothing(self) -> None:
        """Show that no note is open."""
        self.right.setCurrentIndex(0)

    def set_quiet(self, *, is_quiet: bool) -> None:
        """Leave only the words and the clock, or bring the rest back."""
        self.left.setVisible(not is_quiet)
        for widget in (self.header, self.title, self.finish):
            widget.setVisible(not is_quiet)

    def _left(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "panel")
        column = QVBoxLayout(pane)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        return pane

    def _note(self) -> QWidget:
        pane = QWidget()
        top = QHBoxLayout()
        top.addWidget(self.header, 1)
        top.addWidget(self.clock)
        top.addWidget(self.finish)
        column = QVBoxLayout(pane)
        column.addWidget(self.offer)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addWidget(self.editor, 1)
        return pane


class DraftOffer(QWidget):
    """Says which words were not yet saved when the app last stopped, and asks what to do."""

    def __init__(self) -> None:
        """Begin hidden: mostly there is nothing to offer."""
        super().__init__()
        self.words = label("")
        self.keep = QPushButton("Keep")
        self.keep.setProperty("role", "main")
        self.put_aside = QPushButton("Put aside")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words, 1)
        line.addWidget(self.keep)
        line.addWidget(self.put_aside)
        self.hide()
