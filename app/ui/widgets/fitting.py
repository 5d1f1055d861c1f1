"""Sizes dialogs in lines of text, and never larger than the screen they open on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ROOM = 48  # for a title bar and a taskbar


def fit(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog a size in lines of its font, as far as its screen has room."""
    line = dialog.fontMetrics().height()
    screen = dialog.screen().availableSize() - QSize(_ROOM, _ROOM)
    dialog.resize(QSize(width * line, height * line).boundedTo(screen))
