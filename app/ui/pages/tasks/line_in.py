"""A line that takes one thing after another: Enter hands it over, and it waits for the next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget


class LineIn(QWidget):
    """A field and its button. ``entered`` carries what was typed; it stays until it was taken."""

    entered = Signal(str)
    typed = Signal(str)

    def __init__(self, name: str, hint: str) -> None:
        """Name the field; its button says the same."""
        super().__init__()
        self.field = QLineEdit(placeholderText=hint)
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(hint)
        self.button = QPushButton(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.field)
        self._handed = ""
        self.field.returnPressed.connect(self.hand_over)
        self.button.clicked.connect(self.hand_over)
        self.field.textChanged.connect(self._on_text_changed)
        self.button.setEnabled(False)

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.field.text().strip()

    @property
    def is_handed_over(self) -> bool:
        """Whether what stands here is on its way to being kept as a record."""
        return bool(self.words) and self.words == self._handed

    def taken(self, words: str) -> None:
        """Empty the field, unless something else was typed since."""
        self._handed = ""
        if self.words == words:
            self.field.clear()

    def refused(self) -> None:
        """Keep the words: they were not taken."""
        self._handed = ""

    def hand_over(self) -> None:
        """Hand over what was typed, once: also called where the page is left."""
        if self.words and self.words != self._handed:
            self._handed = self.words
            self.entered.emit(self.words)

    def _on_text_changed(self, text: str) -> None:
        self.button.setEnabled(bool(text.strip()))
        self.typed.emit(text.strip())
