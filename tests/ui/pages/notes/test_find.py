"""Words are found in the open note by keys alone, and the note stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.pages.notes.page import NotesPage

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def found(page: NotesPage) -> tuple[int, str]:
    cursor = page.view.editor.textCursor()
    return cursor.blockNumber(), cursor.selectedText()


def test_words_are_found_as_they_are_typed_and_enter_goes_on(page: NotesPage, qtbot: QtBot) -> None:
    find = page.view.finding
    assert find.isHidden()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_F, CTRL)
    assert find.field.hasFocus()
    qtbot.keyClicks(find.field, "meeting")
    assert found(page) == (0, "meeting")
    assert find.told.text() == "1 of 3"
    qtbot.keyClick(find.field, Qt.Key.Key_Return)
    assert found(page) == (1, "meeting")
    qtbot.keyClick(find.field, Qt.Key.Key_Return)
    assert find.told.text() == "3 of 3"
    qtbot.keyClick(find.field, Qt.Key.Key_Return)
    assert found(page) == (0, "meeting")
    qtbot.keyClick(find.field, Qt.Key.Key_Return, SHIFT)
    assert found(page)[0] == 2


def test_f3_goes_on_from_the_words_after_the_line_was_closed(page: NotesPage, qtbot: QtBot) -> None:
    editor, find = page.view.editor, page.view.finding
    qtbot.keyClick(editor, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(find.field, "MEETING")
    qtbot.keyClick(find.field, Qt.Key.Key_Escape)
    assert find.isHidden()
    assert editor.hasFocus()
    assert not editor.extraSelections()
    qtbot.keyClick(editor, Qt.Key.Key_F3)
    assert found(page) == (1, "meeting")
    qtbot.keyClick(editor, Qt.Key.Key_F3, SHIFT)
    assert found(page) == (0, "meeting")


def test_what_is_not_there_is_said(page: NotesPage, qtbot: QtBot) -> None:
    before = page.view.editor.toPlainText()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(page.view.finding.field, "submarine")
    assert page.view.finding.told.text() == "Not in this note"
    assert page.view.editor.toPlainText() == before


def test_without_a_note_the_same_key_filters_the_list(page: NotesPage, qtbot: QtBot) -> None:
    page._note = None
    qtbot.keyClick(page.view.list, Qt.Key.Key_F, CTRL)
    assert page.view.filter.hasFocus()


def test_the_filter_has_a_key_of_its_own(page: NotesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view.editor, Qt.Key.Key_L, CTRL | SHIFT)
    assert page.view.filter.hasFocus()
