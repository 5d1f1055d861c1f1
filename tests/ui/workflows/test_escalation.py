"""A child at risk: kept from the first key, running for everybody, ended only by an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.operations import records
from app.operations.escalations import (
    close_escalation,
    list_escalations,
    record_response,
    refer,
    write_escalation,
)
from app.operations.inspection import Inspection
from app.operations.notes import list_drafts
from app.operations.work import new_id
from app.ui.change_bus import ChangeBus
from app.ui.frame import Frame
from app.ui.pages.tasks.page import TasksPage
from app.ui.rooms import ROOMS
from app.ui.runner import ImmediateRunner
from app.ui.session import Session
from tests.fakes.clock import StillClock
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.workflows.escalation.desk import EscalationDesk


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def session(tmp_path: Path, clock: StillClock) -> Iterator[Session]:
    inspection = Inspection("0" * 32, open_store(tmp_path / "store", clock), clock)
    inspection.do(records.add, "inspection", {"area": "Wexcombe"})
    yield Session(inspection, ImmediateRunner(), ChangeBus())
    inspection.close()


@pytest.fixture
def frame(session: Session, qtbot: QtBot) -> Iterator[Frame]:
    made = Frame(session, ROOMS)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_frame()


def desk_of(frame: Frame) -> EscalationDesk:
    return next(one for one in frame.pages if isinstance(one, TasksPage)).escalations


def words_of(desk: EscalationDesk) -> QPlainTextEdit:
    widget = desk.view.fields["child_words"].widget
    assert isinstance(widget, QPlainTextEdit)
    return widget


def line_of(desk: EscalationDesk, name: str) -> QLineEdit:
    widget = desk.view.fields[name].widget
    return widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)


def test_the_form_opens_from_anywhere_ready_for_the_child_s_words(frame: Frame) -> None:
    frame.show_room("Letter")
    frame.begin("escalation")
    desk = desk_of(frame)
    assert frame.page.title == "Tasks"
    assert words_of(desk).hasFocus()
    assert frame.session.inspection.ask(list_escalations) == []


def test_every_word_is_kept_from_the_first_key_on(frame: Frame, qtbot: QtBot) -> None:
    frame.begin("escalation")
    desk = desk_of(frame)
    with qtbot.waitSignal(desk.form.began):
        qtbot.keyClick(words_of(desk), "H")
    (held,) = frame.session.inspection.ask(list_escalations)
    with qtbot.waitSignal(desk.form.kept):
        qtbot.keyClicks(words_of(desk), "e hits me")
    (draft,) = frame.session.inspection.ask(list_drafts)
    assert (draft.record, draft.fields) == (held.id, {"child_words": "He hits me"})
    qtbot.keyClick(words_of(desk), Qt.Key.Key_Tab)
    assert frame.session.inspection.ask(list_drafts) == []
    kept = frame.session.inspection.ask(lambda view: view.records.get(held.id))
    assert kept.text("child_words") == "He hits me"
    assert len(frame.session.inspection.ask(list_escalations)) == 1


def test_escape_leads_back_to_where_one_was_with_every_word_kept(
    frame: Frame, qtbot: QtBot
) -> None:
    frame.show_room("Letter")
    frame.begin("escalation")
    qtbot.keyClicks(words_of(desk_of(frame)), "He hits me")
    qtbot.keyClick(words_of(desk_of(frame)), Qt.Key.Key_Escape)
    assert frame.page.title == "Letter"
    assert len(frame.session.inspection.ask(list_escalations)) == 1


def test_a_form_in_which_nothing_was_typed_leaves_nothing(frame: Frame, qtbot: QtBot) -> None:
    frame.begin("escalation")
    qtbot.keyClick(words_of(desk_of(frame)), Qt.Key.Key_Escape)
    frame.page.save_now()
    assert frame.session.inspection.ask(list_escalations) == []
    assert frame.session.inspection.ask(list_drafts) == []


def test_the_clock_runs_in_the_status_line_until_an_answer_came(
    frame: Frame, clock: StillClock
) -> None:
    line, session = frame.escalations.line, frame.session
    assert not line.isVisible()

    def do(verb, *args) -> None:
        session.bus.changed.emit(session.inspection.do(verb, *args))

    form = new_id()
    do(write_escalation, form, {"concern": "Not seen."})
    assert line.isVisible()
    due = (clock.now() + timedelta(minutes=25)).isoformat()
    do(refer, form, "duty manager", "phone", due)
    assert line.whole.endswith("25 minutes left")
    clock.move(timedelta(minutes=65))
    frame.escalations.show_clock()
    assert line.whole.endswith("40 minutes late")
    do(record_response, form, "duty manager", "Seen.")
    assert not line.isVisible()


def test_pressing_the_line_opens_the_most_urgent_concern(frame: Frame, qtbot: QtBot) -> None:
    session = frame.session
    for danger in (None, True):
        changes = session.inspection.do(
            write_escalation, new_id(), {"concern": "x", "immediate_danger": danger}
        )
        session.bus.changed.emit(changes)
    qtbot.mouseClick(frame.escalations.line, Qt.MouseButton.LeftButton)
    assert frame.page.title == "Tasks"
    assert desk_of(frame).record == changes.made
    assert "999" in desk_of(frame).view.advice.text()


def test_a_concern_cannot_be_closed_before_its_answer_is_recorded(
    frame: Frame, qtbot: QtBot
) -> None:
    frame.begin("escalation")
    desk = desk_of(frame)
    with qtbot.waitSignal(desk.form.began):
        qtbot.keyClicks(words_of(desk), "He hits me")
    assert not desk.view.end.isVisible()
    qtbot.mouseClick(desk.view.fields["response_at"].button, Qt.MouseButton.LeftButton)
    assert desk.view.end.isVisible()
    assert frame.escalations.still_open.endswith("answered, not closed.")
    desk.view.end.click()
    assert frame.escalations.still_open == ""
    assert desk.view.end.text() == "Open it again"


def test_a_time_that_is_none_is_refused_in_words_and_stays_in_its_field(
    frame: Frame, qtbot: QtBot
) -> None:
    frame.begin("escalation")
    desk = desk_of(frame)
    with qtbot.waitSignal(desk.form.began):
        qtbot.keyClicks(words_of(desk), "He hits me")
    field = line_of(desk, "response_due_at")
    qtbot.keyClicks(field, "soonish")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.view.remark.isVisible()
    assert field.text() == "soonish"
    field.selectAll()
    qtbot.keyClicks(field, "16:00")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    (held,) = frame.session.inspection.ask(list_escalations)
    assert held.response_due_at[11:16] == "16:00"
    assert not desk.view.remark.isVisible()


def test_words_being_typed_survive_a_change_from_elsewhere(frame: Frame, qtbot: QtBot) -> None:
    frame.begin("escalation")
    desk = desk_of(frame)
    with qtbot.waitSignal(desk.form.began):
        qtbot.keyClicks(words_of(desk), "He")
    qtbot.keyClicks(words_of(desk), " hits")
    session = frame.session
    changes = session.inspection.do(write_escalation, desk.record, {"referred_to": "duty manager"})
    session.bus.changed.emit(changes)
    assert words_of(desk).toPlainText() == "He hits"
    assert words_of(desk).textCursor().position() == len("He hits")
    assert line_of(desk, "referred_to").text() == "duty manager"


def test_the_exact_tally_is_copied(frame: Frame) -> None:
    session = frame.session
    form = session.inspection.do(write_escalation, new_id(), {"level": "one child"}).made
    session.inspection.do(refer, form, "duty manager")
    session.inspection.do(record_response, form, "duty manager", "Seen.", "yes")
    session.bus.changed.emit(session.inspection.do(close_escalation, form))
    desk_of(frame).copy_tally()
    assert QGuiApplication.clipboard().text() == (
        "Inspectors raised 1 concern about children with leaders: 1 about one child. Leaders "
        "answered 1 of 1; inspectors were satisfied with 1 of 1. None is still open."
    )


def test_every_field_has_a_name_and_tab_walks_them_as_they_are_read(
    frame: Frame, qtbot: QtBot
) -> None:
    frame.begin("escalation")
    view = desk_of(frame).view
    unnamed = [
        one
        for one in view.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert unnamed == []
    walked = []
    for _ in range(6):
        walked.append(frame.focusWidget().accessibleName())
        qtbot.keyClick(frame.focusWidget(), Qt.Key.Key_Tab)
    assert walked == [
        "In the child’s own words",
        "What is of concern, in facts",
        "Which child",
        "Or by another code",
        "Concerns",
        "Where it was noticed",
    ]


def test_a_frame_opened_and_closed_twice_leaves_no_connection(
    session: Session, qtbot: QtBot
) -> None:
    for _ in range(2):
        frame = Frame(session, ROOMS)
        qtbot.addWidget(frame)
        frame.begin("escalation")
        frame.close_frame()
        frame.close_frame()
    assert session.bus.receivers("2changed(PyObject)") == 0
