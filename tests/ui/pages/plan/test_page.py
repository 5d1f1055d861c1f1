from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.operations import records
from app.operations.long_list import choosing
from app.operations.notes import list_drafts
from app.operations.requests import list_requests, save_request
from app.operations.tasks import add_task
from app.operations.team import describe_inspection
from app.operations.timetable import add_slot, timetable
from app.operations.work import ME, new_id
from app.ui.pages.plan.calendar_dialog import CalendarDialog
from app.ui.pages.plan.list_dialog import ListDialog
from app.ui.pages.plan.model import DUE
from app.ui.pages.plan.page import PlanPage
from app.ui.record_form import SAVE_AFTER
from tests.interchange.workbooks import xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
DAY = "2026-10-13"
ROWS = [
    ["List 8"],
    ["Child ID", "Child name", "Gender", "Date of birth", "Status", "Police"],
    ["77001", "Annabel Quickley", "F", "2023-03-12", "CIN", "Y"],
    ["77002", "Samson Ade", "M", "2019-11-02", "CPP", "N"],
]


@pytest.fixture
def people(case: Case) -> tuple[str, str]:
    dates = {
        "notified_on": "2026-09-29",
        "fieldwork_from": "2026-10-12",
        "fieldwork_to": "2026-10-16",
    }
    case.do(describe_inspection, dates)
    body = case.inspectorates[0]
    one = case.do(records.add, "person", {"initials": "OF2", "inspectorate": body})
    return one, case.do(records.add, "person", {"initials": "CQ1"})


@pytest.fixture
def page(case: Case, people: tuple[str, str], qtbot: QtBot) -> Iterator[PlanPage]:
    assert people  # there before the page is first seen
    made = PlanPage(case.session)
    qtbot.addWidget(made)
    made.resize(1230, 720)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_page()


@pytest.fixture
def listed(case: Case, page: PlanPage, tmp_path: Path, qtbot: QtBot) -> list[str]:
    """The ids of a long list of two, taken in by the page."""
    path = tmp_path / "annex.xlsx"
    path.write_bytes(xlsx({"List_8": ROWS}))
    page.show_part("children")
    page.children_desk.read(path)
    page.findChild(ListDialog).take.click()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return [one.id for one in case.ask(choosing).candidates]


def titles(view) -> list[str]:
    return [one.title for one in view.shown.rows if not one.is_heading]


def cell(page: PlanPage, row: str, column: str) -> str:
    shown = page.days.view.table.shown
    line = next(one for one in shown.lines if one.key == row)
    return line.cells[[one.key for one in shown.headings].index(column)]


def sentences(case: Case) -> list[str]:
    return [one.sentence for one in case.ask(timetable).misfits]


# Days.


def test_days_stand_across_with_their_numbers(page: PlanPage) -> None:
    headings = {one.key: one.words for one in page.days.view.table.shown.headings}
    assert headings["2026-09-29"] == "Tue 29 Sep\nday 1"
    assert headings["2026-10-12"] == "Mon 12 Oct\nday 10 · on site"
    assert cell(page, DUE, "2026-10-16") == "Last day on site"


def test_a_slot_is_planned_where_one_stands(case: Case, page: PlanPage, people, qtbot) -> None:
    page.days.view.table.make_current(people[0], DAY)
    page.days.view.table.setFocus()
    qtbot.keyClick(page.days.view.table, Qt.Key.Key_N, CONTROL)
    what = page.days.view.fields["what"].widget
    assert what.hasFocus()
    qtbot.keyClicks(what, "Front door")
    start = page.days.view.fields["start"].widget
    start.setFocus()
    qtbot.keyClicks(start, "0900")
    page.save_now()
    slot = case.ask(timetable).slots[0].record
    assert (slot.text("who"), slot.text("date")) == (people[0], DAY)
    assert (slot.text("what"), slot.text("start")) == ("Front door", "09:00")
    assert cell(page, people[0], DAY) == "09:00 Front door"


def test_typed_words_are_a_draft_within_a_second(case: Case, page: PlanPage, people, qtbot) -> None:
    slot = case.do(add_slot, {"who": people[0], "date": DAY})
    page.show_record(slot)
    with qtbot.waitSignal(page.kept, timeout=SAVE_AFTER - 2_000):
        qtbot.keyClicks(page.days.view.fields["place"].widget, "Civic")
    assert [dict(one.fields) for one in case.ask(list_drafts)] == [{"place": "Civic"}]
    page.save_now()
    assert case.ask(list_drafts) == []


def test_what_does_not_fit_is_said_beside_the_slots(case: Case, page: PlanPage, people) -> None:
    assert not page.days.view.misfits.isVisible()
    first = {"who": people[0], "date": DAY, "start": "09:00", "end": "10:30", "what": "One"}
    case.do(add_slot, first)
    case.do(add_slot, {**first, "start": "10:00", "end": "11:00", "what": "Two"})
    assert titles(page.days.view.misfits) == ["OF2 is planned twice at 10:00."]
    assert cell(page, people[0], DAY) == "! 09:00–10:30 One\n! 10:00–11:00 Two"
    page.days.view.misfits.step(1)
    page.days.view.misfits.row_chosen.emit(page.days.view.misfits.current_key)
    assert "planned twice" in page.days.view.warning.text()


def test_a_note_begins_from_the_slot(case: Case, page: PlanPage, people, qtbot) -> None:
    slot = case.do(add_slot, {"who": people[0], "date": DAY, "place": "Civic Centre"})
    page.show_record(slot)
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(page.days.view.table, Qt.Key.Key_Return, CONTROL)
    note = case.ask(lambda view: view.records.get(asked.args[0]))
    assert note.text("place") == "Civic Centre"


def test_a_slot_is_called_off_and_put_back(case: Case, page: PlanPage, people, qtbot) -> None:
    slot = case.do(add_slot, {"who": people[0], "date": DAY, "start": "09:00"})
    page.show_record(slot)
    qtbot.keyClick(page.days.view.table, Qt.Key.Key_Backspace, CONTROL | SHIFT)
    assert cell(page, people[0], DAY) == "09:00 called off"
    assert page.days.view.call_off.text() == "Put back on"
    qtbot.keyClick(page.days.view.table, Qt.Key.Key_Backspace, CONTROL | SHIFT)
    assert page.days.view.call_off.text() == "Call off"


def test_a_slot_that_ends_too_early_is_refused_and_its_words_stay(
    case: Case, page: PlanPage, people, qtbot
) -> None:
    slot = case.do(add_slot, {"who": people[0], "date": DAY, "start": "09:00"})
    page.show_record(slot)
    end = page.days.view.fields["end"].widget
    qtbot.keyClicks(end, "08:00")
    with qtbot.waitSignal(page.failed) as told:
        page.save_now()
    assert "before it begins" in told.args[0]
    assert end.text() == "08:00"


def test_a_slot_of_nobody_stands_in_a_lane_of_its_own(case: Case, page: PlanPage) -> None:
    case.do(add_slot, {"date": DAY, "what": "Leaders"})
    assert page.days.view.table.shown.lines[-1].head == "Nobody yet"
    assert cell(page, "nobody", DAY) == "Leaders"


def test_a_remote_change_moves_neither_the_cell_nor_words_being_typed(
    case: Case, page: PlanPage, people, qtbot
) -> None:
    slot = case.do(add_slot, {"who": people[0], "date": DAY, "what": "Mine"})
    page.show_record(slot)
    place = page.days.view.fields["place"].widget
    place.setFocus()
    qtbot.keyClicks(place, "Civ")
    case.do(add_slot, {"who": people[1], "date": DAY, "what": "Hers"})
    case.do(records.change, slot, {"what": "Renamed"})
    assert page.days.view.table.current == (people[0], DAY)
    assert place.text() == "Civ"
    assert place.hasFocus()
    assert page.days.view.fields["what"].widget.text() == "Renamed"


# Children.


def test_a_list_shows_what_it_leaves_out_before_anything_is_kept(
    case: Case, page: PlanPage, tmp_path
) -> None:
    path = tmp_path / "annex.xlsx"
    path.write_bytes(xlsx({"List_8": ROWS}))
    page.children_desk.read(path)
    dialog = page.findChild(ListDialog)
    told = {one.title: one.meta for one in dialog.rows.shown.rows}
    assert told["Child name"] == "names the child"
    assert dialog.take.text() == "Take in 2 children"
    dialog.reject()
    assert case.ask(choosing).candidates == ()


@pytest.mark.usefixtures("listed")
def test_a_list_is_taken_in_by_code_and_shown_in_a_table(page: PlanPage) -> None:
    table = page.children_desk.view.table
    assert [one.cells[0] for one in table.shown.lines] == ["L01", "L02"]
    assert "Annabel" not in repr(table.shown.lines)
    assert page.children_desk.view.standing.text() == "None of 2 chosen; 5 to 7 are usual."


def test_choosing_asks_why_and_makes_the_child(case: Case, page: PlanPage, listed, qtbot) -> None:
    view = page.children_desk.view
    view.table.setFocus()
    view.table.make_current(listed[1])
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view.reason.field.hasFocus()
    qtbot.keyClicks(view.reason.field, "On a plan twice.")
    qtbot.keyClick(view.reason.field, Qt.Key.Key_Return)
    assert not view.reason.isVisible()
    assert view.table.hasFocus()
    assert case.ask(choosing).candidates[1].followed == "C1"
    assert "Gender: 1 male." in view.chosen.text()
    assert view.child.text() == "L02, followed as C1"
    with qtbot.waitSignal(page.record_requested) as asked:
        view.open_file.click()
    assert case.ask(lambda view: view.records.get(asked.args[0])).kind == "tracked_child"


def test_a_reason_begun_is_for_the_child_it_was_asked_for(
    case: Case, page: PlanPage, listed, qtbot
) -> None:
    view = page.children_desk.view
    view.table.make_current(listed[0])
    page.children_desk.act()
    qtbot.keyClicks(view.reason.field, "Why L01.")
    view.table.make_current(listed[1])
    qtbot.keyClick(view.reason.field, Qt.Key.Key_Return)
    first, second = case.ask(choosing).candidates
    assert (first.is_chosen, second.is_chosen) == (True, False)


def test_escape_takes_the_question_back(case: Case, page: PlanPage, listed, qtbot) -> None:
    page.children_desk.act()
    qtbot.keyClick(page.children_desk.view.reason.field, Qt.Key.Key_Escape)
    assert not page.children_desk.view.reason.isVisible()
    assert len(listed) == 2
    assert case.ask(choosing).chosen == 0


@pytest.mark.usefixtures("listed")
def test_the_filter_narrows_the_list(page: PlanPage, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(page.children_desk.view.filter, "protection")
    table = page.children_desk.view.table
    assert [one.cells[0] for one in table.shown.lines] == ["L02"]
    qtbot.keyClick(page.children_desk.view.filter, Qt.Key.Key_Escape)
    assert len(table.shown.lines) == 2
    qtbot.keyClick(page.children_desk.view.filter, Qt.Key.Key_Down)
    assert table.hasFocus()


def test_a_hostile_file_is_refused_in_the_status_line(page: PlanPage, tmp_path, qtbot) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 no")
    with qtbot.waitSignal(page.failed) as told:
        page.children_desk.read(path)
    assert "damaged" in told.args[0]


def test_a_key_asks_for_the_spreadsheet(page: PlanPage, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_O, CONTROL)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()


# Requests.


def test_a_request_exists_from_its_first_words(case: Case, page: PlanPage, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_3, ALT)
    qtbot.keyClick(page, Qt.Key.Key_N, CONTROL)
    what = page.requests.view.fields["what"].widget
    assert what.hasFocus()
    assert case.ask(list_requests) == []
    qtbot.keyClicks(what, "Audit of C1")
    page.save_now()
    assert [one.what for one in case.ask(list_requests)] == ["Audit of C1"]
    assert titles(page.requests.view.list) == ["Audit of C1"]


def test_a_late_request_stands_first_with_its_days(case: Case, page: PlanPage) -> None:
    case.do(save_request, new_id(), {"what": "Asked"})
    case.do(save_request, new_id(), {"what": "Late", "promised_for": "2026-01-05"})
    rows = page.requests.view.list.shown.rows
    assert [one.title for one in rows] == ["Late", "Late", "Waiting", "Asked"]
    assert rows[1].sign == "!"
    assert "days late" in rows[1].meta


def test_a_request_is_chased_and_received_by_keys(case: Case, page: PlanPage, qtbot) -> None:
    request = new_id()
    case.do(save_request, request, {"what": "Audit"})
    page.show_record(request)
    qtbot.keyClick(page, Qt.Key.Key_C, CONTROL | SHIFT)
    assert "chased" in page.requests.view.list.shown.rows[1].meta
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    assert case.ask(list_requests)[0].record.text("state") == "received"
    assert page.requests.view.receive.text() == "Not received after all"
    assert not page.requests.view.chase.isEnabled()


# Team and dates.


def test_inspectors_stand_under_their_inspectorates(case: Case, page: PlanPage, people) -> None:
    case.do(add_slot, {"who": people[0], "date": DAY})
    rows = page.team.view.list.shown.rows
    assert [one.title for one in rows] == ["Ofsted", "OF2", "No inspectorate yet", "CQ1"]
    assert rows[1].meta == "1 slot"


def test_an_inspector_is_added_by_keys(page: PlanPage, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_4, ALT)
    qtbot.keyClick(page, Qt.Key.Key_N, CONTROL)
    qtbot.keyClicks(page.team.view.fields["initials"].widget, "PR1")
    page.save_now()
    assert "PR1" in titles(page.team.view.list)


def test_somebody_says_who_they_are(case: Case, page: PlanPage, people) -> None:
    page.show_record(people[1])
    assert page.part is page.team
    page.team.view.me.click()
    assert case.ask(lambda view: view.records.recall(ME)) == people[1]
    assert page.team.view.list.shown.rows[-1].badge == "you"


def test_a_subgroups_task_opens_where_it_belongs(case: Case, page: PlanPage, qtbot) -> None:
    task = case.do(add_task, "Front door")
    page.show_part("team")
    page.team.view.tasks.step(1)
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(page.team.view.tasks, Qt.Key.Key_Return)
    assert asked.args == [task]


def test_dates_give_the_days_their_numbers(case: Case, page: PlanPage, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_5, ALT)
    field = page.dates.view.fields["published_on"].widget
    field.setFocus()
    qtbot.keyClicks(field, "3/12/2026")
    page.save_now()
    assert case.ask(lambda view: view.inspection.text("published_on")) == "2026-12-03"
    assert "70 working days end on" in page.dates.view.told.text()


def test_a_date_that_is_none_is_refused_and_stays(page: PlanPage, qtbot) -> None:
    page.show_part("dates")
    field = page.dates.view.fields["published_on"].widget
    qtbot.keyClicks(field, "soon")
    with qtbot.waitSignal(page.failed):
        page.save_now()
    assert field.text() == "soon"


# The page.


@pytest.mark.parametrize("width", [1230, 500])
def test_every_part_stands_in_the_window(page: PlanPage, people, width: int, qtbot) -> None:
    page.resize(width, 700)
    for name in ("days", "children", "requests", "team", "dates"):
        page.show_part(name)
        panes = [one for one in page.panes() if one.isVisibleTo(page)]
        assert len(people) == 2

        def inside(panes=panes) -> bool:
            return all(
                one.mapTo(page, one.rect().topLeft()).x() >= 0
                and one.mapTo(page, one.rect().topRight()).x() <= width
                for one in panes
            )

        qtbot.waitUntil(inside)


def test_what_is_written_next_comes_into_sight(page: PlanPage, listed, qtbot) -> None:
    page.resize(500, 400)
    assert listed
    page.children_desk.act()
    field = page.children_desk.view.reason.field

    def seen() -> bool:
        return field.hasFocus() and not field.visibleRegion().isEmpty()

    qtbot.waitUntil(seen)


def test_the_keys_of_a_closed_inspection_refuse_in_words(case: Case, page: PlanPage, qtbot) -> None:
    case.do(records.add, "closure", {"event": "closed", "at": "2026-10-20T10:00:00+00:00"})
    with qtbot.waitSignal(page.failed) as told:
        page.days.begin_new()
    assert "closed" in told.args[0]


def test_the_page_opens_and_closes_twice(case: Case, qtbot) -> None:
    for _ in range(2):
        made = PlanPage(case.session)
        qtbot.addWidget(made)
        made.show()
        made.close_page()
        made.close_page()
    case.do(add_slot, {"date": DAY})


def test_a_timetable_is_written_as_a_calendar_by_keys(
    case: Case, page: PlanPage, people: tuple[str, str], qtbot: QtBot, tmp_path: Path
) -> None:
    case.do(add_slot, {"who": people[1], "date": DAY, "start": "09:00", "place": "The Junction"})
    page.reload()
    qtbot.keyClick(page, Qt.Key.Key_W, CONTROL | SHIFT)
    (dialog,) = page.findChildren(CalendarDialog)
    qtbot.keyClick(dialog.who, Qt.Key.Key_Down)
    assert dialog.who.currentText() == "CQ1"
    qtbot.keyClick(dialog.places, Qt.Key.Key_Space)
    assert dialog.places.isChecked()
    qtbot.keyClick(dialog.places, Qt.Key.Key_Return)
    (where,) = [one for one in page.findChildren(QFileDialog) if one.isVisible()]
    path = tmp_path / "timetable.ics"
    with qtbot.waitSignal(page.said) as told:
        where.fileSelected.emit(str(path))
    where.close()
    assert told.args[0].startswith(f"1 entry written to {path}.")
    assert "LOCATION:The Junction" in path.read_text("utf-8")


def test_a_calendar_of_nobody_is_not_asked_for(
    case: Case, page: PlanPage, people: tuple[str, str], qtbot: QtBot
) -> None:
    for one in people:
        case.do(records.delete, one)
    page.reload()
    with qtbot.waitSignal(page.said) as told:
        qtbot.keyClick(page, Qt.Key.Key_W, CONTROL | SHIFT)
    assert "Nobody is on the team yet" in told.args[0]
    assert not page.findChildren(CalendarDialog)
