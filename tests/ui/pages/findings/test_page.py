from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QWidget

from app.operations import records
from app.operations.codes import Meaning, code_words
from app.operations.findings import link_evidence, move_finding_on, read_finding, take_stance
from app.operations.last_place import unfinished
from app.operations.notes import list_drafts
from app.ui.change_bus import ChangeBus
from app.ui.pages.findings.page import FindingsPage
from app.ui.runner import ThreadRunner
from app.ui.session import Session

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

NEW_WORDS = "Health is often left out of strategy meetings."


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> FindingsPage:
    made = FindingsPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 740)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_page()


def agree(case: Case) -> None:
    case.do(records.change, case.finding, {"against_sought": True})
    case.do(move_finding_on, case.finding, "tested")
    case.do(move_finding_on, case.finding, "agreed")


def rewrite(qtbot: QtBot, page: FindingsPage, words: str) -> None:
    statement = page.view.sheet.statement
    statement.setFocus()
    statement.selectAll()
    qtbot.keyClicks(statement, words)
    page.view.list.setFocus()


def titles_of(page: FindingsPage) -> list[str]:
    return [row.title for row in page.view.list.shown.rows if not row.is_heading]


def statement_of(case: Case) -> str:
    return case.ask(read_finding, case.finding).record.text("statement")


def test_choosing_a_finding_shows_its_statement_and_evidence(page) -> None:
    page.view.list.step(1)
    sheet = page.view.sheet
    assert sheet.statement.words == "Health is left out of strategy meetings."
    assert "health visitor" in sheet.sides["for"].shown.rows[0].title
    assert sheet.side_headings["for"].text() == "For: 1 piece from 1 note"
    assert sheet.side_headings["against"].text() == "Against: nothing linked, not looked for yet"
    assert sheet.support.text().startswith("Said by 1 professional")


def test_a_statement_is_saved_on_leaving_it(case, page, qtbot) -> None:
    page.show_record(case.finding)
    rewrite(qtbot, page, NEW_WORDS)
    assert statement_of(case) == NEW_WORDS
    assert not page.view.sheet.reason.is_asking


def test_an_agreed_finding_changes_only_with_a_reason_and_the_words_stay(case, page, qtbot) -> None:
    agree(case)
    page.show_record(case.finding)
    rewrite(qtbot, page, NEW_WORDS)
    sheet = page.view.sheet
    assert sheet.reason.isVisible()
    assert "“agreed”" in sheet.reason.sentence.text()
    assert sheet.statement.words == NEW_WORDS
    assert statement_of(case) == "Health is left out of strategy meetings."
    qtbot.keyClicks(sheet.reason.field, "CQC asked for it")
    qtbot.keyClick(sheet.reason.field, Qt.Key.Key_Return)
    assert statement_of(case) == NEW_WORDS
    assert not sheet.reason.isVisible()
    assert case.ask(read_finding, case.finding).steps[-1].why == "CQC asked for it"


def test_words_that_wait_for_a_reason_are_there_again_on_coming_back(case, page, qtbot) -> None:
    agree(case)
    page.show_record(case.finding)
    rewrite(qtbot, page, NEW_WORDS)
    page.show_record(case.other)
    assert not page.view.sheet.reason.isVisible()
    page.show_record(case.finding)
    assert page.view.sheet.statement.words == NEW_WORDS
    assert page.view.sheet.reason.isVisible()


def test_putting_back_shows_what_was_saved_and_forgets_the_draft(case, page, qtbot) -> None:
    agree(case)
    page.show_record(case.finding)
    rewrite(qtbot, page, NEW_WORDS)
    qtbot.mouseClick(page.view.sheet.reason.back, Qt.MouseButton.LeftButton)
    assert page.view.sheet.statement.words == "Health is left out of strategy meetings."
    assert case.ask(list_drafts) == []


def test_a_status_that_is_refused_shows_why_and_goes_back(case, page, qtbot) -> None:
    page.show_record(case.other)
    status = page.view.sheet.status
    with qtbot.waitSignal(page.failed):
        status.setFocus()
        qtbot.keyClick(status, Qt.Key.Key_Down)
    assert "before a piece of evidence" in page.view.sheet.remark.text()
    assert status.currentData() == "emerging"


def test_an_empty_other_side_has_to_be_said_to_have_been_looked_for(case, page, qtbot) -> None:
    case.do(move_finding_on, case.finding, "tested")
    page.show_record(case.finding)
    sheet = page.view.sheet
    with qtbot.waitSignal(page.failed):
        qtbot.keyClick(page, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert "Ctrl+Shift+O" in sheet.remark.text()
    assert sheet.status.currentData() == "tested"
    sheet.sought.setFocus()
    qtbot.keyClick(sheet.sought, Qt.Key.Key_Space)
    assert sheet.side_headings["against"].text() == "Against: looked for, nothing linked"
    qtbot.keyClick(page, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert sheet.status.currentData() == "agreed"
    assert not sheet.remark.isVisible()


def test_evidence_found_by_typing_is_linked_for_and_against(case, page, qtbot) -> None:
    case.do(code_words, case.seen, 0, 12, Meaning("A6", "improvement"))
    page.show_record(case.finding)
    search, sides = page.view.sheet.search, page.view.sheet.sides
    with qtbot.waitSignal(search.searched):
        qtbot.keyClicks(search.field, "record shows")
    assert search.found.shown.rows[0].sign == "▼"
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert len(sides["for"].shown.rows) == 2
    assert search.found.shown.rows[0].badge == "linked for"
    search.field.clear()
    with qtbot.waitSignal(search.searched):
        qtbot.keyClicks(search.field, "June")
    qtbot.keyClick(search.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert sides["against"].shown.rows[0].title.startswith("The June meeting")


def test_evidence_for_and_against_stand_equal(case, page) -> None:
    page.show_record(case.finding)
    sides = page.view.sheet.sides
    assert abs(sides["for"].width() - sides["against"].width()) <= 1
    assert sides["for"].height() == sides["against"].height()
    assert sides["for"].y() == sides["against"].y()


def test_a_piece_taken_away_can_be_restored(case, page, qtbot) -> None:
    page.show_record(case.finding)
    sheet = page.view.sheet
    sheet.sides["for"].setFocus()
    sheet.sides["for"].step(1)
    qtbot.keyClick(sheet.sides["for"], Qt.Key.Key_Delete)
    assert sheet.sides["for"].shown.rows == ()
    assert sheet.restore_line.isVisible()
    qtbot.mouseClick(sheet.restore, Qt.MouseButton.LeftButton)
    assert len(sheet.sides["for"].shown.rows) == 1
    assert not sheet.restore_line.isVisible()


def test_enter_on_a_piece_goes_to_its_words_in_the_note(case, page, qtbot) -> None:
    page.show_record(case.finding)
    side = page.view.sheet.sides["for"]
    side.setFocus()
    side.step(1)
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(side, Qt.Key.Key_Return)
    assert asked.args == [case.heard]


def test_enter_on_coded_words_goes_to_their_code(case, page, qtbot) -> None:
    coded = case.do(code_words, case.seen, 0, 5, Meaning("A4"))
    case.do(link_evidence, case.finding, case.seen, "against", coded)
    page.show_record(case.finding)
    side = page.view.sheet.sides["against"]
    side.setFocus()
    side.step(1)
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(side, Qt.Key.Key_Return)
    assert asked.args == [coded]


def test_a_new_finding_exists_from_its_first_words_and_typing_goes_on(page, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    statement = page.view.sheet.statement
    with qtbot.waitSignal(statement.paused):
        qtbot.keyClicks(statement, "Children are seen alone")
    assert len(titles_of(page)) == 3
    qtbot.keyClicks(statement, " and listened to.")
    page.view.list.setFocus()
    titles = titles_of(page)
    assert "Children are seen alone and listened to." in titles
    assert len(titles) == 3


def test_one_inspectorate_cannot_change_what_another_said(case, page) -> None:
    ofsted, cqc = case.inspectorates
    case.do(take_stance, case.finding, cqc, "object", "Not seen by us")
    page.show_record(case.finding)
    lines = page.view.sheet.stances._lines
    assert not lines[cqc].choice.isVisible()
    assert lines[cqc].said.text() == "✕ Objects: Not seen by us"
    lines[ofsted].choice.setCurrentIndex(1)
    lines[ofsted].choice.activated.emit(1)
    stances = {one.inspectorate: one.stance for one in case.ask(read_finding, case.finding).stances}
    assert stances == {ofsted: "agreed", cqc: "object"}


def test_a_comment_typed_before_its_stance_waits_for_it_and_is_not_lost(case, page, qtbot) -> None:
    ofsted = case.inspectorates[0]
    page.show_record(case.finding)
    line = page.view.sheet.stances._lines[ofsted]
    line.comment.setFocus()
    qtbot.keyClicks(line.comment, "Seen in two cases")
    page.view.list.setFocus()
    assert "Choose a stance" in line.when.text()
    page.show_record(case.other)
    assert line.comment.text() == "", "it is about the other finding"
    page.show_record(case.finding)
    assert line.comment.text() == "Seen in two cases"
    page.keep_now()
    assert [one.words for one in case.ask(unfinished)] == ["Seen in two cases"]
    line.choice.setCurrentIndex(1)
    line.choice.activated.emit(1)
    assert case.ask(read_finding, case.finding).stances[0].comment == "Seen in two cases"
    assert page.view.sheet.stances.waiting == ()


def test_a_new_finding_shows_nothing_of_the_one_before(case, page) -> None:
    fields = {"criteria": ["A6"], "of_n": 2, "of_m": 7, "against_sought": True}
    case.do(records.change, case.finding, fields)
    case.do(move_finding_on, case.finding, "tested")
    case.do(take_stance, case.finding, case.inspectorates[0], "agreed", "Clear")
    page.show_record(case.finding)
    page.new_finding()
    sheet = page.view.sheet
    assert sheet.status.currentData() == "emerging"
    assert not sheet.sought.isChecked()
    assert [one.text() for one in (sheet.criteria, sheet.counts.n.line, sheet.counts.m.line)] == [
        "", "", "",
    ]  # fmt: skip
    lines = sheet.stances._lines.values()
    assert {line.said.text() for line in lines} == {"Not said yet"}
    assert {line.comment.text() for line in lines} == {""}


def test_words_being_typed_survive_a_change_from_elsewhere(case, page, qtbot) -> None:
    page.show_record(case.finding)
    statement = page.view.sheet.statement
    statement.setFocus()
    qtbot.keyClicks(statement, "Often, ")
    case.do(records.change, case.finding, {"why": "Nobody invites them."})
    assert statement.words.startswith("Often, ")
    assert statement.hasFocus()


def test_the_filter_narrows_the_list_and_says_when_nothing_is_left(page, qtbot) -> None:
    qtbot.keyClicks(page.view.filter, "leaders")
    assert titles_of(page) == ["Leaders know their area well."]
    qtbot.keyClicks(page.view.filter, " zebra")
    assert page.view.none.isVisible()


def test_an_empty_inspection_says_what_to_do(bare, qtbot) -> None:
    page = FindingsPage(bare)
    qtbot.addWidget(page)
    assert "Ctrl+N" in page.view.none.text()
    page.close_page()


def test_a_page_opened_and_closed_twice_leaves_no_connection(case, qtbot) -> None:
    for _ in range(2):
        page = FindingsPage(case.session)
        qtbot.addWidget(page)
        page.show_record(case.finding)
        page.close_page()
        page.close_page()
    assert case.session.bus.receivers("2changed(PyObject)") == 0


def test_every_control_has_a_name_and_takes_the_keyboard_in_turn(case, page, qtbot) -> None:
    page.show_record(case.finding)
    unnamed = [
        one
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and not (one.accessibleName() or getattr(one, "text", str)())
        and not isinstance(one, QScrollArea)
        and not isinstance(one.parent(), QComboBox)
    ]
    assert unnamed == []
    page.view.sheet.statement.setFocus()
    qtbot.keyClick(page.view.sheet.statement, Qt.Key.Key_Tab)
    assert page.view.sheet.type.hasFocus()


def test_the_wheel_scrolls_past_a_status_and_leaves_it(case, page) -> None:
    page.show_record(case.finding)
    status = page.view.sheet.status
    where = QPointF(5, 5)
    turned = QWheelEvent(
        where,
        status.mapToGlobal(where),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(status, turned)
    assert status.currentData() == "emerging"


def test_words_typed_before_the_next_finding_is_on_screen_stay_with_theirs(case, qtbot) -> None:
    crashes: list[BaseException] = []
    runner = ThreadRunner(crashes.append)
    page = FindingsPage(Session(case.session.inspection, runner, ChangeBus()))
    qtbot.addWidget(page)
    statement = page.view.sheet.statement
    page.show_record(case.finding)
    qtbot.waitUntil(lambda: statement.words.startswith("Health"))
    page.show_record(case.other)
    qtbot.keyClicks(statement, "Often, ")
    qtbot.waitUntil(lambda: statement.words.startswith("Leaders"))
    page.close_page()
    runner.finish()
    assert statement_of(case).startswith("Often, Health")
    other = case.ask(read_finding, case.other).record
    assert other.text("statement") == "Leaders know their area well."
    assert crashes == []
