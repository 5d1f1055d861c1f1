from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.operations import records
from app.operations.actions import give_action, open_actions
from app.operations.escalations import write_escalation
from app.operations.findings import link_evidence, list_findings
from app.operations.meetings import (
    decide,
    list_meetings,
    read_keep_in_touch,
    read_meeting,
    todays_meeting,
)
from app.operations.notes import add_note, list_drafts
from app.operations.register import keep_entry
from app.operations.tasks import add_task, add_task_point, list_tasks, read_task
from app.operations.team import be, join_team
from app.operations.work import new_id
from app.ui.change_bus import ChangeBus
from app.ui.pages.tasks.evidence_picker import EvidencePicker
from app.ui.pages.tasks.members import MembersPicker
from app.ui.pages.tasks.page import TasksPage
from app.ui.runner import ThreadRunner
from app.ui.session import Session
from app.ui.widgets.places import Places
from app.ui.widgets.write_dialog import WriteDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> Iterator[TasksPage]:
    made = TasksPage(case.session)
    qtbot.addWidget(made)
    made.resize(1230, 720)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_page()


@pytest.fixture
def task(case: Case) -> str:
    return case.do(add_task, "Front door", {"criteria": ["A2"]})


def titles(view) -> list[str]:
    return [one.title for one in view.shown.rows if not one.is_heading]


def headings(view) -> list[str]:
    return [one.title for one in view.shown.rows if one.is_heading]


# Tasks.


@pytest.mark.usefixtures("task")
def test_a_child_at_risk_stands_first_in_the_list(case: Case, page: TasksPage) -> None:
    case.do(todays_meeting)
    case.do(write_escalation, new_id(), {"concern": "Not seen."})
    assert headings(page.view.list)[0] == "Children at risk"
    assert page.view.list.shown.rows[1].sign == "!"
    assert "Front door" in titles(page.view.list)


def test_a_new_task_is_named_as_it_is_typed(case: Case, page: TasksPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_N, CONTROL)
    aspect = page.tasks.view.fields["aspect"].box
    assert aspect.hasFocus()
    aspect.selectAll()
    qtbot.keyClicks(aspect, "Late notices")
    qtbot.keyClick(aspect, Qt.Key.Key_Tab)
    assert [one.title for one in case.ask(list_tasks)] == ["Late notices"]
    assert "Late notices" in titles(page.view.list)


def test_words_of_a_task_are_a_draft_within_a_second(
    case: Case, page: TasksPage, task: str, qtbot: QtBot
) -> None:
    page.show_record(task)
    with qtbot.waitSignal(page.kept):
        qtbot.keyClicks(page.tasks.view.fields["gaps"].box, "No GP")
    assert [dict(one.fields) for one in case.ask(list_drafts)] == [{"gaps": "No GP"}]
    page.save_now()
    assert case.ask(list_drafts) == []
    assert case.ask(read_task, task).record.text("gaps") == "No GP"


def test_points_are_added_by_enter_and_linked_by_keys(
    case: Case, page: TasksPage, task: str, qtbot: QtBot
) -> None:
    page.show_record(task)
    line = page.tasks.view.add.field
    line.setFocus()
    qtbot.keyClicks(line, "Health hears late.")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert titles(page.tasks.view.points) == ["Health hears late."]
    assert line.text() == ""
    qtbot.keyClick(page, Qt.Key.Key_E, CONTROL | SHIFT)
    picker = page.findChild(EvidencePicker)
    with qtbot.waitSignal(picker.searched):
        qtbot.keyClicks(picker.field, "strategy meeting")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.list.shown.rows[0].badge == "linked for"
    picker.close()
    assert page.tasks.view.points.shown.rows[0].meta == "1 piece of evidence"
    assert case.ask(read_task, task).rests_on == 1


def test_a_task_asks_why_it_closes_without_evidence(
    case: Case, page: TasksPage, task: str, qtbot: QtBot
) -> None:
    page.show_record(task)
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    reason = page.tasks.view.reason
    assert reason.isVisible()
    assert not case.ask(read_task, task).is_closed
    qtbot.keyClicks(reason.field, "Nobody could be seen.")
    qtbot.keyClick(reason.field, Qt.Key.Key_Return)
    assert case.ask(read_task, task).is_closed
    assert not reason.isVisible()
    assert "Nobody could be seen." in page.tasks.view.state.text()


def test_a_task_that_rests_on_evidence_closes_at_once(
    case: Case, page: TasksPage, task: str, qtbot: QtBot
) -> None:
    point = case.do(add_task_point, task, "Health hears late.")
    case.do(link_evidence, point, case.heard, "for")
    page.show_record(task)
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    assert case.ask(read_task, task).is_closed
    assert page.tasks.view.close_button.text() == "Open it again"


def test_a_point_becomes_a_finding_by_one_key(
    case: Case, page: TasksPage, task: str, qtbot: QtBot
) -> None:
    point = case.do(add_task_point, task, "Health hears late.")
    case.do(link_evidence, point, case.heard, "for")
    page.show_record(task)
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL | SHIFT)
    row = next(one for one in case.ask(list_findings) if one.id == asked.args[0])
    assert (row.statement, row.evidence_for) == ("Health hears late.", 1)


def test_members_are_ticked_by_keyboard(
    case: Case, page: TasksPage, task: str, qtbot: QtBot
) -> None:
    person = case.do(join_team, "HMI", case.inspectorates[0])
    page.show_record(task)
    page.tasks.view.members.click()
    picker = page.findChild(MembersPicker)
    picker.list.setCurrentRow(0)
    qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    picker.save.click()
    assert case.ask(read_task, task).record.texts("members") == (person,)
    assert page.tasks.view.members_told.text() == "1 member, from Ofsted"


def test_a_half_written_point_is_kept_on_leaving(
    case: Case, page: TasksPage, task: str, qtbot: QtBot
) -> None:
    page.show_record(task)
    qtbot.keyClicks(page.tasks.view.add.field, "Half a po")
    page.save_now()
    page.save_now()
    assert [one.text for one in case.ask(read_task, task).points] == ["Half a po"]


# The daily meeting.


@pytest.fixture
def meeting(case: Case, page: TasksPage, qtbot: QtBot) -> str:
    qtbot.keyClick(page, Qt.Key.Key_M, CONTROL)
    return case.ask(list_meetings)[0].id


def write(qtbot: QtBot, page: TasksPage, key: Qt.Key, words: str) -> str:
    """Write a line as a headline, a decision or an action; return what it was taken for."""
    qtbot.keyClick(page, key, CONTROL | SHIFT)
    line = page.meetings.view.line.field
    assert line.hasFocus()
    qtbot.keyClicks(line, words)
    meant = page.meetings.view.meant.text()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == ""
    return meant


def test_headlines_decisions_and_actions_are_written_without_leaving_the_line(
    case: Case, page: TasksPage, meeting: str, qtbot: QtBot
) -> None:
    person = case.do(records.add, "person", {"initials": "OF2", "role": "HMI"})
    case.do(records.change, case.inspectorates[1], {"short_name": "CQC"})
    assert write(qtbot, page, Qt.Key.Key_H, "CQC: plans rest on mothers") == "Headline of CQC"
    write(qtbot, page, Qt.Key.Key_D, "Draw our own sample")
    tomorrow = datetime.now(tz=UTC).astimezone().date() + timedelta(days=1)
    meant = write(qtbot, page, Qt.Key.Key_A, "OF2: read 12 plans by tomorrow")
    assert meant.startswith("Action for OF2 · by ")
    held = case.ask(read_meeting, meeting)
    assert [(one.speaker, one.text) for one in held.headlines] == [("CQC", "plans rest on mothers")]
    assert [one.text for one in held.decisions] == ["Draw our own sample"]
    (action,) = case.ask(open_actions)
    assert (action.what, action.owner) == ("read 12 plans", person)
    assert action.due == tomorrow.isoformat()
    shown = headings(page.meetings.view.minutes)
    assert shown[:3] == ["Headlines", "Decisions", "Actions"]


@pytest.mark.usefixtures("meeting")
def test_the_agenda_names_the_gaps_and_makes_the_task_that_fills_one(
    case: Case, page: TasksPage, qtbot: QtBot
) -> None:
    agenda = page.meetings.view.agenda
    assert "Findings that rest on little" in headings(agenda)
    row = next(one for one in agenda.shown.rows if one.title.startswith("Leaders know"))
    agenda.make_current(row.key)
    qtbot.keyClick(page, Qt.Key.Key_T, CONTROL)
    assert [one.title for one in case.ask(list_tasks)] == ["Test: Leaders know their area well."]


@pytest.mark.usefixtures("meeting")
def test_enter_on_a_line_of_the_agenda_opens_its_thing(
    case: Case, page: TasksPage, qtbot: QtBot
) -> None:
    agenda = page.meetings.view.agenda
    row = next(one for one in agenda.shown.rows if one.title.startswith("Leaders know"))
    agenda.setFocus()
    agenda.make_current(row.key)
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(agenda, Qt.Key.Key_Return)
    assert asked.args == [case.other]


def test_space_marks_who_is_here_what_is_done_and_what_is_settled(
    case: Case, page: TasksPage, meeting: str, qtbot: QtBot
) -> None:
    person = case.do(join_team, "HMI", case.inspectorates[0])
    action = case.do(give_action, "Chase it.", note=meeting)
    decision = case.do(decide, meeting, "No view yet.")
    minutes = page.meetings.view.minutes
    minutes.setFocus()
    for key in (f"person/{person}", f"action/{action}", f"decision/{decision}"):
        assert minutes.make_current(key)
        qtbot.keyClick(minutes, Qt.Key.Key_Space)
        assert minutes.current_key == key
    held = case.ask(read_meeting, meeting)
    assert [one.state for one in held.attendance if one.id == person] == ["present"]
    assert case.ask(open_actions) == []
    assert held.decisions[0].is_settled
    assert "1 here from Ofsted" in page.meetings.view.about.text()
    minutes.make_current(f"action/{action}")
    qtbot.keyClick(minutes, Qt.Key.Key_Space)
    assert [one.id for one in case.ask(open_actions)] == [action]


def test_a_line_being_written_survives_what_a_colleague_adds(
    case: Case, page: TasksPage, meeting: str, qtbot: QtBot
) -> None:
    line = page.meetings.view.line.field
    line.setFocus()
    qtbot.keyClicks(line, "Plans rest")
    case.do(decide, meeting, "From elsewhere.")
    assert line.text() == "Plans rest"
    assert line.hasFocus()
    assert "From elsewhere." in titles(page.meetings.view.minutes)


def test_finishing_the_meeting_closes_the_day(
    case: Case, page: TasksPage, meeting: str, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.day_closed):
        page.meetings.view.finish.click()
    assert case.ask(read_meeting, meeting).record.text("status") == "finished"
    assert not page.meetings.view.finish.isVisible()


# Keep in touch.


def test_what_leaders_were_told_is_answered_point_by_point(
    case: Case, page: TasksPage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_L, CONTROL | SHIFT)
    line = page.touch.view.add.field
    assert line.hasFocus()
    for words in ("38 notices were not read.", "Plans ask most of mothers."):
        qtbot.keyClicks(line, words)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    answer = page.touch.view.answer
    assert answer["text"].value == "Plans ask most of mothers."
    answer["response"].box.setCurrentIndex(2)
    answer["response"].box.activated.emit(2)
    qtbot.keyClicks(answer["due"].line, "24/11/2026")
    qtbot.keyClick(answer["due"].line, Qt.Key.Key_Return)
    meeting = case.ask(list_meetings)[0].id
    first, second = case.ask(read_keep_in_touch, meeting).points
    assert (first.response, first.due) == ("", "")
    assert (second.response, second.due) == ("dispute", "2026-11-24")
    page.touch.view.points.make_current(first.id)
    assert answer["text"].value == "38 notices were not read."
    assert answer["response"].value is None


# The page as a whole.


def test_an_empty_inspection_says_what_to_do(bare, qtbot: QtBot) -> None:
    page = TasksPage(bare)
    qtbot.addWidget(page)
    assert "Ctrl+N" in page.view.none.text()
    page.close_page()


@pytest.mark.usefixtures("task")
def test_the_filter_narrows_the_list(case: Case, page: TasksPage, qtbot: QtBot) -> None:
    case.do(add_task, "Plans")
    qtbot.keyClick(page, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(page.view.filter, "door")
    assert titles(page.view.list) == ["Front door"]
    qtbot.keyClicks(page.view.filter, " zebra")
    assert page.view.none.isVisible()


def test_a_change_from_elsewhere_leaves_the_choice_and_the_words_being_typed(
    case: Case, page: TasksPage, task: str, qtbot: QtBot
) -> None:
    page.show_record(task)
    gaps = page.tasks.view.fields["gaps"].box
    gaps.setFocus()
    qtbot.keyClicks(gaps, "No G")
    case.do(add_task, "Another")
    case.do(records.change, task, {"gaps": "Theirs", "settings": "Control room"})
    assert page.shown_record == task
    assert page.view.list.current_key == task
    assert gaps.words == "No G"
    assert gaps.hasFocus()
    assert page.tasks.view.fields["settings"].value == "Control room"


def test_a_part_of_something_is_shown_in_it(case: Case, page: TasksPage, task: str) -> None:
    point = case.do(add_task_point, task, "Late.")
    page.show_record(point)
    assert page.shown_record == task


def test_every_control_has_a_name(case: Case, page: TasksPage, task: str, meeting: str) -> None:
    case.do(be, case.do(join_team, "HMI"))
    for record in (task, meeting):
        page.show_record(record)
        unnamed = [
            one
            for one in page.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.isVisible()
            and not (one.accessibleName() or getattr(one, "text", str)())
            and one not in [desk.view for desk in page._desks.values()]
        ]
        assert unnamed == []


def test_a_page_opened_and_closed_twice_leaves_no_connection(case: Case, qtbot: QtBot) -> None:
    for _ in range(2):
        page = TasksPage(case.session)
        qtbot.addWidget(page)
        page.begin("escalation")
        page.close_page()
        page.close_page()
    assert case.session.bus.receivers("2changed(PyObject)") == 0


def test_a_page_out_of_sight_catches_up_when_it_is_shown(case: Case, page: TasksPage) -> None:
    page.hide()
    case.do(add_task, "Front door")
    assert "Front door" not in titles(page.view.list)
    page.show()
    assert "Front door" in titles(page.view.list)


# Every word is kept.


def test_a_line_being_written_is_kept_within_a_second_and_is_there_after_a_crash(
    case: Case, page: TasksPage, meeting: str, qtbot: QtBot
) -> None:
    line = page.meetings.view.line.field
    with qtbot.waitSignal(page.kept):
        qtbot.keyClicks(line, "Plans rest")
    again = TasksPage(case.session)  # as after a crash: the first page never handed over
    qtbot.addWidget(again)
    again.show_record(meeting)
    assert again.meetings.view.line.field.text() == "Plans rest"
    qtbot.keyClick(again.meetings.view.line.field, Qt.Key.Key_Return)
    assert case.ask(list_drafts) == []
    line.clear()
    again.close_page()


def test_a_line_begun_under_one_meeting_is_not_written_in_another(
    case: Case, page: TasksPage, meeting: str, qtbot: QtBot
) -> None:
    other = case.do(add_note, "team_meeting", {"title": "Yesterday", "date": "2026-10-12"})
    qtbot.keyClicks(page.meetings.view.line.field, "Plans rest")
    page.show_record(other)
    assert page.meetings.view.line.field.text() == ""
    assert [one.text for one in case.ask(read_meeting, meeting).headlines] == ["Plans rest"]
    assert case.ask(read_meeting, other).headlines == ()


def test_words_typed_before_the_next_record_is_on_screen_stay_with_theirs(
    case: Case, task: str, qtbot: QtBot
) -> None:
    crashes: list[BaseException] = []
    runner = ThreadRunner(crashes.append)
    other = case.do(add_task, "Plans")
    page = TasksPage(Session(case.session.inspection, runner, ChangeBus()))
    qtbot.addWidget(page)
    gaps = page.tasks.view.fields["gaps"].box
    aspect = page.tasks.view.fields["aspect"]
    page.show_record(task)
    qtbot.waitUntil(lambda: aspect.value == "Front door")
    qtbot.waitUntil(lambda: page.view.list.make_current(other))
    qtbot.keyClicks(gaps, "No GP")
    qtbot.keyClicks(page.tasks.view.add.field, "Late.")
    qtbot.waitUntil(lambda: aspect.value == "Plans")
    page.close_page()
    runner.finish()
    held = case.ask(read_task, task)
    assert held.record.text("gaps") == "No GP"
    assert [one.text for one in held.points] == ["Late."]
    assert case.ask(read_task, other).record.text("gaps") == ""
    assert crashes == []


def test_what_could_name_a_child_is_listed_where_the_meetings_page_is_written(
    case: Case, page: TasksPage, meeting: str, qtbot: QtBot, tmp_path: Path
) -> None:
    case.do(keep_entry, "C3", ["Aurelia"])
    case.do(decide, meeting, "Ask at Aurelia’s school.")
    page.meetings.view.write.click()
    asked = next(one for one in page.findChildren(WriteDialog) if one.isVisible())
    places = asked.findChild(Places)
    assert [one.title for one in places.list.shown.rows] == ["“Aurelia” is a name on the register."]
    assert places.lead.isHidden()
    asked.folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(page.said) as told:
        asked.write.click()
    assert told.args[0].endswith("1 thing was not looked at.")
