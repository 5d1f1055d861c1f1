"""A small dialog that asks for one line of words, or lets them be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from app.ui.widgets.answers import answers
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class OneLine(QDialog):
    """Asks; ``given`` carries the words, which may be empty only where ``may_be_empty``."""

    given = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        words: str = "",
        *,
        button: str = "Save",
        may_be_empty: bool = False,
    ) -> None:
        """Ask for words under a title; those given stand in the field."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._may_be_empty = may_be_empty
        self.field = QLineEdit(words, clearButtonEnabled=True)
        self.field.setAccessibleName(title)
        self.field.setAccessibleDescription(sentence)
        self.field.selectAll()
        buttons, self.save = answers(button)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label(sentence))
        column.addWidget(self.field)
        column.addStretch(1)
        column.addWidget(buttons)
        fit(self, 30, 9)
        self.field.textChanged.connect(self._allow)
        self._allow(words)

    def _allow(self, words: str) -> None:
        self.save.setEnabled(self._may_be_empty or bool(words.strip()))

    def _on_accepted(self) -> None:
        self.given.emit(self.field.text().strip())
        self.accept()
