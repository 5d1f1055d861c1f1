"""Words as read, with what differs from another text underlined and bold: never by colour alone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser

from app.domain.differences import Change, differences

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ComparedText(QTextBrowser):
    """One text; what it has that another has not stands out."""

    def __init__(self, name: str, words: str, other: str, parent: QWidget | None = None) -> None:
        """Show words beside another text."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setProperty("role", "words")
        self.show_words(words, other)

    def show_words(self, words: str, other: str) -> None:
        """Show other words, beside another text."""
        pieces = (one for one in differences(other, words) if one.change is not Change.GONE)
        shown = "".join(
            f"<b><u>{escape(one.text)}</u></b>" if one.change is Change.CAME else escape(one.text)
            for one in pieces
        )
        self.setHtml(f'<div style="white-space: pre-wrap">{shown}</div>')
