"""Keeps the mouse wheel from changing a value while someone only scrolls past it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class _PassesWheel(QObject):
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Hand the wheel to whatever scrolls round the field."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


def pass_wheel_on(*fields: QWidget) -> None:
    """Let the wheel scroll the page, not change these fields."""
    for one in fields:
        one.installEventFilter(_PassesWheel(one))
