"""What can be undone in a note stays with it for as long as the page is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from app.operations.notes import add_note, add_paragraph, edit_paragraph, finish_note, lock_note
from app.operations.notes import read_note as read
from app.ui.pages.notes.code_picker import CodePicker

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.pages.notes.page import NotesPage
    from tests.ui.pages.conftest import Case

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def other(case: Case) -> str:
    note = case.do(add_note, "jotting")
    case.do(add_paragraph, note, "Another note.")
    return note


def texts(case: Case, note: str) -> list[str]:
    return [one.text for one in case.ask(read, note).paragraphs]


def type_at_end(page: NotesPage, qtbot: QtBot, words: str) -> None:
    page.view.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(page.view.editor, words)


def undo(page: NotesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Z, CTRL)


def test_what_was_typed_is_undone_after_another_note_was_open(
    case: Case, page: NotesPage, other: str, qtbot: QtBot
) -> None:
    before = texts(case, case.note)
    type_at_end(page, qtbot, "-wrong")
    page.open_note(other)
    type_at_end(page, qtbot, "-more")
    page.open_note(case.note)
    assert texts(case, case.note)[-1].endswith("-wrong")
    undo(page, qtbot)
    page.save_now()
    assert texts(case, case.note) == before
    page.open_note(other)
    assert texts(case, other) == ["Another note.-more"]
    undo(page, qtbot)
    page.save_now()
    assert texts(case, other) == ["Another note."]
    page.open_note(case.note)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Z, CTRL | SHIFT)
    page.save_now()
    assert texts(case, case.note)[-1].endswith("-wrong")


def test_a_paragraph_begun_and_saved_is_undone_after_another_note_was_open(
    case: Case, page: NotesPage, other: str, qtbot: QtBot
) -> None:
    before = texts(case, case.note)
    page.view.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(page.view.editor, "New.")
    page.open_note(other)
    page.open_note(case.note)
    for _ in range(2):
        undo(page, qtbot)
    page.open_note(other)
    assert texts(case, case.note) == before


def test_a_colleagues_words_are_never_undone_here(
    case: Case, page: NotesPage, other: str, qtbot: QtBot
) -> None:
    type_at_end(page, qtbot, "-wrong")
    page.open_note(other)
    case.do(edit_paragraph, case.contrary, "Their words.")
    page.open_note(case.note)
    undo(page, qtbot)
    page.save_now()
    assert texts(case, case.note)[-1] == "Their words."


def test_undo_is_called_by_what_it_undoes(page: NotesPage, qtbot: QtBot) -> None:
    action = page.offered.undo
    assert (action.text(), action.isEnabled()) == ("Undo", False)
    type_at_end(page, qtbot, "-more")
    assert (action.text(), action.isEnabled()) == ("Undo typing", True)
    page.offered.evaluation.trigger()
    assert action.text() == "Undo marking"
    undo(page, qtbot)
    assert (action.text(), page.offered.redo.text()) == ("Undo typing", "Do again: marking")


def test_coding_is_undone_and_done_again_in_its_turn(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    def codes() -> list[str]:
        return [one.quote for one in case.ask(read, case.note).codes[case.heard]]

    editor = page.view.editor
    editor.setTextCursor(editor.document().find("strategy meeting"))
    page.offered.code.trigger()
    picker = page.findChild(CodePicker)
    qtbot.keyClicks(picker.field, "A4")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert codes() == ["strategy meeting"]
    assert page.offered.undo.text() == "Undo coding"
    type_at_end(page, qtbot, "-more")
    undo(page, qtbot)
    assert codes() == ["strategy meeting"]
    undo(page, qtbot)
    assert codes() == []
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL | SHIFT)
    assert codes() == ["strategy meeting"]


def test_nothing_of_a_locked_note_is_undone(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    type_at_end(page, qtbot, "-more")
    page.save_now()
    case.do(finish_note, case.note)
    case.do(lock_note, case.note)
    before = page.view.editor.toPlainText()
    undo(page, qtbot)
    assert page.view.editor.toPlainText() == before
    page.save_now()
    assert texts(case, case.note)[-1].endswith("-more")
