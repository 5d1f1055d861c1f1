"""Finding words in the open note: a line above the words, and marks on what it found.

What was found is marked while the line is open; typing in the note is never held up by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QTextEdit, QWidget

from app.ui.widgets.colouring import colour_of
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.ui.pages.notes.editor import NoteEditor

LAYER: Final = "found"
_MOST: Final = 500  # marks at once: more are found one by one all the same
_PAUSE: Final = 200  # ms after the last key in the note before it is looked through again


class FindBar(QWidget):
    """Looks through one editor. Hidden until it is wanted; Escape goes back to the words."""

    closed = Signal()

    def __init__(self, editor: NoteEditor) -> None:
        """Look through an editor."""
        super().__init__()
        self._editor = editor
        self._places: list[tuple[int, int]] = []
        self.field = QLineEdit(placeholderText="Find in this note", clearButtonEnabled=True)
        self.field.setAccessibleName("Find in this note")
        self.field.setAccessibleDescription("Enter finds the next place, Escape goes back")
        self.told = label("", "meta")
        self.told.setAccessibleName("Found")
        self.told.setWordWrap(False)
        self.previous = _button("Previous", "Shift+F3")
        self.next = _button("Next", "F3")
        self.done = _button("Close", "Escape")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.field, 1)
        for one in (self.told, self.previous, self.next, self.done):
            line.addWidget(one)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._look)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_text_changed)
        self.previous.clicked.connect(lambda: self.go(back=True))
        self.next.clicked.connect(self.go)
        self.done.clicked.connect(self.put_away)
        editor.textChanged.connect(self._on_words_changed)
        self.hide()

    def begin(self) -> None:
        """Open the line with the words that are selected, or those looked for last."""
        selected = self._editor.selected()
        if selected is not None:
            self.field.setText(selected.words)
        self.show()
        self.field.selectAll()
        self.field.setFocus()
        self._look()

    def put_away(self) -> None:
        """Close the line and take its marks away; the caret stays where it is."""
        if self.isHidden():
            return
        self.hide()
        self._editor.mark(LAYER, [])
        self._editor.setFocus()
        self.closed.emit()

    def go(self, *, back: bool = False) -> None:
        """Select the next place, or the one before; past the end it begins again."""
        words = self.field.text()
        if not words:
            self.begin()
            return
        way = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        document, cursor = self._editor.document(), self._editor.textCursor()
        found = document.find(words, cursor, way)
        if found.isNull():
            begin = QTextCursor(document)
            if back:
                begin.movePosition(QTextCursor.MoveOperation.End)
            found = document.find(words, begin, way)
        if not found.isNull():
            self._editor.setTextCursor(found)
            self._editor.ensureCursorVisible()
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter find the next place and Escape go back to the words."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.go(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.put_away()
                return True
        return super().eventFilter(watched, event)

    def _on_text_changed(self, words: str) -> None:
        """Go to the first place at or behind where the words found so far begin."""
        cursor = self._editor.textCursor()
        cursor.setPosition(cursor.selectionStart())
        found = self._editor.document().find(words, cursor) if words else QTextCursor()
        if words and found.isNull():
            found = self._editor.document().find(words)
        if not found.isNull():
            self._editor.setTextCursor(found)
            self._editor.ensureCursorVisible()
        self._look()

    def _on_words_changed(self) -> None:
        if self.isVisible():
            self._later.start()

    def _look(self) -> None:
        words, document = self.field.text(), self._editor.document()
        self._places = []
        marks: list[QTextEdit.ExtraSelection] = []
        found = document.find(words) if words else QTextCursor()
        while not found.isNull():
            self._places.append((found.selectionStart(), found.selectionEnd()))
            if len(marks) < _MOST:
                one = QTextEdit.ExtraSelection()
                one.cursor, one.format = found, found_format()
                marks.append(one)
            found = document.find(words, found)
        self._editor.mark(LAYER, marks if self.isVisible() else [])
        self._tell()

    def _tell(self) -> None:
        if not self.field.text():
            self.told.setText("")
            return
        count = len(self._places)
        cursor = self._editor.textCursor()
        here = (cursor.selectionStart(), cursor.selectionEnd())
        if not count:
            self.told.setText("Not in this note")
        elif here in self._places:
            self.told.setText(f"{self._places.index(here) + 1} of {count}")
        else:
            self.told.setText("1 place" if count == 1 else f"{count} places")


def _button(words: str, key: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("role", "quiet")
    made.setToolTip(key)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def found_format() -> QTextCharFormat:
    """Return how words are marked that were looked for."""
    made = QTextCharFormat()
    made.setBackground(colour_of("raised"))
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    made.setUnderlineColor(colour_of("ink"))
    return made
