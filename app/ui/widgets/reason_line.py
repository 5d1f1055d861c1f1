"""One inline line that asks why something changes, beside the words it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class ReasonLine(QWidget):
    """Hidden until it asks. ``given`` carries the reason, ``declined`` puts the change back."""

    given = Signal(str)
    declined = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.sentence = QLabel(wordWrap=True)
        self.field = QLineEdit(placeholderText="The reason, in a few words")
        self.field.setAccessibleName("Reason for the change")
        self.save = QPushButton("Save with this reason")
        self.back = QPushButton("Put back")
        self.back.setAccessibleDescription("Shows again what was saved before")
        self.sentence.setBuddy(self.field)
        buttons = QHBoxLayout()
        for one in (self.save, self.back):
            buttons.addWidget(one)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.sentence, 0, 0, 1, 2)
        layout.addWidget(self.field, 1, 0)
        layout.addLayout(buttons, 1, 1)
        layout.setColumnStretch(0, 1)
        self.field.textChanged.connect(self._allow)
        self.field.returnPressed.connect(self._give)
        self.save.clicked.connect(self._give)
        self.back.clicked.connect(self.declined)
        self._allow("")
        self.hide()

    @property
    def is_asking(self) -> bool:
        """Whether a reason is being waited for."""
        return not self.isHidden()

    def ask(self, sentence: str) -> None:
        """Ask, and go to the field unless something else is being written; keep a reason begun."""
        self.sentence.setText(sentence)
        self.field.setAccessibleDescription(sentence)
        self.show()
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Ask no longer."""
        self.field.clear()
        self.hide()

    def _allow(self, text: str) -> None:
        self.save.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        if self.field.text().strip():
            self.given.emit(self.field.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.declined.emit()
            return
        super().keyPressEvent(event)
