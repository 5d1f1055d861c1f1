"""Notes are typed, kept, coded and finished through the real page, by keys and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor

from app.operations.notes import (
    add_paragraph,
    edit_paragraph,
    finish_note,
    list_notes,
    lock_note,
    read_note,
)
from app.operations.typed_notes import offered_drafts
from app.ui.pages.notes.code_picker import CodePicker
from app.ui.pages.notes.page import NotesPage
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.operations.notes import Note
    from tests.ui.pages.conftest import Case


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> Iterator[NotesPage]:
    made = NotesPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.open_note(case.note)
    made.view.editor.setFocus()
    yield made
    made.close_page()


def stored(case: Case) -> Note:
    return case.ask(read_note, case.note)


def texts(case: Case) -> list[str]:
    return [one.text for one in stored(case).paragraphs]


def to_end(page: NotesPage) -> None:
    page.view.editor.moveCursor(QTextCursor.MoveOperation.End)


def select(page: NotesPage, words: str) -> None:
    cursor = page.view.editor.document().find(words)
    assert cursor.hasSelection()
    page.view.editor.setTextCursor(cursor)


def test_enter_begins_a_paragraph_record_with_its_time(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    to_end(page)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(page.view.editor, "Nursery was not asked.")
    page.save_now()
    last = stored(case).paragraphs[-1]
    assert last.text == "Nursery was not asked."
    assert last.typed_at
    assert len(stored(case).paragraphs) == 4


def test_a_paragraph_typed_between_two_stays_between_them(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    before = texts(case)
    page.view.editor.moveCursor(QTextCursor.MoveOperation.Start)
    page.view.editor.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(page.view.editor, "Between.")
    page.save_now()
    assert texts(case) == [before[0], "Between.", *before[1:]]


def test_what_is_typed_is_on_disk_as_a_draft_before_any_revision(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    before = texts(case)
    to_end(page)
    with qtbot.waitSignal(page.kept, timeout=2000):
        qtbot.keyClicks(page.view.editor, " And more")
    assert texts(case) == before
    drafts = case.ask(offered_drafts)
    assert [one.text for one in drafts] == [before[-1] + " And more"]
    assert drafts[0].note_ref == "OF-FD-01"


def test_leaving_a_paragraph_makes_a_revision_of_it(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    to_end(page)
    qtbot.keyClicks(page.view.editor, " Added")
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert texts(case)[-1].endswith(" Added")
    assert case.ask(offered_drafts) == []


def test_a_draft_left_by_a_crash_is_offered_and_kept_by_a_click(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    to_end(page)
    with qtbot.waitSignal(page.kept, timeout=2000):
        qtbot.keyClicks(page.view.editor, " unsaved words")
    # The process dies here: nothing is saved on the way out.
    after = NotesPage(case.session)
    qtbot.addWidget(after)
    after.show()
    assert "OF-FD-01" in after.view.offer.words.text()
    assert after.view.offer.isVisibleTo(after)
    qtbot.mouseClick(after.view.offer.keep, Qt.MouseButton.LeftButton)
    assert texts(case)[-1].endswith(" unsaved words")
    assert case.ask(offered_drafts) == []
    after.close_page()


def test_coding_a_selection_needs_only_the_keyboard(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    select(page, "strategy meeting")
    page.offered.code.trigger()
    picker = page.findChild(CodePicker)
    qtbot.keyClicks(picker.field, "A4")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    (code,) = stored(case).codes[case.heard]
    assert (code.quote, code.criterion) == ("strategy meeting", "A4")


def test_a_code_stays_on_its_words_when_text_before_them_is_typed(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    test_coding_a_selection_needs_only_the_keyboard(case, page, qtbot)
    page.view.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(page.view.editor, "She said: ")
    page.save_now()
    (code,) = stored(case).codes[case.heard]
    text = stored(case).paragraphs[0].text
    assert text.startswith("She said: ")
    assert text[code.start : code.start + len(code.quote)] == "strategy meeting"


def test_coding_words_after_an_emoji_hits_those_words(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    page.view.editor.moveCursor(QTextCursor.MoveOperation.Start)
    page.view.editor.textCursor().insertText("🙂🙂 ")
    test_coding_a_selection_needs_only_the_keyboard(case, page, qtbot)


def test_verbatim_and_evaluation_are_one_key_each_and_back(case: Case, page: NotesPage) -> None:
    to_end(page)
    for action, kind in (
        (page.offered.evaluation, "evaluation"),
        (page.offered.verbatim, "verbatim"),
    ):
        action.trigger()
        assert stored(case).paragraphs[-1].type == kind
        action.trigger()
        assert stored(case).paragraphs[-1].type == "evidence"


def test_undo_works_across_a_save(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    before = texts(case)
    to_end(page)
    qtbot.keyClicks(page.view.editor, " wrong")
    page.save_now()
    assert texts(case) != before
    for _ in range(10):
        page.view.editor.undo()
    page.save_now()
    assert texts(case) == before


def test_deleting_and_undoing_brings_back_the_same_record(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    before = [one.id for one in stored(case).paragraphs]
    page.view.editor.selectAll()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Delete)
    page.save_now()
    assert len(stored(case).paragraphs) < len(before)
    page.view.editor.undo()
    page.save_now()
    assert [one.id for one in stored(case).paragraphs] == before


def test_pasted_text_is_plain_and_each_line_a_paragraph(case: Case, page: NotesPage) -> None:
    to_end(page)
    data = QMimeData()
    data.setHtml("<b>bold</b><img src='http://example.invalid/x.png'>")
    data.setText(" one\r\ntwo\x00\x0b\nthree")
    page.view.editor.insertFromMimeData(data)
    page.save_now()
    assert texts(case)[-3:] == [texts(case)[-3], "two", "three"]
    assert texts(case)[-3].endswith(" one")


def test_a_line_break_within_a_paragraph_is_kept(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    to_end(page)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(page.view.editor, "second line")
    page.save_now()
    assert texts(case)[-1].endswith("\nsecond line")


def test_a_change_elsewhere_moves_neither_caret_nor_words_being_typed(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    to_end(page)
    qtbot.keyClicks(page.view.editor, " typing")
    place = page.view.editor.textCursor().position()
    mine = page.view.editor.toPlainText().splitlines()[-1]
    case.do(edit_paragraph, case.heard, "I found out far too late, and only by accident, from her.")
    shown = page.view.editor.toPlainText()
    assert "only by accident" in shown
    assert shown.splitlines()[-1] == mine
    moved = len("I found out far too late, and only by accident, from her.") - len(
        "I found out about the strategy meeting a week after it happened."
    )
    assert page.view.editor.textCursor().position() == place + moved


def test_finishing_a_note_by_key_records_its_end(case: Case, page: NotesPage) -> None:
    page.offered.finish_note.trigger()
    assert stored(case).record.text("status") == "finished"
    assert stored(case).record.text("end")


def test_a_new_note_is_begun_by_typing_its_kind(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    page.offered.new_note.trigger()
    picker = page.findChild(Picker)
    qtbot.keyClicks(picker.field, "focus")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert "focus_group" in {one.kind for one in case.ask(list_notes)}
    qtbot.keyClicks(page.view.editor, "Nine social workers.")
    page.save_now()
    assert page._note.record.kind == "focus_group"
    assert [one.text for one in case.ask(read_note, page._note.record.id).paragraphs] == [
        "Nine social workers."
    ]


def test_a_locked_note_can_not_be_typed_in(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    case.do(finish_note, case.note)
    case.do(lock_note, case.note)
    before = texts(case)
    qtbot.keyClicks(page.view.editor, "x")
    page.save_now()
    assert texts(case) == before


def test_the_filter_finds_notes_by_reference(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.view.filter, "OF-FD")
    assert [row.key for row in page.view.list.model().rows if not row.is_heading] == [case.note]
    qtbot.keyClicks(page.view.filter, "zzz")
    assert page.view.list.model().rows == ()


def test_a_page_closed_twice_hears_nothing_more(case: Case, qtbot: QtBot) -> None:
    for _ in range(2):
        made = NotesPage(case.session)
        qtbot.addWidget(made)
        made.close_page()
        made.close_page()
        case.do(add_paragraph, case.note, "after")
        assert made._note is None
