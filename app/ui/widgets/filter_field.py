"""A field that narrows a list: Escape clears it, and the down arrow goes to what it narrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class FilterField(QLineEdit):
    """Knows the list it narrows, for the way back to it."""

    def __init__(self, name: str, narrowed: QWidget) -> None:
        """Name the field for screen readers."""
        super().__init__(placeholderText="Filter", clearButtonEnabled=True)
        self.setAccessibleName(name)
        self._narrowed = narrowed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear on Escape, and on a second one leave; go down by the arrow."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Down}:
            self._narrowed.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
