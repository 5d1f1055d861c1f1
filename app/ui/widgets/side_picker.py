"""Choosing something from a list, for or against: Enter for, Shift+Enter against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.once_found import OnceFound

if TYPE_CHECKING:
    from app.ui.widgets.rows import RowsView


class SidePicker(QDialog):
    """A field over a list; the arrows move in the list while one types.

    What is shown, and what choosing it does, are for whoever inherits to say.
    """

    def __init__(self, parent: QWidget, title: str, field: QLineEdit, rows: RowsView) -> None:
        """Begin with a field and a list, both with their names."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field, self.list = field, rows
        self.choose_for, self.choose_against = QPushButton(), QPushButton()
        for button, side in ((self.choose_for, "for"), (self.choose_against, "against")):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, side=side: self.choose(side))
        self.once_found = OnceFound()
        field.installEventFilter(self)
        rows.installEventFilter(self)

    def choose(self, side: str) -> None:
        """Take what is current in the list, ``for`` or ``against``."""
        raise NotImplementedError

    def lay_out(self, words: str, keys: str, buttons: tuple[str, str]) -> None:
        """Lay everything out under the words it is chosen for; ``keys`` says what Enter does."""
        row = QHBoxLayout()
        row.addWidget(label(keys, "meta"), 1)
        for button, text in zip((self.choose_for, self.choose_against), buttons, strict=True):
            button.setText(text)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(label(words))
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        fit(self, 40, 28)

    def allow(self, *, is_anything: bool) -> None:
        """Let a side be chosen where there is something to choose."""
        for one in (self.choose_for, self.choose_against):
            one.setEnabled(is_anything)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on the keys that choose, in the field and in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                side = "against" if shifted else "for"
                self.once_found.do(lambda: self.choose(side))
                return True
            if watched is self.field and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self.list.step(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return super().eventFilter(watched, event)
