"""Where the caret stands, by paragraph, so that it stays there while others write.

A paragraph that comes in after another is written at that one's end, and Qt takes a caret that
stands there along. It is taken back: a remote change never moves the caret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from app.ui.pages.notes.editor import NoteEditor


def caret_place(editor: NoteEditor) -> tuple[str, str]:
    """Return the paragraphs that the anchor and the caret stand in, by id."""
    held = editor.textCursor()
    return _paragraph_at(editor, held.anchor()), _paragraph_at(editor, held.position())


def put_back(editor: NoteEditor, place: tuple[str, str]) -> None:
    """Take anchor and caret back to their paragraphs' ends where they were taken out of them."""
    held = editor.textCursor()
    was = (held.anchor(), held.position())
    anchor, caret = (
        position if _paragraph_at(editor, position) == wanted else _end_of(editor, wanted, position)
        for wanted, position in zip(place, was, strict=True)
    )
    if (anchor, caret) != was:
        held.setPosition(anchor)
        held.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(held)


def _paragraph_at(editor: NoteEditor, position: int) -> str:
    return editor.line_at(editor.document().findBlock(position)).id


def _end_of(editor: NoteEditor, paragraph: str, otherwise: int) -> int:
    for number, line in enumerate(editor.paper.lines):
        if line.id == paragraph:
            block = editor.paper.block(number)
            return block.position() + block.length() - 1
    return otherwise  # somebody took the paragraph away
