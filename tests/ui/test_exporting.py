"""What is on screen is what is written: every list of every page, as it is narrowed and ordered."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from app.clock import SystemClock
from app.domain.quotes import Lens
from app.interchange.spreadsheet import read_tables
from app.operations.demo import demo_document
from app.operations.exchange import take_in
from app.operations.findings import add_finding
from app.operations.letter_accuracy import save_comment
from app.operations.register import keep_entry
from app.operations.work import new_id
from app.ui.change_bus import ChangeBus
from app.ui.exporting import ExportDialog, export_list
from app.ui.frame import Frame
from app.ui.main_window import MainWindow
from app.ui.pages.findings.page import FindingsPage
from app.ui.rooms import ROOMS
from app.ui.runner import ThreadRunner
from app.ui.session import Session
from app.ui.theme import Theme
from app.ui.widgets.picker import Picker
from app.ui.widgets.places import Places

if TYPE_CHECKING:
    from pathlib import Path

    from app.ui.page import Page

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def on(frame: Frame, room: str, part: str = "") -> Page:
    frame.show_room(room)
    if part:
        frame.page.show_part(part)
    return frame.page


def opened(page: Page, kind: type) -> object:
    return next(one for one in page.findChildren(kind) if one.isVisible())


def ask_where(page: Page, which: str = "") -> QFileDialog:
    """Go as far as the question where, choosing a list by typing its name where there are more."""
    export_list(page)
    if which:
        picker = opened(page, Picker)
        picker.field.setText(which)
        key = next(one.key for one in picker.list.shown.rows if one.title == which)
        picker.list.row_chosen.emit(key)
    asked = opened(page, ExportDialog)
    assert "It is not encrypted" in asked.warning.text()
    asked.choose.click()
    return opened(page, QFileDialog)


def written(page: Page, path: Path, which: str = "") -> list[dict[str, str]]:
    """Export and read back; the sentence about it says where and how much."""
    said: list[str] = []
    page.said.connect(said.append)
    where = ask_where(page, which)
    where.fileSelected.emit(str(path))
    where.close()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    count = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
    assert said[-1].startswith(f"{count} written to {path}.")
    return rows


def titles(view) -> list[str]:
    return [one.title for one in view.shown.rows if not one.is_heading]


def test_findings_are_written_as_the_filter_leaves_them(frame, tmp_path) -> None:
    page = on(frame, "Findings")
    page.view.filter.setText("health")
    shown = titles(page.view.list)
    assert 0 < len(shown) < len(page.sheets[0].rows)
    rows = written(page, tmp_path / "out.csv")
    assert [row["Statement"] for row in rows] == shown
    held = {one.statement: one for one in page.sheets[0].rows}
    for row in rows:
        one = held[row["Statement"]]
        assert (row["For"], row["Against"]) == (str(one.evidence_for), str(one.evidence_against))
        assert row["What stands under it"]
        assert row["Status"] == one.status
    bodies = frame.session.inspection.ask(lambda view: view.records.of_kind("inspectorate"))
    assert {one.text("short_name") for one in bodies} <= set(rows[0])
    assert any(row["Ofsted"] == "Agrees" for row in rows)


def test_notes_are_written_as_the_filter_leaves_them(frame, tmp_path) -> None:
    page = on(frame, "Notes")
    page.view.filter.setText("observation")
    shown = titles(page.view.list)
    assert 0 < len(shown) < 91
    rows = written(page, tmp_path / "out.csv")
    assert [row["Note"] for row in rows] == shown
    assert {row["Kind"] for row in rows} == {"Observation of practice"}


def test_the_week_is_written_as_the_filter_leaves_it(frame, tmp_path) -> None:
    page = on(frame, "Tasks")
    page.view.filter.setText("day")
    shown = titles(page.view.list)
    assert shown
    rows = written(page, tmp_path / "out.csv", "Tasks and meetings")
    assert [row["What"] for row in rows] == shown


def test_concerns_are_written_by_code_with_their_clock_and_their_tally(frame, tmp_path) -> None:
    page = on(frame, "Tasks")
    rows = written(page, tmp_path / "out.csv", "Children at risk")
    concerns = [f"{row['Number']} · {row['Child or children'] or row['Extent']}" for row in rows]
    assert concerns == titles(page.view.list)[: len(rows)]
    assert rows[0]["Answered"] == "2026-10-13 16:35"
    counted = written(page, tmp_path / "tally.csv", "Tally of concerns")
    assert {row["Concerns"]: row["Count"] for row in counted}["Noticed"] == str(len(rows))
    page.view.filter.setText("E-2")
    assert [one["Number"] for one in written(page, tmp_path / "e2.csv", "Children at risk")] == [
        "E-2"
    ]


def test_actions_are_written_with_what_is_still_to_be_done_first(frame, tmp_path) -> None:
    rows = written(on(frame, "Tasks"), tmp_path / "out.csv", "Actions")
    held = frame.session.inspection.ask(lambda view: view.records.of_kind("action"))
    assert sorted(row["Action"] for row in rows) == sorted(one.text("what") for one in held)
    stands = [row["Stands"] == "open" for row in rows]
    assert stands == sorted(stands, reverse=True)
    assert all(row["From"] and row["Whose"] for row in rows)


def test_quotes_are_written_as_the_lenses_leave_them(frame, tmp_path) -> None:
    page = on(frame, "Evidence", "words")
    page.words.look(Lens({"criterion": "A6"}))
    rows = written(page, tmp_path / "out.csv")
    assert [row["Words"] for row in rows] == [one.words for one in page.words.shown]
    assert {row["Criterion"].partition(" ")[0] for row in rows} == {"A6"}


def test_the_grid_of_coverage_is_written_with_its_figures_and_empty_cells(frame, tmp_path) -> None:
    page = on(frame, "Evidence", "coverage")
    rows = written(page, tmp_path / "out.csv")
    lines = page.coverage.view.table.shown.lines
    assert [list(row.values())[1:] for row in rows] == [
        [cell.replace("\n", " · ") for cell in line.cells] for line in lines
    ]


def test_both_sides_are_written_piece_by_piece(frame, tmp_path) -> None:
    page = on(frame, "Evidence", "sides")
    rows = written(page, tmp_path / "out.csv")
    assert list(dict.fromkeys(row["Finding or criterion"] for row in rows)) == list(
        dict.fromkeys(titles(page.sides.view.list))
    )


def test_the_long_list_is_written_as_the_filter_leaves_it(frame, tmp_path) -> None:
    page = on(frame, "Plan", "children")
    page.children_desk.view.filter.setText("police")
    shown = [one.cells[0] for one in page.children_desk.view.table.shown.lines]
    assert 0 < len(shown) < 20
    rows = written(page, tmp_path / "out.csv", "Long list")
    assert [row["Code"] for row in rows] == shown


@pytest.mark.parametrize(
    ("part", "which", "column", "shown"),
    [
        ("requests", "Requests", "What", lambda page: titles(page.requests.view.list)),
        ("team", "Team", "Who", lambda page: titles(page.team.view.list)),
        (
            "team",
            "Subgroups and their tasks",
            "Task",
            lambda page: titles(page.team.view.tasks),
        ),
        (
            "parties",
            "Children by code",
            "Code",
            lambda page: titles(page.parties.view.lists["child"]),
        ),
        ("parties", "Agencies", "Name", lambda page: titles(page.parties.view.lists["agency"])),
        (
            "days",
            "Days, and what is due",
            "Day",
            lambda page: [one.key for one in page.days.view.table.shown.headings],
        ),
        (
            "days",
            "Timetable",
            "What",
            lambda page: [one.record.text("what") for one in page.sheet.timetable.slots],
        ),
    ],
)
def test_every_list_of_the_plan_is_written_as_it_stands(
    frame, tmp_path, part, which, column, shown
) -> None:
    page = on(frame, "Plan", part)
    assert page.to_export()[0].name in {one.name for one in page.part.listed()}
    rows = written(page, tmp_path / "out.csv", which)
    assert [row[column] for row in rows] == shown(page)
    assert rows


def test_the_running_order_is_written_in_its_order(frame, tmp_path) -> None:
    page = on(frame, "Feedback")
    rows = written(page, tmp_path / "out.csv", "Running order")
    spoken = [row for row in rows if row["Number"]]
    assert [int(row["Number"]) for row in spoken] == list(range(1, len(spoken) + 1))
    shown = titles(page.view.order)
    assert [row["Words"].partition("\n")[0] for row in rows] == shown[: len(rows)]


def test_what_was_said_is_written_beside_what_is_written(frame, tmp_path) -> None:
    page = on(frame, "Feedback")
    page.body.show_part("compare")
    assert page.to_export()[0].name == "Said and written"
    rows = written(page, tmp_path / "out.csv", "Said and written")
    assert [row["Finding or point"] for row in rows] == titles(page.compare.view.list)


def test_comments_on_the_letter_are_written_with_their_answers(frame, tmp_path) -> None:
    frame.session.inspection.do(save_comment, new_id(), {"comment": "=1+1", "decision": "reject"})
    rows = written(on(frame, "Letter"), tmp_path / "out.csv")
    assert [(row["Comment"], row["Decision"]) for row in rows] == [("'=1+1", "Not accepted")]


def test_words_still_in_a_field_are_in_what_is_written(frame, tmp_path) -> None:
    page = on(frame, "Findings")
    page.show_record(next(one.id for one in page.sheets[0].rows if one.status == "emerging"))
    page.view.sheet.statement.setPlainText("Changed a moment ago.")
    rows = written(page, tmp_path / "out.csv")
    assert "Changed a moment ago." in [row["Statement"] for row in rows]


def test_on_the_real_threads_the_last_words_are_on_disk_before_the_list_is_read(
    session, qtbot, tmp_path
) -> None:
    session.inspection.do(take_in, demo_document())
    problems: list[BaseException] = []
    runner = ThreadRunner(problems.append)
    page = FindingsPage(Session(session.inspection, runner, ChangeBus()))
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: bool(page.sheets[0].rows))
    page.show_record(next(one.id for one in page.sheets[0].rows if one.status == "emerging"))
    qtbot.waitUntil(lambda: bool(page.current))
    page.view.sheet.statement.setPlainText("Changed a moment ago.")
    export_list(page)
    qtbot.waitUntil(lambda: bool(page.findChildren(ExportDialog)))
    opened(page, ExportDialog).choose.click()
    where = opened(page, QFileDialog)
    path = tmp_path / "out.xlsx"
    with qtbot.waitSignal(page.said) as told:
        where.fileSelected.emit(str(path))
    where.close()
    (found,) = read_tables(path.read_bytes())
    assert told.args[0].startswith(f"{len(found.rows) - 1} rows written to {path}.")
    assert "Changed a moment ago." in [row[0] for row in found.rows]
    page.close_page()
    runner.finish()
    assert problems == []


def test_a_refused_write_says_so_and_loses_nothing(frame, tmp_path) -> None:
    page = on(frame, "Notes")
    shown = titles(page.view.list)
    stood = tmp_path / "folder.xlsx"
    stood.mkdir()
    failed: list[str] = []
    page.failed.connect(failed.append)
    where = ask_where(page)
    where.fileSelected.emit(str(stood))
    where.close()
    assert "Nothing was changed there." in failed[-1]
    assert frame.message.text() == failed[-1]
    assert titles(page.view.list) == shown
    assert list(stood.iterdir()) == []
    assert written(page, tmp_path / "elsewhere.csv")


def test_one_key_asks_from_every_page(session, qtbot, qapp, tmp_path) -> None:
    session.inspection.do(take_in, demo_document())
    window = MainWindow(tmp_path, session.runner, SystemClock(), Theme(qapp), ROOMS)
    qtbot.addWidget(window)
    window.show_inspection(session.inspection)
    frame = window.shown
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    asked = {}
    for room in ROOMS:
        frame.show_room(room.name)
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_X, CTRL | SHIFT)
        dialogs = [one for one in frame.page.findChildren(QDialog) if one.isVisible()]
        asked[room.name] = [one.windowTitle() for one in dialogs]
        for one in dialogs:
            one.close()
    frame.close_frame()
    window._shown = None
    which, this = ["Export which list"], ["Export this list"]
    assert asked == {
        "Today": [],
        "Plan": which,
        "Notes": this,
        "Tasks": which,
        "Evidence": this,
        "Findings": this,
        "Feedback": which,
        "Letter": [],  # no comments yet
        "Team": [],
    }


def test_what_could_name_a_child_is_listed_before_a_list_leaves(frame, tmp_path) -> None:
    frame.session.inspection.do(keep_entry, "C3", ["Aurelia"])
    page = on(frame, "Findings")
    frame.session.bus.changed.emit(frame.session.inspection.do(add_finding, "Aurelia waited."))
    page.view.filter.setText("Aurelia")
    said: list[str] = []
    page.said.connect(said.append)
    export_list(page)
    asked = opened(page, ExportDialog)
    (found,) = asked.findChildren(Places)
    assert [one.title for one in found.list.shown.rows] == ["“Aurelia” is a name on the register."]
    asked.choose.click()
    where = opened(page, QFileDialog)
    where.fileSelected.emit(str(tmp_path / "out.csv"))
    where.close()
    assert said[-1].endswith("1 thing was not looked at.")
    assert (tmp_path / "out.csv").exists()


def test_leaving_the_question_writes_nothing(frame) -> None:
    page = on(frame, "Notes")
    export_list(page)
    opened(page, ExportDialog).reject()
    assert not [one for one in page.findChildren(QFileDialog) if one.isVisible()]


def test_an_empty_list_and_a_page_without_one_say_so(frame) -> None:
    page = on(frame, "Notes")
    page.view.filter.setText("nothing holds these words")
    frame.export_list()
    assert frame.message.text() == "“Notes” is empty as it is shown. Nothing was written."
    on(frame, "Today")
    frame.export_list()
    assert frame.message.text() == "There is no list here to export."


def test_the_kind_chosen_in_the_dialog_ends_the_name(frame) -> None:
    page = on(frame, "Notes")
    where = ask_where(page)
    (name,) = where.selectedFiles()
    assert name.endswith("Wexcombe notes OFFICIAL-SENSITIVE.xlsx")
    where.filterSelected.emit(where.nameFilters()[1])
    (name,) = where.selectedFiles()
    assert name.endswith("Wexcombe notes OFFICIAL-SENSITIVE.csv")
    where.selectFile("St. Albans notes")
    where.filterSelected.emit(where.nameFilters()[0])
    (name,) = where.selectedFiles()
    assert name.endswith("St. Albans notes"), "no other kind's ending: the name is left as it is"
    where.selectFile("notes")
    (name,) = where.selectedFiles()
    assert name.endswith("notes.xlsx")
    where.close()
