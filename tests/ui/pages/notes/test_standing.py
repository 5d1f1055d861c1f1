"""A note is finished and locked by keys; what comes after carries its date and its reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMessageBox

from app.clock import SystemClock
from app.domain.dates import short_date
from app.operations.notes import finish_note, lock_note, read_note
from app.ui.widgets.one_line import OneLine
from tests.fakes.clock import StillClock

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.pages.notes.page import NotesPage
    from tests.ui.pages.conftest import Case

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clock(case: Case) -> StillClock:
    case.session.inspection.clock = StillClock(SystemClock().now() + timedelta(days=1))
    return case.session.inspection.clock


def status(case: Case) -> str:
    return case.ask(read_note, case.note).record.text("status")


def lock(case: Case, clock: StillClock) -> None:
    case.do(finish_note, case.note)
    case.do(lock_note, case.note)
    clock.move(timedelta(minutes=2))


def test_locking_asks_first_and_then_holds(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.said) as said:
        qtbot.keyClick(page.view.editor, Qt.Key.Key_Return, CTRL | SHIFT)
    assert "Finish the note first" in said.args[0]
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Return, CTRL)
    assert page.view.finish.isHidden()
    assert page.view.standing.text().startswith("Finished ")
    for answer, wanted in (("Not yet", "finished"), ("Lock", "locked")):
        qtbot.mouseClick(page.view.lock, Qt.MouseButton.LeftButton)
        asked = page.findChild(QMessageBox)
        button = next(one for one in asked.buttons() if one.text() == answer)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        asked.deleteLater()
        qtbot.waitUntil(lambda: page.findChild(QMessageBox) is None)
        assert status(case) == wanted
    assert page.view.lock.isHidden()
    assert "What is added carries its date." in page.view.standing.text()


def test_what_is_added_to_a_locked_note_carries_its_date_and_reason(
    case: Case, page: NotesPage, clock: StillClock, qtbot: QtBot
) -> None:
    lock(case, clock)
    editor = page.view.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "Seen later.")
    page.save_now()
    day = clock.now().astimezone()
    dated = f"added {short_date(day.date().isoformat())} {day:%H:%M}"
    assert editor.paper.lines[-1].beneath == dated
    qtbot.keyClick(editor, Qt.Key.Key_D, CTRL | SHIFT)
    asked = page.findChild(OneLine)
    qtbot.keyClicks(asked.field, "left in my bag")
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    assert editor.paper.lines[-1].beneath == f"{dated}: left in my bag"
    assert editor.paper.lines[1].beneath == ""


def test_an_addition_has_room_for_its_date(
    case: Case, page: NotesPage, clock: StillClock, qtbot: QtBot
) -> None:
    lock(case, clock)
    editor = page.view.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "Seen later.")
    page.save_now()
    last = editor.paper.block(len(editor.paper.lines) - 1)
    plain = editor.paper.block(1)
    assert last.blockFormat().bottomMargin() > plain.blockFormat().bottomMargin()


def test_a_note_entered_late_says_why(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view.editor, Qt.Key.Key_D, CTRL | SHIFT)
    asked = page.findChild(OneLine)
    assert not asked.save.isEnabled()
    qtbot.keyClicks(asked.field, "typed up from paper")
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    assert page.view.standing.text() == "Entered late: typed up from paper"
    assert case.ask(read_note, case.note).record.fields["late_entry"] is True


def test_a_point_is_heard_from_more_with_every_key_and_back_by_undo(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    def voice() -> str:
        return case.ask(read_note, case.note).paragraphs[1].voice

    editor = page.view.editor
    editor.show_paragraph(case.seen)
    for wanted in ("one voice", "several", "general agreement", "dissent", "", "one voice"):
        qtbot.keyClick(editor, Qt.Key.Key_V, CTRL | SHIFT)
        assert voice() == wanted
    assert editor.paper.lines[1].beneath == "one voice"
    assert page.offered.undo.text() == "Undo voice"
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert voice() == ""
