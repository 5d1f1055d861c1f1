"""C17: locking, editing and a disk that refuses, in every order: no word is lost, none is shown."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from app.clock import SystemClock
from app.operations.closing import close_inspection
from app.operations.escalations import write_escalation
from app.operations.inspection import Inspection
from app.operations.last_place import Unfinished, keep_unfinished, last_place, unfinished
from app.operations.work import new_id
from app.ui.locking.closing import leave_now
from app.ui.locking.cover import STILL
from app.ui.locking.unfinished import offer
from app.ui.runner import ImmediateRunner
from tests.fakes.disks import FULL
from tests.fakes.stores import open_store
from tests.ui.locking.conftest import RIGHT, Open

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WORDS = "Zebra crossing watched at 08:40."


def type_words(case: Open, words: str) -> None:
    editor = case.notes.view.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, words)


def test_c17_words_typed_in_the_same_breath_are_on_disk_before_anything_closes(
    threaded: Open, qtbot: QtBot
) -> None:
    type_words(threaded, WORDS)
    locking = threaded.lock()
    assert locking.cover.isVisible()
    assert WORDS not in threaded.seen()
    qtbot.waitUntil(lambda: threaded.locked == ["locked"])
    assert WORDS in threaded.held()


def test_c17_a_lock_over_words_that_cannot_be_saved_covers_and_waits(at_once: Open) -> None:
    type_words(at_once, WORDS)
    at_once.disk.is_full = True
    locking = at_once.lock()
    assert at_once.locked == []
    assert FULL in at_once.seen()
    for one in (WORDS, "Wexcombe", "Begun", "Said before", "OF-01"):
        assert one not in at_once.seen()
    at_once.disk.is_full = False
    locking.cover.again.click()
    assert at_once.locked == ["locked"]
    assert WORDS in at_once.held()


def test_c17_it_locks_by_itself_once_the_disk_has_room(at_once: Open) -> None:
    type_words(at_once, WORDS)
    at_once.disk.is_full = True
    locking = at_once.lock()
    locking._again.timeout.emit()
    assert at_once.locked == []
    assert locking._again.isActive()
    at_once.disk.is_full = False
    locking._again.timeout.emit()
    assert at_once.locked == ["locked"]
    assert WORDS in at_once.held()


def test_only_the_passphrase_uncovers_and_every_word_is_where_it_was(at_once: Open) -> None:
    type_words(at_once, WORDS)
    at_once.disk.is_full = True
    cover = at_once.lock().cover
    cover.passphrase.setText("a wrong one")
    cover.uncover.click()
    assert "does not open" in at_once.seen()
    assert WORDS not in at_once.notes.view.editor.toPlainText() or not at_once.notes.isVisible()
    cover.passphrase.setText(RIGHT)
    cover.uncover.click()
    assert at_once.notes.isVisible()
    assert at_once.notes.view.editor.toPlainText().endswith(WORDS)
    assert cover.passphrase.text() == ""
    at_once.disk.is_full = False
    at_once.lock()
    assert at_once.locked == ["locked"]
    assert WORDS in at_once.held()


def test_a_disk_that_does_not_answer_is_spoken_of_and_locked_after_it_does(
    threaded: Open, qtbot: QtBot
) -> None:
    type_words(threaded, WORDS)
    threaded.disk.is_stuck = True
    locking = threaded.lock()
    locking._slow.timeout.emit()
    assert STILL in threaded.seen()
    assert WORDS not in threaded.seen()
    assert threaded.locked == []
    threaded.disk.answer()
    qtbot.waitUntil(lambda: threaded.locked == ["locked"])
    assert WORDS in threaded.held()


def test_a_window_uncovered_while_the_disk_was_silent_is_not_closed_by_its_answer(
    threaded: Open, qtbot: QtBot
) -> None:
    type_words(threaded, WORDS)
    threaded.disk.is_stuck = True
    locking = threaded.lock()
    locking._slow.timeout.emit()
    locking.cover.passphrase.setText(RIGHT)
    locking.cover.uncover.click()
    qtbot.waitUntil(threaded.notes.isVisible)
    threaded.disk.answer()
    type_words(threaded, "And more.")
    settled: list[object] = []
    threaded.runner.settle(threaded.notes.save_now, settled.append)
    qtbot.waitUntil(lambda: settled == [None])
    assert not threaded.frame.is_closed
    assert threaded.locked == []
    assert WORDS + "\nAnd more." in threaded.notes.view.editor.toPlainText()


def test_c17_words_refused_for_want_of_a_reason_are_kept_as_a_draft(at_once: Open) -> None:
    # An agreed finding takes other words only with a reason, and nobody is there to give one.
    at_once.frame.show_record(at_once.finding)
    statement = at_once.findings.view.sheet.statement
    statement.setFocus()
    statement.setPlainText(WORDS)
    at_once.lock()
    assert at_once.locked == ["locked"]
    assert WORDS in at_once.held()


def test_c17_words_typed_in_an_inspection_that_takes_none_are_kept_aside(at_once: Open) -> None:
    at_once.disk.do(close_inspection, "It is over.")
    type_words(at_once, WORDS)
    at_once.lock()
    assert at_once.locked == ["locked"]
    assert WORDS in at_once.held()


def test_c17_so_are_the_words_of_a_finding_that_was_never_added(at_once: Open) -> None:
    at_once.disk.do(close_inspection, "It is over.")
    at_once.findings.new_finding()
    at_once.findings.view.sheet.statement.setPlainText(WORDS)
    at_once.lock()
    assert at_once.locked == ["locked"]
    assert kept_aside(at_once) == [("New finding", "Statement", WORDS)]


@pytest.mark.qt_log_ignore("does not support")
def test_dialogs_and_menus_are_covered_too_and_come_back(at_once: Open) -> None:
    dialog = QDialog(at_once.window)
    column = QVBoxLayout(dialog)
    column.addWidget(QLabel(WORDS))
    dialog.setModal(True)
    dialog.show()
    menu = QMenu(at_once.window)
    menu.addAction(WORDS)
    menu.popup(at_once.window.pos())
    type_words(at_once, "x")
    at_once.disk.is_full = True
    locking = at_once.lock()
    assert not dialog.isVisible()
    assert not menu.isVisible()
    locking.cover.passphrase.setText(RIGHT)
    locking.cover.uncover.click()
    assert dialog.isVisible()


class Form(QDialog):
    """A form as the pages have them: words are given when its button is pressed."""

    def __init__(self, parent) -> None:
        super().__init__(parent)
        self.setWindowTitle("Who, where and when")
        self.who, self.why, self.secret = QLineEdit("as it was"), QPlainTextEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        column = QVBoxLayout(self)
        for name, field in (("Who", self.who), ("Why", self.why), ("Secret", self.secret)):
            field.setAccessibleName(name)
            column.addWidget(field)
        self.setModal(True)
        self.show()


def kept_aside(case: Open) -> list[tuple[str, str, str]]:
    again = Inspection("0" * 32, open_store(case.folder), SystemClock())
    found = again.ask(unfinished)
    again.close()
    return [(one.form, one.field, one.words) for one in found]


def test_c17_words_in_an_open_form_are_kept_aside_and_a_passphrase_in_one_is_not(
    at_once: Open,
) -> None:
    form = Form(at_once.window)
    QTest.keyClicks(form.why, WORDS)
    QTest.keyClicks(form.secret, "quagga lantern")
    at_once.lock()
    assert at_once.locked == ["locked"]
    # What was put into a field by the app is not somebody's words.
    assert kept_aside(at_once) == [("Who, where and when", "Why", WORDS)]
    assert "quagga" not in at_once.held()


def test_c17_words_in_a_form_hold_the_lock_up_like_any_others(at_once: Open) -> None:
    form = Form(at_once.window)
    QTest.keyClicks(form.who, " and more")
    at_once.disk.is_full = True
    locking = at_once.lock()
    assert at_once.locked == []
    locking.cover.passphrase.setText(RIGHT)
    locking.cover.uncover.click()
    assert form.isVisible()
    assert form.who.text() == "as it was and more"
    at_once.disk.is_full = False
    at_once.lock()
    assert kept_aside(at_once) == [("Who, where and when", "Who", "as it was and more")]


def test_words_kept_aside_are_shown_until_they_are_put_aside(at_once: Open) -> None:
    at_once.disk.do(keep_unfinished, [Unfinished("A form", "Why", WORDS)])
    for is_aside in (False, True):
        offer(at_once.frame)
        shown = at_once.frame.findChild(QDialog)
        assert shown.words.toPlainText() == f"A form › Why\n{WORDS}"
        wanted = "Put aside" if is_aside else "Keep for"
        next(one for one in shown.findChildren(QPushButton) if wanted in one.text()).click()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    offer(at_once.frame)
    assert at_once.frame.findChild(QDialog) is None


def test_the_cover_covers_a_window_that_is_made_larger(at_once: Open) -> None:
    at_once.disk.is_full = True
    type_words(at_once, WORDS)
    cover = at_once.lock().cover
    at_once.window.resize(1500, 900)
    assert cover.geometry() == at_once.window.rect()


def test_what_was_open_is_kept_inside_the_store(at_once: Open) -> None:
    at_once.frame.show_record(at_once.finding)
    assert leave_now(at_once.frame, at_once.runner, is_to_return=True) == ""
    assert place_in(at_once) == ("Findings", at_once.finding)


def test_an_inspection_closed_on_purpose_keeps_no_place(at_once: Open) -> None:
    at_once.frame.show_record(at_once.finding)
    assert leave_now(at_once.frame, at_once.runner, is_to_return=False) == ""
    assert place_in(at_once) == ("", "")


def test_closing_stays_open_with_every_word_while_the_disk_refuses(at_once: Open) -> None:
    type_words(at_once, WORDS)
    at_once.disk.is_full = True
    assert leave_now(at_once.frame, at_once.runner, is_to_return=True) == FULL
    assert not at_once.frame.is_closed
    assert at_once.notes.view.editor.toPlainText().endswith(WORDS)
    at_once.disk.is_full = False
    assert leave_now(at_once.frame, at_once.runner, is_to_return=True) == ""
    assert WORDS in at_once.held()


def place_in(case: Open) -> tuple[str, str]:
    again = Inspection("0" * 32, open_store(case.folder), SystemClock())
    place = again.ask(last_place)
    again.close()
    return place.room, place.record


ACTS = ("type", "lock", "full", "free", "again", "right", "wrong", "retry", "draft")


def act(case: Open, what: str, typed: list[str]) -> None:
    covered = case.locking is not None
    cover = case.locking.cover if covered else None
    if what == "type" and not covered:
        typed.append(f"Word{len(typed)}.")
        type_words(case, typed[-1])
    elif what == "draft" and not covered:
        case.notes.writer.keep_draft()
    elif what == "lock":
        case.lock()
    elif what in {"full", "free"}:
        case.disk.is_full = what == "full"
    elif what == "again" and covered:
        cover.again.click()
    elif what == "retry" and covered:
        case.locking._again.timeout.emit()
    elif what in {"right", "wrong"} and covered:
        cover.passphrase.setText(RIGHT if what == "right" else "wrong")
        cover.uncover.click()


@pytest.mark.usefixtures("qapp")
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(ACTS), min_size=3, max_size=14))
def test_c17_in_every_order_no_word_is_lost_and_none_is_seen_once_covered(acts) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Open(Path(folder) / "store", ImmediateRunner())
        case.notes.open_note(case.note)
        typed: list[str] = []
        try:
            for what in acts:
                act(case, what, typed)
                if case.locked:
                    break
                if case.locking is not None:
                    seen = case.seen()
                    assert not any(one in seen for one in [*typed, "Begun."])
                else:
                    on_screen = case.notes.view.editor.toPlainText()
                    assert all(one in on_screen for one in typed)
            if not case.locked:
                case.disk.is_full = False
                if case.locking is None:
                    case.lock()
                else:
                    case.locking.save_again()
            assert case.locked == ["locked"]
            held = case.held()
            assert all(one in held for one in typed)
        finally:
            case.close()


def test_a_concern_still_open_is_counted_on_the_cover_and_nothing_of_it_shown(
    at_once: Open,
) -> None:
    session = at_once.frame.session
    changes = session.inspection.do(write_escalation, new_id(), {"concern": WORDS})
    session.bus.changed.emit(changes)
    at_once.disk.is_full = True
    type_words(at_once, "More.")
    at_once.lock()
    assert "1 concern about a child is still open: unanswered." in at_once.seen()
    assert WORDS not in at_once.seen()
    at_once.disk.is_full = False


def test_words_of_a_concern_typed_in_the_same_breath_are_on_disk_before_anything_closes(
    threaded: Open, qtbot: QtBot
) -> None:
    threaded.frame.begin("escalation")
    QTest.keyClicks(threaded.frame.focusWidget(), WORDS)
    threaded.lock()
    qtbot.waitUntil(lambda: threaded.locked == ["locked"])
    store = open_store(threaded.folder)
    reopened = Inspection("0" * 32, store, SystemClock())
    (held,) = reopened.ask(lambda view: view.records.of_kind("escalation"))
    reopened.close()
    assert held.text("child_words") == WORDS
