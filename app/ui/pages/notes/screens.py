"""The states of the notes page, for the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from app.operations.coding import coding_choices
from app.operations.notes import list_notes
from app.ui.pages.notes.code_picker import CodePicker

if TYPE_CHECKING:
    from app.ui.drawing import Drawing
    from app.ui.pages.notes.page import NotesPage


def draw(drawing: Drawing, page: NotesPage) -> None:
    """Draw the page without a note, with the longest, with the code picker, and in an interview."""
    drawing.grab("notes-none-open")
    rows = drawing.inspection.ask(list_notes)
    longest = max(rows, key=lambda one: one.paragraphs, default=None)
    if longest is None:
        return
    page.open_note(longest.id)
    drawing.grab("notes")
    editor = page.view.editor
    cursor = QTextCursor(editor.document().firstBlock())
    cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor, 4)
    editor.setTextCursor(cursor)
    selected = editor.selected()
    if selected is not None:
        choices = drawing.inspection.ask(coding_choices)
        picker = CodePicker(page, selected.words, choices, [])
        picker.show()
        drawing.grab("code-picker", picker)
        picker.close()
    page.offered.interview.trigger()
    drawing.grab("interview-mode")
    page.offered.interview.trigger()
