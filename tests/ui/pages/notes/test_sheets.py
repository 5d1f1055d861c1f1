"""A sample and a tracked child's stages are filled on their own sheets, by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.operations import records
from app.operations.notes import add_note, list_notes, read_note
from app.operations.sampling import sample_sheet
from app.operations.stages import stage_sheet
from app.ui.pages.notes.header_form import HeaderForm
from app.ui.pages.notes.sampling import Sampling
from app.ui.pages.notes.stages import Stages
from app.ui.widgets.several import Several

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.pages.notes.page import NotesPage
    from tests.ui.pages.conftest import Case

CTRL = Qt.KeyboardModifier.ControlModifier
RETURN, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


def begin_sample(case: Case, page: NotesPage, qtbot: QtBot) -> tuple[str, Sampling]:
    note = case.do(add_note, "sampled_record", {"title": "Strategy meetings"})
    page.open_note(note)
    page.view.editor.setFocus()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_J, CTRL)
    sheet = page.own_view.shown
    assert isinstance(sheet, Sampling)
    return note, sheet


def test_a_record_is_sampled_by_keys_alone_and_the_next_can_come(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    note, sheet = begin_sample(case, page, qtbot)
    assert sheet.code.hasFocus()
    for code, key, why in (("SM1", "m", ""), ("SM2", "n", "No health."), ("SM3", "p", "")):
        qtbot.keyClicks(sheet.code, code)
        qtbot.keyClick(sheet.code, TAB)
        qtbot.keyClicks(sheet.result, key)
        qtbot.keyClick(sheet.result, TAB)
        qtbot.keyClicks(sheet.reason, why)
        qtbot.keyClick(sheet.reason, RETURN)
        assert sheet.code.hasFocus()
        assert sheet.code.text() == ""
    assert sheet.tally.text() == "1 of 3 met, 1 partly, 1 not met."
    rows = case.ask(sample_sheet, note).rows
    assert [(one.code, one.result, one.reason) for one in rows] == [
        ("SM1", "met", ""),
        ("SM2", "not met", "No health."),
        ("SM3", "partly", ""),
    ]


def test_a_record_read_before_is_changed_from_the_list(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    note, sheet = begin_sample(case, page, qtbot)
    qtbot.keyClicks(sheet.code, "SM1")
    qtbot.keyClick(sheet.code, RETURN)
    qtbot.keyClick(sheet.code, Qt.Key.Key_Up)
    qtbot.keyClick(sheet.list, RETURN)
    assert sheet.code.text() == "SM1"
    qtbot.keyClicks(sheet.result, "c")
    qtbot.keyClick(sheet.result, RETURN)
    (row,) = case.ask(sample_sheet, note).rows
    assert row.result == "cannot tell"
    assert sheet.save.text() == "Add"
    assert len([one for one in case.ask(list_notes) if one.kind == "sampled_record"]) == 1


def test_escape_goes_back_to_the_words(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    _note, sheet = begin_sample(case, page, qtbot)
    qtbot.keyClick(sheet.code, ESCAPE)
    assert page.own_view.shown is None
    assert page.view.editor.hasFocus()
    page.open_note(case.note)
    assert page.view.sheet.isHidden()


def test_a_childs_stage_is_written_by_keys_alone(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    file = case.do(add_note, "tracked_child", {"title": "C2"})
    page.open_note(file)
    page.view.editor.setFocus()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_J, CTRL)
    sheet = page.own_view.shown
    assert isinstance(sheet, Stages)
    assert sheet.table.hasFocus()
    qtbot.keyClick(sheet.table, Qt.Key.Key_Down)
    qtbot.keyClick(sheet.table, RETURN)
    assert sheet.boxes["evidence"].hasFocus()
    qtbot.keyClicks(sheet.boxes["evidence"], "Three notices.")
    qtbot.keyClick(sheet.boxes["evidence"], TAB)
    qtbot.keyClicks(sheet.boxes["evaluation"], "Seen as a child in the house.")
    qtbot.keyClick(sheet.boxes["evaluation"], ESCAPE)
    held = case.ask(stage_sheet, file)
    (at,) = held.cells
    assert at[0] == held.stages[1]
    assert held.cells[at].evidence == "Three notices."
    assert held.cells[at].evaluation == "Seen as a child in the house."
    assert sheet.table.item(1, 0).text() == "Seen as a child in the house."


def test_what_stands_in_a_cell_is_saved_when_the_page_is_told_to(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    file = case.do(add_note, "tracked_child", {"title": "C2"})
    page.open_note(file)
    page.offered.own_view.trigger()
    sheet = page.own_view.shown
    qtbot.keyClicks(sheet.boxes["gaps"], "No plan.")
    page.save_now()
    (cell,) = case.ask(stage_sheet, file).cells.values()
    assert cell.gaps == "No plan."


def test_agreement_support_and_children_are_small_controls_in_the_header(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    first, second = (case.do(records.add, "child", {"code": code}) for code in ("C1", "C2"))
    note = case.do(add_note, "child_conversation")
    page.open_note(note)
    page.offered.header.trigger()
    form = page.findChild(HeaderForm)
    names = list(form.fields)
    assert names[0] == "age_band"
    assert {"agreement", "supporter", "told_may_stop", "confidentiality_explained"} < set(names)
    assert {"status", "locked_at", "late_reason", "event"}.isdisjoint(names)
    children = form.fields["children"]
    assert isinstance(children, Several)
    children.boxes[second].setFocus()
    qtbot.keyClick(children.boxes[second], Qt.Key.Key_Space)
    form.fields["told_may_stop"].setChecked(True)
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    held = case.ask(read_note, note).record
    assert held.texts("children") == (second,)
    assert first not in held.texts("children")
    assert held.flag("told_may_stop")
