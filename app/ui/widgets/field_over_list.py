"""A field above a list: the arrow keys and Enter, pressed in the field, act on the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLineEdit

    from app.ui.widgets.rows import RowsView


class FieldOverList(QObject):
    """Lets somebody type and choose without leaving the field."""

    def __init__(self, field: QLineEdit, rows: RowsView, enter: Callable[[], None]) -> None:
        """Listen to the field for as long as it lives; ``enter`` is done for Enter."""
        super().__init__(field)
        self._rows, self._enter = rows, enter
        field.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys that are the list's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self._rows.step(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._enter()
                return True
        return False
