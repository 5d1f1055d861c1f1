"""The states of the notes page, for the pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from app.operations.coding import coding_choices
from app.operations.forks import Fork, Side
from app.operations.notes import list_notes
from app.operations.register import drop_entry, keep_entry
from app.operations.second_notes import Pair, aligned
from app.operations.spelling import words_in
from app.operations.versions import Was, Writers
from app.ui.pages.notes.beside import Beside
from app.ui.pages.notes.code_picker import CodePicker
from app.ui.pages.notes.header_form import HeaderForm
from app.ui.pages.notes.history_dialog import HistoryDialog
from app.ui.pages.notes.register_dialog import RegisterDialog
from app.ui.pages.notes.shorthand_dialog import ShorthandDialog
from app.ui.pages.notes.versions_dialog import VersionsDialog
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.rows import Row
from app.ui.workflows.jotting import JottingDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from app.ui.drawing import Drawing
    from app.ui.pages.notes.page import NotesPage


def draw(drawing: Drawing, page: NotesPage) -> None:
    """Draw the page without a note, with the longest, and every sheet and dialog it has."""
    drawing.grab("notes-none-open")
    rows = drawing.inspection.ask(list_notes)
    longest = max(rows, key=lambda one: one.paragraphs, default=None)
    if longest is None:
        return
    page.open_note(longest.id)
    drawing.grab("notes")
    _draw_words(drawing, page)
    page.offered.interview.trigger()
    drawing.grab("interview-mode")
    page.offered.interview.trigger()
    first = {one.kind: one.id for one in reversed(rows)}
    for kind, name in (("tracked_child", "stages"), ("sampled_record", "sample")):
        if kind in first:
            page.open_note(first[kind])
            page.own_view.toggle()
            drawing.grab(f"notes-{name}")
    if "child_conversation" in first:
        page.open_note(first["child_conversation"])
        page.offered.header.trigger()
        for form in page.findChildren(HeaderForm):
            _grab(drawing, "header-form", form)
    _draw_dialogs(drawing, page)
    page.open_note(longest.id)
    _draw_compared(drawing, page)


def _draw_words(drawing: Drawing, page: NotesPage) -> None:
    """Draw what helps in finding, coding and typing words."""
    editor = page.view.editor
    page.view.finding.begin()
    page.view.finding.field.setText("notice")
    drawing.grab("notes-find")
    page.view.finding.put_away()
    cursor = QTextCursor(editor.document().firstBlock())
    cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor, 4)
    editor.setTextCursor(cursor)
    selected = editor.selected()
    if selected is not None:
        choices = drawing.inspection.ask(coding_choices)
        _grab(drawing, "code-picker", CodePicker(page, selected.words, choices, []))
    text = editor.document().firstBlock().text()
    wrong = frozenset(sorted(words_in(text), key=len)[-1:])
    editor.marks.check(is_on=True)
    editor.marks.told(wrong, wrong)
    page.helping.go_to_misspelt()
    choices_shown = [Row(one, one) for one in ("unscreened", "screened", "unseen")]
    editor.aids.list.offer("Instead of it", choices_shown, lambda _key: None)
    drawing.grab("notes-spelling")
    editor.aids.list.hide()


def _draw_compared(drawing: Drawing, page: NotesPage) -> None:
    """Draw what a paragraph was, two versions of one, and two notes side by side."""
    note = page.note
    if note is None or not note.paragraphs:
        return
    at, one = datetime(2026, 10, 13, 14, 2, tzinfo=UTC), note.paragraphs[0]
    earlier = one.text.replace("today", "this afternoon")
    here = Writers(frozenset({"here"}), {"there": "CQC lead"})
    was = [Was("there", at, one.text, earlier), Was("here", at, earlier, "")]
    _grab(drawing, "paragraph-history", HistoryDialog(page, was, here, may_restore=True))
    sides = (Side(one.text, "here", 1, at), Side(earlier, "there", 2, at))
    forks = [Fork(one.id, "paragraph", "text", "words", sides)]
    _grab(drawing, "two-versions", VersionsDialog(page, forks, here))
    second = Beside()
    page.view.show_sheet(second)
    halves = note.paragraphs[::2], note.paragraphs[1::2]
    second.show_pair(Pair(note, note, aligned(*halves)), "CQC lead", "OF2")
    drawing.grab("notes-beside")
    page.view.show_words(second)


def _draw_dialogs(drawing: Drawing, page: NotesPage) -> None:
    drawing.inspection.do(keep_entry, "C3", ["Aurelia Quillfeather", "Aurelia"])
    _grab(drawing, "register", RegisterDialog(page, page.session))
    drawing.inspection.do(drop_entry, "C3")
    _grab(drawing, "shorthand", ShorthandDialog(page, page.session))
    late = "Why is this written down later than it happened? It is shown beside it."
    _grab(drawing, "entered-late", OneLine(page, "Entered late", late))
    _grab(drawing, "jot-down", JottingDialog(page, page.session))


def _grab(drawing: Drawing, screen: str, dialog: QDialog) -> None:
    dialog.show()
    drawing.grab(screen, dialog)
    dialog.close()
