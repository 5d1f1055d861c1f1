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
from app.ui.pages.notes.find_bar import FindBar
from app.ui.pages.notes.note_list import NoteList
from app.ui.pages.notes.prompts import PromptsPanel
from app.ui.widgets.labels import label, nothing_yet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent


_NARROWEST: Final = 28  # letters in a line of the list
_LIST_LETTERS: Final = 48  # in a line of it, where there is room
_MOST_OF_WIDTH: Final = 0.38  # for it


class NotesView(QSplitter):
    """Left the notes, right the chosen one."""

    def __init__(self, now: Callable[[], str]) -> None:
        """Begin with no note chosen."""
        super().__init__(Qt.Orientation.Horizontal)
        self.filter = QLineEdit(placeholderText="Filter notes", clearButtonEnabled=True)
        self.filter.setAccessibleName("Filter notes")
        self.list = NoteList()
        self.header = HeaderLine()
        self._status = self._sheet = ""
        self.title = label("", "title")
        self.finish = QPushButton("Finish")
        self.finish.setToolTip("Ctrl+Enter")
        self.lock = QPushButton("Lock")
        self.lock.setToolTip("Ctrl+Shift+Enter")
        self.sheet = QPushButton()
        self.sheet.setToolTip("Ctrl+J")
        self.versions = QPushButton("Two versions")
        self.versions.setAccessibleDescription("Shows both, to keep one")
        self.versions.hide()
        self.standing = label("", "meta")
        self.standing.setAccessibleName("Where the note stands")
        self.clock = label("", "meta")
        self.editor = NoteEditor(now)
        self.finding = FindBar(self.editor)
        self._indent, self._top = QWidget(), QHBoxLayout()
        self.offer = DraftOffer()
        self.empty = nothing_yet("No note is open. Choose one, or begin one with Ctrl+N.")
        self.right = QStackedWidget()
        self.right.addWidget(self.empty)
        self.right.addWidget(self._note())
        self.left = self._left()
        self.addWidget(self.left)
        self.addWidget(self.right)
        self.prompts = PromptsPanel()
        self.addWidget(self.prompts)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        letter = self.fontMetrics().averageCharWidth()
        self.left.setMinimumWidth(letter * _NARROWEST)
        self.setSizes([letter * _LIST_LETTERS, letter * 130, letter * 40])
        self._was_moved = False
        self.splitterMoved.connect(self._on_moved)

    def show_note(
        self, title: str, header: str, standing: str, status: str, sheet: str = ""
    ) -> None:
        """Show a note's head; the words are the editor's."""
        self.title.setText(title)
        self.header.show_words(header)
        self.standing.setText(standing)
        self._status, self._sheet = status, sheet
        self.set_quiet(is_quiet=False)
        if self.right.currentIndex() == 0:
            self.right.setCurrentIndex(1)
        self._indent.setFixedWidth(self.editor.words_from() - self._top.spacing())

    def show_nothing(self) -> None:
        """Show that no note is open."""
        self.right.setCurrentIndex(0)

    def show_sheet(self, sheet: QWidget) -> None:
        """Show a note's own sheet in place of its words."""
        self.right.addWidget(sheet)
        self.right.setCurrentWidget(sheet)
        self.left.hide()  # a sheet wants the room

    def show_words(self, sheet: QWidget) -> None:
        """Take a sheet away and show the words again."""
        self.right.removeWidget(sheet)
        self.left.show()
        sheet.deleteLater()
        self.right.setCurrentIndex(1)

    def set_quiet(self, *, is_quiet: bool) -> None:
        """Leave only the words and the clock, or bring the rest back."""
        has_sheet = self.right.currentIndex() > 1
        self.left.setVisible(not is_quiet and not has_sheet)
        self.header.setVisible(not is_quiet)
        self.title.setVisible(not is_quiet and bool(self.title.text()))
        self.standing.setVisible(not is_quiet and bool(self.standing.text()))
        self.finish.setVisible(not is_quiet and self._status == "jotting")
        self.sheet.setText(self._sheet)
        self.sheet.setVisible(not is_quiet and bool(self._sheet))
        self.lock.setVisible(not is_quiet and self._status == "finished")
        self.editor.centre(is_centred=is_quiet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the note the larger part, where letters are large too; the head above its words."""
        super().resizeEvent(event)
        if not self._was_moved:
            letter = self.fontMetrics().averageCharWidth()
            wide = min(letter * _LIST_LETTERS, round(self.width() * _MOST_OF_WIDTH))
            beside = self.sizes()[2]
            self.setSizes([wide, self.width() - wide - beside, beside])
        self._indent.setFixedWidth(self.editor.words_from() - self._top.spacing())

    def _on_moved(self, _at: int, _index: int) -> None:
        self._was_moved = True

    def _left(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "panel")
        column = QVBoxLayout(pane)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        return pane

    def _note(self) -> QWidget:
        pane = QWidget()
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.title)
        head.addWidget(self.header)
        head.addWidget(self.standing)
        top = self._top
        # The head begins where the words do, so that the eye goes straight down.
        top.addWidget(self._indent)
        top.addLayout(head, 1)
        top.addWidget(self.clock)
        top.addWidget(self.versions)
        top.addWidget(self.sheet)
        top.addWidget(self.finish)
        top.addWidget(self.lock)
        column = QVBoxLayout(pane)
        column.addWidget(self.offer)
        column.addLayout(top)
        column.addWidget(self.finding)
        column.addWidget(self.editor, 1)
        return pane


class HeaderLine(QPushButton):
    """One quiet line that opens when touched; what does not fit is left out at its end."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._words = ""
        self.setProperty("role", "line")
        self.setAccessibleDescription("Opens who, where and when")
        # A long line is cut at its end; it must not press the list together.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Show a line of words."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.fontMetrics().averageCharWidth() * 2
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many of the words as fit."""
        super().resizeEvent(event)
        self._fit()


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
