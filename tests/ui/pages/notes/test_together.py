"""Several people in one note: nobody’s words are written over, here or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from app.operations import records
from app.operations.codes import Meaning, code_words
from app.operations.notes import (
    add_note,
    add_paragraph,
    edit_paragraph,
    finish_note,
    lock_note,
    read_note,
)
from app.operations.team import be
from app.operations.typed_notes import offered_drafts
from app.ui.pages.notes.editor import CODED, LOCKED, NOT_YOURS
from app.ui.pages.notes.page import NotesPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from app.operations.notes import Note
    from app.ui.session import Session

NO, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
WORDS = ("Alpha one two.", "Beta three four.", "Gamma five six.")


@dataclass
class Desk:
    """One open note of three paragraphs; the one in the middle is a colleague's."""

    page: NotesPage
    qtbot: QtBot
    note: str
    paragraphs: list[str]

    def far(self, verb: Callable, *args: object) -> str:
        """Change something elsewhere; this window has not heard of it yet."""
        return self.page.session.inspection.do(verb, *args).made

    def told(self, verb: Callable, *args: object, **named: object) -> str:
        """Change something elsewhere and let this window hear of it."""
        changes = self.page.session.inspection.do(verb, *args, **named)
        self.page.session.bus.changed.emit(changes)
        return changes.made

    def put(self, paragraph: int, place: int) -> None:
        editor = self.page.view.editor
        cursor = QTextCursor(editor.document().findBlockByNumber(paragraph))
        cursor.setPosition(cursor.position() + place)
        editor.setTextCursor(cursor)

    def select(self, first: int, last: int) -> None:
        cursor = self.page.view.editor.textCursor()
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        self.page.view.editor.setTextCursor(cursor)

    def type(self, words: str) -> None:
        self.qtbot.keyClicks(self.page.view.editor, words)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NO) -> None:
        self.qtbot.keyClick(self.page.view.editor, key, held)

    def stored(self) -> Note:
        self.page.save_now()
        return self.page.session.inspection.ask(read_note, self.note)

    def texts(self) -> list[str]:
        return [one.text for one in self.stored().paragraphs]

    def shown(self) -> list[str]:
        return self.page.view.editor.toPlainText().split("\n")


@pytest.fixture
def desk(bare: Session, qtbot: QtBot) -> Iterator[Desk]:
    do = bare.inspection.do
    mine, theirs = (do(records.add, "person", {"role": one}).made for one in ("lead", "health"))
    do(be, mine)
    note = do(add_note, "jotting", {"ref": "OF-01"}).made
    paragraphs = [
        do(add_paragraph, note, words, None, {"author": author}).made
        for words, author in zip(WORDS, (mine, theirs, mine), strict=True)
    ]
    page = NotesPage(bare)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.open_note(note)
    page.view.editor.setFocus()
    yield Desk(page, qtbot, note, paragraphs)
    page.close_page()


def test_words_that_came_unheard_are_not_written_over(desk: Desk) -> None:
    desk.put(0, 0)
    desk.type("x")
    desk.far(edit_paragraph, desk.paragraphs[2], "From elsewhere.")
    assert desk.texts() == ["x" + WORDS[0], WORDS[1], "From elsewhere."]


def test_a_paragraph_deleted_elsewhere_stays_deleted(desk: Desk) -> None:
    desk.put(0, 0)
    desk.type("x")
    desk.far(records.delete, desk.paragraphs[2])
    assert len(desk.texts()) == 2


def test_what_changes_elsewhere_is_shown_while_one_types(desk: Desk) -> None:
    desk.put(0, 0)
    desk.type("x")
    desk.told(add_paragraph, desk.note, "A fourth.")
    desk.told(edit_paragraph, desk.paragraphs[1], "Beta anew.")
    desk.told(records.delete, desk.paragraphs[2])
    assert desk.shown() == ["x" + WORDS[0], "Beta anew.", "A fourth."]
    assert desk.texts() == desk.shown()


def test_undo_leaves_the_words_of_others_alone(desk: Desk) -> None:
    desk.put(0, 0)
    desk.type("x")
    desk.told(edit_paragraph, desk.paragraphs[2], "From elsewhere.")
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.key(Qt.Key.Key_Z, CTRL)
    assert desk.texts() == [WORDS[0], WORDS[1], "From elsewhere."]


def test_caret_and_scroll_stay_when_words_above_change(desk: Desk) -> None:
    for number in range(60):
        desk.far(add_paragraph, desk.note, f"Paragraph {number}. " + "word " * 30)
    desk.told(add_paragraph, desk.note, "Last.")
    desk.put(40, 5)
    top = desk.page.view.editor.cursorRect().top()
    desk.told(edit_paragraph, desk.paragraphs[0], "Long. " * 60)
    cursor = desk.page.view.editor.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (40, 5)
    assert abs(desk.page.view.editor.cursorRect().top() - top) <= 2


@pytest.mark.parametrize("paragraph", range(3))
def test_the_caret_at_a_paragraph_s_end_stays_when_another_comes_after_it(
    desk: Desk, paragraph: int
) -> None:
    desk.put(paragraph, len(WORDS[paragraph]))
    desk.told(add_paragraph, desk.note, "Theirs.", after=desk.paragraphs[paragraph])
    cursor = desk.page.view.editor.textCursor()
    assert (cursor.block().text(), cursor.atBlockEnd()) == (WORDS[paragraph], True)


def test_a_selection_to_the_end_stays_when_another_paragraph_comes_after_it(desk: Desk) -> None:
    end = sum(map(len, WORDS)) + len(WORDS) - 1
    desk.select(3, end)
    chosen = desk.page.view.editor.textCursor().selectedText()
    desk.told(add_paragraph, desk.note, "Theirs.")
    assert desk.page.view.editor.textCursor().selectedText() == chosen


@pytest.mark.parametrize(
    ("paragraph", "place", "key"),
    [
        pytest.param(1, 4, Qt.Key.Key_X, id="typing"),
        pytest.param(1, 4, Qt.Key.Key_Backspace, id="deleting"),
        pytest.param(1, 0, Qt.Key.Key_Backspace, id="joining to the one above"),
        pytest.param(0, len(WORDS[0]), Qt.Key.Key_Delete, id="joining the one below"),
        pytest.param(2, 0, Qt.Key.Key_Backspace, id="joining to theirs"),
    ],
)
def test_no_key_changes_another_persons_words(desk: Desk, paragraph, place, key) -> None:
    desk.put(paragraph, place)
    with desk.qtbot.waitSignal(desk.page.said) as said:
        desk.key(key)
    assert said.args == [NOT_YOURS]
    assert desk.texts() == list(WORDS)


def test_a_selection_over_another_persons_words_is_not_replaced(desk: Desk) -> None:
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_X):
        desk.select(3, 25)
        desk.key(key)
    desk.page.view.editor.paste()
    assert desk.texts() == list(WORDS)


def test_enter_among_another_persons_words_begins_one_of_mine_below(desk: Desk) -> None:
    desk.put(1, 4)
    desk.key(Qt.Key.Key_Return)
    desk.type("Mine.")
    assert desk.texts() == [WORDS[0], WORDS[1], "Mine.", WORDS[2]]


def test_a_locked_note_is_only_added_to(desk: Desk) -> None:
    desk.told(finish_note, desk.note)
    desk.told(lock_note, desk.note)
    desk.put(2, 3)
    with desk.qtbot.waitSignal(desk.page.said) as said:
        desk.type("x")
    assert said.args == [LOCKED]
    desk.key(Qt.Key.Key_Return)
    desk.type("Added later.")
    assert desk.texts() == [*WORDS, "Added later."]


def test_enter_before_coded_words_leaves_the_code_on_them(desk: Desk) -> None:
    desk.told(code_words, desk.paragraphs[0], 0, 5, Meaning("A6"))
    desk.put(0, 0)
    desk.key(Qt.Key.Key_Return)
    (code,) = desk.stored().codes[desk.paragraphs[0]]
    assert (code.start, code.quote) == (0, "Alpha")


def test_a_coded_paragraph_is_not_joined_away_from_its_codes(desk: Desk) -> None:
    desk.put(0, len(WORDS[0]))
    desk.key(Qt.Key.Key_Return)
    desk.type("Coded words.")
    coded = desk.stored().paragraphs[1].id
    desk.told(code_words, coded, 0, 5, Meaning("A6"))
    desk.put(1, 0)
    with desk.qtbot.waitSignal(desk.page.said) as said:
        desk.key(Qt.Key.Key_Backspace)
    assert said.args == [CODED]
    assert len(desk.texts()) == 4


def test_a_join_undone_after_saving_brings_the_record_and_its_last_words_back(desk: Desk) -> None:
    failed: list[str] = []
    desk.page.failed.connect(failed.append)
    desk.put(2, len(WORDS[2]))
    desk.key(Qt.Key.Key_Return)
    desk.type("Delta.")
    fourth = desk.stored().paragraphs[3].id
    desk.put(3, 6)
    desk.type("!")
    desk.put(3, 0)
    desk.key(Qt.Key.Key_Backspace)
    assert desk.texts()[-1] == WORDS[2] + "Delta.!"
    desk.key(Qt.Key.Key_Z, CTRL)
    assert desk.stored().paragraphs[3].id == fourth
    assert desk.texts()[-1] == "Delta.!"
    assert failed == []


def test_a_new_paragraph_has_its_record_and_time_within_a_second(desk: Desk) -> None:
    desk.put(2, len(WORDS[2]))
    desk.key(Qt.Key.Key_Return)
    with desk.qtbot.waitSignal(desk.page.kept, timeout=1_000):
        desk.type("Del")
    ask = desk.page.session.inspection.ask
    assert [one.text for one in ask(read_note, desk.note).paragraphs][-1] == "Del"
    assert ask(offered_drafts) == []


def test_paragraphs_left_empty_leave_no_record(desk: Desk) -> None:
    desk.put(2, len(WORDS[2]))
    desk.key(Qt.Key.Key_Return)
    desk.type("x")
    desk.texts()
    desk.key(Qt.Key.Key_Backspace)
    desk.page.close_page()
    assert [one.text for one in desk.stored().paragraphs] == list(WORDS)


def test_words_drafted_and_then_taken_back_are_not_offered_later(desk: Desk) -> None:
    desk.put(0, 0)
    with desk.qtbot.waitSignal(desk.page.kept, timeout=1_000):
        desk.type("x")
    desk.key(Qt.Key.Key_Z, CTRL)
    assert desk.texts() == list(WORDS)
    assert desk.page.session.inspection.ask(offered_drafts) == []
