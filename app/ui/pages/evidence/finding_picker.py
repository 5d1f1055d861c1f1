"""Choosing the finding that words are put on, and on which side of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

NEW: Final = "new"


class FindingPicker(QDialog):
    """Type to narrow; Enter puts the words for, Shift+Enter against the finding."""

    chosen = Signal(str, str)  # a finding, "for" or "against"
    stated = Signal(str, str)  # the statement of a new finding, "for" or "against"

    def __init__(self, parent: QWidget, words: str, rows: Sequence[Row]) -> None:
        """Offer findings for some words."""
        super().__init__(parent)
        self.setWindowTitle("Put on a finding")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rows = tuple(rows)
        self.field = QLineEdit(
            placeholderText="Words of a finding, or state a new one", clearButtonEnabled=True
        )
        self.field.setAccessibleName("Finding")
        self.field.setAccessibleDescription("Enter puts the words for, Shift and Enter against")
        self.list = RowsView("Findings")
        self.list.nothing = "No findings yet. Type a statement to state the first one."
        self.put_for = QPushButton("Put for")
        self.put_against = QPushButton("Put against")
        self._lay_out(words)
        self.field.textChanged.connect(self._narrow)
        self.put_for.clicked.connect(lambda: self._choose("for"))
        self.put_against.clicked.connect(lambda: self._choose("against"))
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        self._narrow("")

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        fitting = [
            one
            for one in self._rows
            if all(word in f"{one.title} {one.meta}".casefold() for word in wanted)
        ]
        if text.strip():
            fitting.append(Row(NEW, f"State a new finding: “{text.strip()}”"))
        self.list.show_rows(fitting)
        if fitting and not self.list.current_key:
            self.list.make_current(fitting[0].key)
        for one in (self.put_for, self.put_against):
            one.setEnabled(bool(fitting))

    def _choose(self, direction: str) -> None:
        key = self.list.current_key
        if not key:
            return
        if key == NEW:
            self.stated.emit(self.field.text().strip(), direction)
        else:
            self.chosen.emit(key, direction)
        self.accept()

    def _lay_out(self, words: str) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(label("Enter puts it for · Shift+Enter against", "meta"), 1)
        for one in (self.put_for, self.put_against):
            one.setAutoDefault(False)
            buttons.addWidget(one)
        column = QVBoxLayout(self)
        column.addWidget(label(words))
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        fit(self, 40, 28)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on the keys that choose, in the field and in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._choose("against" if shifted else "for")
                return True
            if watched is self.field and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self.list.step(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return super().eventFilter(watched, event)
