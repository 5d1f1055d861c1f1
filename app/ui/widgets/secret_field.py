"""A field for a secret: what is typed is not shown, and Caps Lock is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

CAPS_LOCK: Final = "Caps Lock is on."


class SecretField(QLineEdit):
    """One line that shows dots. ``caps`` is the sentence about Caps Lock, to be laid out below.

    Qt can't ask for the state of that key, so it is told from what a key gives: a capital without
    Shift, or a small letter with it.
    """

    def __init__(self, name: str) -> None:
        """Name the field for screen readers."""
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.caps = label(CAPS_LOCK, "warning")
        self.caps.setAccessibleName("Caps Lock")
        self.caps.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at what the key gave before it is taken in; keep Enter to the form around it."""
        self._look(event)
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()  # else a dialog's button would be pressed as well

    def _look(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            # It is on or off from now on: the next letter tells which.
            self._tell(is_on=False)
            return
        text = event.text()
        if len(text) != 1 or text.upper() == text.lower():
            return
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._tell(is_on=text.isupper() != has_shift)

    def _tell(self, *, is_on: bool) -> None:
        self.caps.setVisible(is_on)
        self.setAccessibleDescription(CAPS_LOCK if is_on else "")
