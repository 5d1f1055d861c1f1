"""Findings moved, merged, parted and split by keys, and their other side looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.operations import records
from app.operations.codes import Meaning, code_words
from app.operations.finding_merging import merge_findings, part_findings
from app.operations.findings import move_finding_on, read_finding
from app.ui.change_bus import ChangeBus
from app.ui.pages.findings.page import FindingsPage
from app.ui.pages.findings.split_dialog import SplitDialog
from app.ui.runner import ThreadRunner
from app.ui.session import Session
from app.ui.widgets.picker import Picker
from tests.ui.pages.conftest import CONTRARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> Iterator[FindingsPage]:
    made = FindingsPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.show_record(case.finding)
    yield made
    made.close_page()


def board(page: FindingsPage) -> list[str]:
    return [row.title for row in page.view.list.shown.rows if row.is_heading]


def status(case: Case, finding: str) -> str:
    return case.ask(read_finding, finding).record.text("status")


def test_findings_stand_under_their_status_and_move_by_a_key(case, page, qtbot) -> None:
    assert board(page) == ["Emerging"]
    qtbot.keyClick(page, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert status(case, case.finding) == "tested"
    assert board(page) == ["Emerging", "Tested"]
    assert page.view.list.current_key == case.finding, "it stays the chosen one"
    qtbot.keyClick(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert status(case, case.finding) == "emerging"


def test_moving_what_was_agreed_asks_for_a_reason_beside_it(case, page, qtbot) -> None:
    case.do(records.change, case.finding, {"against_sought": True})
    for one in ("tested", "agreed"):
        case.do(move_finding_on, case.finding, one)
    qtbot.keyClick(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert status(case, case.finding) == "agreed"
    reason = page.view.sheet.reason
    assert reason.isVisible()
    qtbot.keyClicks(reason.field, "CQC heard otherwise.")
    qtbot.keyClick(reason.field, Qt.Key.Key_Return)
    assert status(case, case.finding) == "tested"
    assert case.ask(read_finding, case.finding).steps[-1].why == "CQC heard otherwise."


def test_two_findings_are_merged_with_a_reason_and_parted_again(case, page, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_M, CONTROL_SHIFT)
    picker = page.findChild(Picker)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    reason = page.view.sheet.reason
    qtbot.keyClicks(reason.field, "One and the same.")
    qtbot.keyClick(reason.field, Qt.Key.Key_Return)
    assert page.shown_record == case.other, "what stands for both is shown"
    assert status(case, case.finding) == "dropped"
    assert len(case.ask(read_finding, case.other).evidence_for) == 1

    page.show_record(case.finding)
    sheet = page.view.sheet
    assert "Merged into “Leaders know their area well.”" in sheet.merged.text()
    assert not sheet.status.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_U, CONTROL_SHIFT)
    assert not sheet.merged.isVisible()
    assert sheet.status.isEnabled()
    assert status(case, case.finding) == "emerging"
    assert case.ask(read_finding, case.other).evidence_for == ()


def test_a_merge_made_elsewhere_is_said_at_once_and_stays_said(case, page) -> None:
    case.do(merge_findings, case.finding, case.other, "One and the same.")
    sheet = page.view.sheet
    assert sheet.merged.isVisible()
    assert "Ctrl+Shift+U" in sheet.merged.text()
    page.stop_asking()
    assert sheet.merged.isVisible()
    page.show_record(case.other)
    assert not sheet.merged.isVisible()


def test_a_finding_is_split_and_the_ticked_evidence_goes_along(case, page, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL_SHIFT)
    dialog = page.findChild(SplitDialog)
    assert not dialog.split.isEnabled(), "it needs other words and a reason"
    qtbot.keyClicks(dialog.statement, "Nurses hear of it late.")
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.keyClicks(dialog.why, "Two things.")
    qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    made = page.shown_record
    assert made not in {case.finding, case.other}
    assert len(case.ask(read_finding, made).evidence_for) == 1
    assert case.ask(read_finding, case.finding).evidence_for == ()


def test_a_split_that_is_refused_keeps_all_that_was_typed(case, page, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL_SHIFT)
    dialog = page.findChild(SplitDialog)
    qtbot.keyClicks(dialog.statement, "Nurses hear of it late.")
    qtbot.keyClicks(dialog.why, "Two things.")
    case.do(merge_findings, case.finding, case.other, "A colleague merged it meanwhile.")
    qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "merged into another" in dialog.remark.text()
    assert dialog.statement.words == "Nurses hear of it late."
    assert dialog.split.isEnabled()
    case.do(part_findings, case.finding)
    qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    assert case.ask(read_finding, page.shown_record).record.text("statement").startswith("Nurses")


def test_the_other_side_is_looked_for_by_a_key_and_linked_by_another(case, page, qtbot) -> None:
    case.do(code_words, case.contrary, 0, len(CONTRARY), Meaning("A4", "strength"))
    case.do(records.change, case.finding, {"statement": "No health visitor comes to meetings."})
    qtbot.keyClick(page, Qt.Key.Key_O, CONTROL_SHIFT)
    found = page.view.sheet.search.found
    assert [row.title for row in found.shown.rows] == [CONTRARY]
    held = case.ask(read_finding, case.finding).record
    assert held.text("sought") == "health visitor comes meetings"
    sought = page.view.sheet.sought_words
    assert sought.isVisible()
    assert sought.text() == "Looked for with: health visitor comes meetings"
    qtbot.keyClick(found, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    against = case.ask(read_finding, case.finding).evidence_against
    assert [one.text for one in against] == [CONTRARY]
    assert not found.shown.rows
    hint = page.view.sheet.search.hint.text()
    assert hint == "Nothing more nearby. Coded words that weigh the other way: 1."


def test_enter_pressed_twice_links_the_other_side_once(case, qtbot) -> None:
    case.do(code_words, case.contrary, 0, len(CONTRARY), Meaning("A4", "strength"))
    case.do(records.change, case.finding, {"statement": "No health visitor comes to meetings."})
    crashes: list[BaseException] = []
    runner = ThreadRunner(crashes.append)
    page = FindingsPage(Session(case.session.inspection, runner, ChangeBus()))
    qtbot.addWidget(page)
    page.show_record(case.finding)
    qtbot.waitUntil(lambda: page.current == case.finding)
    page.offered.other_side.trigger()
    search = page.view.sheet.search
    qtbot.waitUntil(lambda: bool(search.found.shown.rows))
    said: list[str] = []
    page.said.connect(said.append)
    for _ in range(2):
        qtbot.keyClick(search.found, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: said.count("Linked as evidence against.") == 2)
    page.close_page()
    runner.finish()
    assert crashes == []
    assert len(case.ask(read_finding, case.finding).evidence_against) == 1


def test_a_quantity_word_has_its_count_beside_it(case, page, qtbot) -> None:
    case.do(records.change, case.finding, {"statement": "Most meetings leave health out."})
    counts = page.view.sheet.counts
    assert counts.note.text() == "“Most” has no count recorded behind it."
    counts.n.line.setFocus()
    qtbot.keyClicks(counts.n.line, "2")
    qtbot.keyClick(counts.n.line, Qt.Key.Key_Tab)
    qtbot.keyClicks(counts.m.line, "7")
    page.view.list.setFocus()
    QApplication.processEvents()
    held = case.ask(read_finding, case.finding).record
    assert (held.number("of_n"), held.number("of_m")) == (2, 7)
    assert "but counts 2 of 7" in counts.note.text()
