"""A short list that opens at the caret, for whom @ means and for how a word is spelt.

It stands over the editor and never takes the focus: typing goes on beneath it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from app.ui.pages.notes.editor import NoteEditor
    from app.ui.widgets.rows import Row

_WIDE: Final = 34  # letters


class CaretList(QFrame):
    """Offers rows; arrow keys, Enter, Tab and Escape act on it while it is shown."""

    def __init__(self, editor: NoteEditor) -> None:
        """Begin hidden."""
        super().__init__(editor)
        self._editor = editor
        self._then: Callable[[str], None] = _nothing
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "float")
        self.list = RowsView("Choices", most_lines=1)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _index: self.choose())
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.list)
        self.hide()

    def offer(self, name: str, rows: Sequence[Row], then: Callable[[str], None]) -> None:
        """Show rows under a name for screen readers; ``then`` is told the chosen row's key."""
        self._then = then
        if not rows:
            self.hide()
            return
        self.list.setAccessibleName(name)
        self.list.show_rows(rows)
        self.list.make_current(rows[0].key)
        self._place()
        self.show()
        self.raise_()

    def take(self, event: QKeyEvent) -> bool:
        """Let a key act on the list; whether it did."""
        if self.isHidden():
            return False
        key = event.key()
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.list.step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.choose()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def choose(self) -> None:
        """Take the current row."""
        key = self.list.current_key
        self.hide()
        if key:
            self._then(key)

    def _place(self) -> None:
        editor = self._editor
        line = editor.fontMetrics()
        rows = self.list.shown.rowCount()
        height = sum(self.list.sizeHintForRow(row) for row in range(rows)) + line.height() // 2
        self.resize(line.averageCharWidth() * _WIDE, min(height, editor.height()))
        caret = editor.cursorRect()
        at = editor.viewport().mapTo(editor, caret.bottomLeft())
        if at.y() + self.height() > editor.height():
            at.setY(editor.viewport().mapTo(editor, caret.topLeft()).y() - self.height())
        at.setX(max(0, min(at.x(), editor.width() - self.width())))
        self.move(QPoint(at.x(), max(0, at.y())))


def _nothing(_key: str) -> None:
    """Do nothing: nothing was offered yet."""
