"""Misspelt words are marked, found and mended by keys, and never by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from app.operations.notes import read_note
from app.operations.spelling import NO_DICTIONARY, Speller
from app.operations.typing_aids import typing_aids

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.pages.notes.page import NotesPage
    from tests.ui.pages.conftest import Case

CTRL = Qt.KeyboardModifier.ControlModifier
WRONG = "safegaurding"

needs_dictionary = pytest.mark.skipif(
    not Speller().is_there(), reason="this computer has no British English dictionary"
)


def type_wrong(page: NotesPage, qtbot: QtBot) -> None:
    editor = page.view.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, f"The {WRONG} lead and MARAC. ")
    qtbot.waitUntil(lambda: bool(editor.marks.misspelt_in(editor.paper.lines[-1].text)))


def marked(page: NotesPage) -> list[str]:
    block = page.view.editor.paper.block(len(page.view.editor.paper.lines) - 1)
    return [block.text()[one.start : one.start + one.length] for one in block.layout().formats()]


@needs_dictionary
def test_a_misspelt_word_is_marked_and_a_word_of_the_trade_is_not(
    page: NotesPage, qtbot: QtBot
) -> None:
    type_wrong(page, qtbot)
    qtbot.waitUntil(lambda: marked(page) == [WRONG])


def test_a_page_that_was_closed_asks_about_no_word(page: NotesPage, qtbot: QtBot) -> None:
    marks = page.view.editor.marks
    marks.check(is_on=True)
    qtbot.keyClicks(page.view.editor, "Unasked ")
    assert marks._later.isActive()
    page.close_page()
    assert not marks._later.isActive()
    assert not marks._slices.isActive()


@needs_dictionary
def test_f7_goes_to_it_and_a_suggestion_is_taken_by_keys(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    type_wrong(page, qtbot)
    editor = page.view.editor
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(editor, Qt.Key.Key_F7)
    assert editor.textCursor().selectedText() == WRONG
    qtbot.keyClick(editor, Qt.Key.Key_Period, CTRL)
    offered = editor.aids.list
    assert offered.list.shown.rows[0].title == "safeguarding"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    page.save_now()
    last = case.ask(read_note, case.note).paragraphs[-1].text
    assert last == "The safeguarding lead and MARAC. "
    assert page.offered.undo.text() == "Undo spelling"
    with qtbot.waitSignal(page.said) as said:
        qtbot.keyClick(editor, Qt.Key.Key_F7)
    assert "Nothing in this note is misspelt." in said.args[0]


@needs_dictionary
def test_a_word_added_to_the_teams_is_marked_no_more(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    type_wrong(page, qtbot)
    page.offered.next_misspelt.trigger()
    page.offered.suggestions.trigger()
    add = page.view.editor.aids.list.list
    assert add.shown.rows[-1].title == f"Add “{WRONG}” to the team’s words"
    add.make_current(add.shown.rows[-1].key)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return)
    assert WRONG in case.ask(typing_aids).words
    qtbot.waitUntil(lambda: marked(page) == [])


def test_without_a_dictionary_nothing_is_marked_and_one_line_says_why(
    page: NotesPage, qtbot: QtBot, monkeypatch
) -> None:
    monkeypatch.setattr(page.helping, "_has_dictionary", False)
    with qtbot.waitSignal(page.said) as said:
        qtbot.keyClick(page.view.editor, Qt.Key.Key_F7)
    assert said.args == [NO_DICTIONARY]
