"""The words one came for: lit, with the caret before them, until the caret goes elsewhere.

They are lit and not selected, for a key pressed a moment too soon would take selected words away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.ui.pages.notes.find_bar import found_format
from app.ui.pages.notes.positions import units
from app.ui.pages.notes.underlines import underlined

if TYPE_CHECKING:
    from app.operations.view import View
    from app.ui.pages.notes.editor import NoteEditor

LAYER: Final = "lit"


@dataclass(frozen=True, slots=True)
class Sought:
    """Where one wants to be: a note, a paragraph of it, a code on its words, or the words."""

    note: str = ""
    paragraph: str = ""
    code: str = ""
    words: str = ""


def sought(view: View, record: str, words: str = "") -> Sought:
    """Return the note that a record is or stands in, and where in it.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(record)
    code = record if held.kind == "code" else ""
    if code:
        held = view.records.get(held.text("paragraph"))
    owner = {"paragraph": "note", "stage_cell": "file"}.get(held.kind)
    is_paragraph = held.kind == "paragraph"
    return Sought(
        held.text(owner) if owner else held.id, held.id if is_paragraph else "", code, words
    )


class Lit(QObject):
    """Lights words in one editor, one stretch at a time."""

    def __init__(self, editor: NoteEditor) -> None:
        """Begin with nothing lit."""
        super().__init__(editor)
        self._editor = editor
        self._cursor: QTextCursor | None = None
        editor.cursorPositionChanged.connect(self._on_moved)

    def go_to(self, place: Sought) -> bool:
        """Put the caret before the words, or at their paragraph; whether that is here."""
        editor = self._editor
        self.put_out()
        if not editor.show_paragraph(place.paragraph):
            return False
        cursor = self._found(place)
        if cursor is not None:
            self._light(cursor)
        return True

    def put_out(self) -> None:
        """Light nothing any more."""
        if self._cursor is not None:
            self._cursor = None
            self._editor.mark(LAYER, [])

    def _found(self, place: Sought) -> QTextCursor | None:
        """Return a cursor over the words; None where they can't be told for certain."""
        block = self._editor.textCursor().block()
        line = self._editor.line_at(block)
        if place.code:
            codes = [one for one in self._editor.codes_at(block) if one.id == place.code]
            # A copy: what a mark holds goes with the mark.
            return next((QTextCursor(one.cursor) for one in underlined(block, line, codes)), None)
        hit = re.search(rf"(?<!\w){re.escape(place.words)}", line.text, re.IGNORECASE)
        if hit is None or not place.words:
            return None
        found = QTextCursor(block)
        found.setPosition(block.position() + units(line.text, hit.start()))
        end = block.position() + units(line.text, hit.end())
        found.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return found

    def _light(self, words: QTextCursor) -> None:
        caret = self._editor.textCursor()
        for place in (words.selectionEnd(), words.selectionStart()):  # so that all of it is seen
            caret.setPosition(place)
            self._editor.setTextCursor(caret)
            self._editor.ensureCursorVisible()
        one = QTextEdit.ExtraSelection()
        one.cursor, one.format = words, found_format()
        self._cursor = words
        self._editor.mark(LAYER, [one])
        QAccessible.updateAccessibility(
            QAccessibleAnnouncementEvent(self._editor, words.selectedText())
        )

    def _on_moved(self) -> None:
        """Put it out once the caret left the place: what comes in above moves both alike."""
        held = self._cursor
        if held is not None and self._editor.textCursor().position() != held.selectionStart():
            self.put_out()
