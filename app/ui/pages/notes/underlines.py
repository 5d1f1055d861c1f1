"""Quiet underlines on the words that carry codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.domain.spans import Span, find
from app.ui.pages.notes.positions import units
from app.ui.widgets.colouring import colour_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextBlock

    from app.operations.notes import Code
    from app.ui.pages.notes.lines import Line


def underlined(
    block: QTextBlock, line: Line, codes: Sequence[Code]
) -> list[QTextEdit.ExtraSelection]:
    """Return the underlines of a paragraph's codes; each follows its words as they move.

    Words that can't be told for certain are not underlined: the margin calls the code loose.
    """
    marked = []
    for code in codes:
        start = find(line.text, Span(code.start, code.quote, code.before, code.after))
        if start is None:
            continue
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units(line.text, start))
        end = block.position() + units(line.text, start + len(code.quote))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setKeepPositionOnInsert(True)  # what is typed behind the words is not of them
        one = QTextEdit.ExtraSelection()
        one.cursor = cursor
        one.format = _format()
        marked.append(one)
    return marked


def _format() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    made.setUnderlineColor(colour_of("accent"))
    return made
