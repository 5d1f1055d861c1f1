"""Labels in the few sizes and shades the window has, told apart by their role."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

_STRONG: Final = frozenset({"title", "heading"})


def label(text: str, role: str = "", buddy: QWidget | None = None) -> QLabel:
    """Return a label that wraps, in a role such as "title" or "meta"."""
    made = QLabel(text, wordWrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if role in _STRONG:
        strong = made.font()
        strong.setWeight(QFont.Weight.DemiBold)
        made.setFont(strong)
    if buddy is not None:
        made.setTextFormat(Qt.TextFormat.AutoText)
        made.setWordWrap(False)
        made.setBuddy(buddy)
    return made


def nothing_yet(sentence: str) -> QLabel:
    """Return the sentence an empty place shows: what to do next, and its key."""
    made = label(sentence, "meta")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setMargin(made.fontMetrics().height() // 2)
    return made
