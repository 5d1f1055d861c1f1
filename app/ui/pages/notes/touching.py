"""Which paragraphs a key is about to change, told before it changes any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QTextCursor

_BACK: Final = (
    QKeySequence.StandardKey.Backspace,  # which Qt knows as such on a Mac alone
    QKeySequence.StandardKey.DeleteStartOfWord,
)
_ON: Final = (
    QKeySequence.StandardKey.Delete,
    QKeySequence.StandardKey.DeleteEndOfWord,
    QKeySequence.StandardKey.DeleteEndOfLine,
)
_HERE: Final = (
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.DeleteCompleteLine,
)


def way_of(event: QKeyEvent) -> str:
    """Return "back", "on" or "here" for a key that changes words, or nothing for others."""
    if event.key() == Qt.Key.Key_Backspace:
        return "back"
    ways = {"back": _BACK, "on": _ON, "here": _HERE}
    for way, keys in ways.items():
        if any(event.matches(one) for one in keys):
            return way
    held = event.modifiers()
    # AltGr arrives as both: it writes.
    is_command = held & Qt.KeyboardModifier.ControlModifier and not (
        held & Qt.KeyboardModifier.AltModifier
    )
    return "here" if event.text() and event.text().isprintable() and not is_command else ""


def touched(cursor: QTextCursor, *, back: bool = False, on: bool = False) -> range:
    """Return the numbers of the paragraphs that an edit at a cursor changes.

    ``back`` and ``on``: it takes away what stands straight before or after the cursor.
    """
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart()).blockNumber()
    last = document.findBlock(cursor.selectionEnd()).blockNumber()
    if not cursor.hasSelection():
        if back and cursor.atBlockStart() and first:
            first -= 1
        if on and cursor.atBlockEnd() and last + 1 < document.blockCount():
            last += 1
    return range(first, last + 1)
