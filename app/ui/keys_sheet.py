"""The sheet of keys, made from the one table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.commands import COMMANDS
from app.ui.widgets.labels import label


def show_keys(window: QWidget) -> None:
    """Show every command that has a key, by the place it works in."""
    sheet = QWidget(window, Qt.WindowType.Dialog)
    sheet.setWindowTitle("Keyboard shortcuts")
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(sheet)
    place = ""
    for one in COMMANDS:
        if not one.key:
            continue
        if one.place != place:
            place = one.place
            column.addWidget(label("Everywhere" if place == "window" else place, "title"))
        keys = QKeySequence(one.key).toString(QKeySequence.SequenceFormat.NativeText)
        column.addWidget(QLabel(f"{keys}    {one.words}"))
    sheet.show()
