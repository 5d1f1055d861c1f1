"""Gives boxes for figures the room round their figures that other fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractSpinBox

_ROOM: Final = 0.35  # of a line, as in other fields


def inset_figures(*boxes: QAbstractSpinBox) -> None:
    """Let figures begin where the words of other fields do; no style sheet reaches them."""
    for box in boxes:
        box.lineEdit().setTextMargins(round(_ROOM * box.fontMetrics().height()), 0, 0, 0)
