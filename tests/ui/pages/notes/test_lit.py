"""Whoever comes for words finds them lit, with the caret before them, and nothing selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from app.operations.codes import Meaning, code_words
from app.operations.notes import add_paragraph, edit_paragraph
from app.operations.searching import find_words
from app.ui.pages.notes.lit import LAYER
from app.ui.pages.notes.page import NotesPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

BEFORE = "𝄞 Not asked. "
WORDS = "Nobody told the nursery"


@pytest.fixture
def paragraph(case: Case) -> str:
    return case.do(add_paragraph, case.note, f"{BEFORE}{WORDS} of the move. Not asked again.")


@pytest.fixture
def code(case: Case, paragraph: str) -> str:
    start = len(BEFORE)
    meaning = Meaning("A4", "improvement")
    return case.do(code_words, paragraph, start, start + len(WORDS), meaning)


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> Iterator[NotesPage]:
    made = NotesPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_page()


def lit(page: NotesPage) -> list[str]:
    return [one.cursor.selectedText() for one in page.view.editor._marks.get(LAYER, [])]


def behind_caret(page: NotesPage, count: int) -> str:
    cursor = QTextCursor(page.view.editor.textCursor())
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, count)
    return cursor.selectedText()


def test_a_code_opens_its_note_with_its_words_lit(code, paragraph, page) -> None:
    page.show_record(code)
    editor = page.view.editor
    assert page.shown_record == paragraph
    assert lit(page) == [WORDS]
    assert behind_caret(page, len(WORDS)) == WORDS
    assert not editor.textCursor().hasSelection()
    assert editor.hasFocus()


def test_a_key_pressed_at_once_takes_no_words_away(code, page, qtbot) -> None:
    page.show_record(code)
    qtbot.keyClicks(page.view.editor, "x")
    assert f"x{WORDS}" in page.view.editor.toPlainText()
    assert lit(page) == [WORDS]


def test_the_light_goes_out_when_the_caret_goes_on(code, page, qtbot) -> None:
    page.show_record(code)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Right)
    assert lit(page) == []


def test_what_comes_in_from_elsewhere_moves_neither_caret_nor_light(case, code, page) -> None:
    page.show_record(code)
    case.do(edit_paragraph, case.heard, "Something quite different was heard.")
    assert lit(page) == [WORDS]
    assert behind_caret(page, len(WORDS)) == WORDS
    page.view.editor.moveCursor(QTextCursor.MoveOperation.Start)
    case.do(edit_paragraph, case.seen, "Something else was seen.")
    assert page.view.editor.textCursor().position() == 0
    assert lit(page) == []


def test_words_that_were_changed_since_lead_to_their_paragraph(case, code, paragraph, page) -> None:
    case.do(edit_paragraph, paragraph, "All of it is another sentence now.")
    page.show_record(code)
    assert page.shown_record == paragraph
    assert lit(page) == []
    assert page.view.editor.textCursor().positionInBlock() == 0


def test_found_words_are_lit_where_a_word_of_theirs_begins(case, paragraph, page) -> None:
    (hit,) = case.ask(find_words, "nursery")
    assert hit.record == paragraph
    page.show_found(paragraph, "NURSERY")
    assert lit(page) == ["nursery"]
    assert behind_caret(page, len("nursery")) == "nursery"
    page.show_found(paragraph, "absent")
    assert lit(page) == []
    assert page.shown_record == paragraph


def test_opening_another_note_leaves_no_light(case, code, page) -> None:
    page.show_record(code)
    page.open_note(case.note)
    assert lit(page) == []
