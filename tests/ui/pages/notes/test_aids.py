"""Short forms, names and mentions as they are typed; each is taken back by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor

from app.operations import records
from app.operations.notes import read_note
from app.operations.register import keep_entry, register
from app.operations.shorthand import keep_shorthand
from app.ui.pages.notes.page import NotesPage
from app.ui.pages.notes.register_dialog import RegisterDialog
from app.ui.pages.notes.shorthand_dialog import ShorthandDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
RETURN = Qt.Key.Key_Return
NAME = "Aurelia Quillfeather"


@pytest.fixture
def named(case: Case, qtbot: QtBot) -> Iterator[NotesPage]:
    """The page on a laptop whose register holds a name."""
    case.do(keep_entry, "C3", [NAME, "Aurelia"])
    made = NotesPage(case.session)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.open_note(case.note)
    made.view.editor.setFocus()
    begin_line(made, qtbot)
    yield made
    made.close_page()


def begin_line(page: NotesPage, qtbot: QtBot) -> None:
    page.view.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(page.view.editor, RETURN)


def last(page: NotesPage) -> str:
    return page.view.editor.paper.lines[-1].text


def undo(page: NotesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Z, CTRL)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Met the sw, ", "Met the social worker, "),
        ("Sw said ", "Social worker said "),
        ("The SW said ", "The SW said "),
        ("under s47.", "under section 47."),
        ("a swan ", "a swan "),
        ("at www.sw ", "at www.sw "),
    ],
)
def test_a_short_form_is_written_out_as_its_word_ends(
    page: NotesPage, qtbot: QtBot, typed: str, wanted: str
) -> None:
    begin_line(page, qtbot)
    qtbot.keyClicks(page.view.editor, typed)
    assert last(page) == wanted


def test_enter_ends_a_word_too(page: NotesPage, qtbot: QtBot) -> None:
    begin_line(page, qtbot)
    qtbot.keyClicks(page.view.editor, "Met the sw")
    qtbot.keyClick(page.view.editor, RETURN)
    assert page.view.editor.paper.lines[-2].text == "Met the social worker"


def test_one_key_takes_writing_out_back_and_typing_goes_on_behind_it(
    page: NotesPage, qtbot: QtBot
) -> None:
    begin_line(page, qtbot)
    qtbot.keyClicks(page.view.editor, "Met the sw ")
    assert page.offered.undo.text() == "Undo writing out"
    undo(page, qtbot)
    assert last(page) == "Met the sw "
    qtbot.keyClicks(page.view.editor, "today ")
    assert last(page) == "Met the sw today "


def test_somebodys_own_words_are_never_written_out(page: NotesPage, qtbot: QtBot) -> None:
    begin_line(page, qtbot)
    page.offered.verbatim.trigger()
    qtbot.keyClicks(page.view.editor, "my sw never came ")
    assert last(page) == "my sw never came "


def test_the_teams_own_short_form_works_as_soon_as_it_is_kept(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    case.do(keep_shorthand, "tj", "the Junction")
    begin_line(page, qtbot)
    qtbot.keyClicks(page.view.editor, "at tj ")
    assert last(page) == "at the Junction "


def test_shorthand_is_kept_in_its_dialog(page: NotesPage, qtbot: QtBot) -> None:
    page.offered.shorthand.trigger()
    dialog = page.findChild(ShorthandDialog)
    qtbot.keyClicks(dialog.short, "tj")
    qtbot.keyClicks(dialog.words, "the Junction")
    qtbot.keyClick(dialog.words, RETURN)
    assert dialog.list.shown.place_of("tj").isValid()
    dialog.list.make_current("sw")
    qtbot.mouseClick(dialog.off, Qt.MouseButton.LeftButton)
    dialog.accept()
    page.view.editor.setFocus()
    begin_line(page, qtbot)
    qtbot.keyClicks(page.view.editor, "sw at tj ")
    assert last(page) == "sw at the Junction "


def test_a_name_becomes_its_code_before_it_is_saved(
    case: Case, named: NotesPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(named.view.editor, f"Saw {NAME} and Aurelia's aunt. Aurelia")
    named.save_now()
    assert case.ask(read_note, case.note).paragraphs[-1].text == "Saw C3 and C3's aunt. C3"


def test_a_name_at_the_end_of_a_paragraph_that_is_left_is_never_saved(
    case: Case, named: NotesPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(named.view.editor, "Saw Aurelia")
    qtbot.keyClick(named.view.editor, Qt.Key.Key_Home, CTRL)
    named.save_now()
    assert case.ask(read_note, case.note).paragraphs[-1].text == "Saw C3"
    record = case.ask(read_note, case.note).paragraphs[-1].id
    held = case.ask(lambda view: view.records.history(record))
    assert not any("Aurelia" in str(one.fields) for one in held)


def test_one_key_brings_a_name_back_and_then_it_stays(
    case: Case, named: NotesPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(named.view.editor, "Aurelia ")
    assert last(named) == "C3 "
    assert named.offered.undo.text() == "Undo taking a name out"
    undo(named, qtbot)
    qtbot.keyClicks(named.view.editor, "is a river. ")
    named.save_now()
    assert case.ask(read_note, case.note).paragraphs[-1].text == "Aurelia is a river. "


def test_in_somebodys_own_words_a_code_shows_that_it_is_ours(
    named: NotesPage, qtbot: QtBot
) -> None:
    named.offered.verbatim.trigger()
    qtbot.keyClicks(named.view.editor, "ask Aurelia, ")
    assert last(named) == "ask [C3], "


def test_pasted_names_become_codes(named: NotesPage) -> None:
    data = QMimeData()
    data.setText(f"one {NAME}\nand Aurelia")
    named.view.editor.insertFromMimeData(data)
    assert [one.text for one in named.view.editor.paper.lines[-2:]] == ["one C3", "and C3"]


def test_names_in_colleagues_words_are_left_and_underlined(
    case: Case, named: NotesPage, page: NotesPage, qtbot: QtBot
) -> None:
    case.do(keep_entry, "C9", ["strategy"])
    named.helping.reload()
    block = named.view.editor.paper.block(0)
    qtbot.waitUntil(lambda: bool(block.layout().formats()))
    marked = [block.text()[one.start : one.start + one.length] for one in block.layout().formats()]
    assert marked == ["strategy"]
    assert "strategy" in block.text()
    assert page.view.editor is not named.view.editor


def test_the_register_hides_names_and_notes_when_one_is_shown(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    page.offered.register.trigger()
    dialog = page.findChild(RegisterDialog)
    qtbot.keyClicks(dialog.code, "C3")
    qtbot.keyClicks(dialog.names, f"{NAME}; Aurelia")
    qtbot.keyClick(dialog.names, RETURN)
    (row,) = dialog.list.shown.rows
    assert (row.title, row.meta) == ("C3", "name hidden")
    assert case.ask(register).shown == ()
    dialog.list.make_current("C3")
    qtbot.mouseClick(dialog.show_name, Qt.MouseButton.LeftButton)
    (row,) = dialog.list.shown.rows
    assert row.meta == f"{NAME}; Aurelia"
    assert row.badge.startswith("shown ")
    assert [one.code for one in case.ask(register).shown] == ["C3"]
    qtbot.mouseClick(dialog.forget, Qt.MouseButton.LeftButton)
    assert dialog.list.shown.rows == ()
    dialog.accept()


def test_a_child_is_mentioned_by_keys_and_stands_in_the_header(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    child = case.do(records.add, "child", {"code": "C3", "age_band": "5 to 7"})
    case.do(records.add, "child", {"code": "C30"})
    begin_line(page, qtbot)
    editor = page.view.editor
    qtbot.keyClicks(editor, "Saw @c3")
    popup = editor.aids.list
    assert popup.isVisible()
    assert [one.title for one in popup.list.shown.rows] == ["C3", "C30"]
    qtbot.keyClick(editor, RETURN)
    assert popup.isHidden()
    qtbot.keyClicks(editor, " at home")
    assert last(page) == "Saw C3 at home"
    assert case.ask(read_note, case.note).record.texts("children") == (child,)


def test_an_agency_is_found_by_any_word_of_its_name_and_escape_leaves_what_was_typed(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    case.do(records.add, "agency", {"name": "Community health trust", "short_name": "Marshlands"})
    begin_line(page, qtbot)
    editor = page.view.editor
    qtbot.keyClicks(editor, "@hea")
    assert [one.title for one in editor.aids.list.list.shown.rows] == ["Marshlands"]
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.aids.list.isHidden()
    assert last(page) == "@hea"
    qtbot.keyClicks(editor, "l")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert last(page) == "Marshlands"
    assert editor.hasFocus()


def test_an_address_is_no_mention(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    case.do(records.add, "child", {"code": "C3"})
    begin_line(page, qtbot)
    qtbot.keyClicks(page.view.editor, "a@c3")
    assert page.view.editor.aids.list.isHidden()


def test_the_time_is_written_by_one_key(page: NotesPage, qtbot: QtBot) -> None:
    begin_line(page, qtbot)
    qtbot.keyClicks(page.view.editor, "Call began")
    now = page.now()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_T, CTRL | SHIFT)
    assert last(page) in {f"Call began {now} ", f"Call began {page.now()} "}
    undo(page, qtbot)
    assert last(page) == "Call began"
