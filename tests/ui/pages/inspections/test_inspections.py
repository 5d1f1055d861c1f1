from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.clock import SystemClock
from app.operations.owner import Owner, remember
from app.operations.profile import InspectionRow
from app.operations.sync import joining
from app.operations.sync.joining import Person
from app.ui.pages.inspections.joining import RequestDialog
from app.ui.pages.inspections.model import as_rows
from app.ui.pages.inspections.new_inspection import NewInspection
from app.ui.pages.inspections.page import InspectionsPage
from app.ui.pages.team.dialogs import WhoDialog
from app.ui.runner import ImmediateRunner
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.operations.profile import Profile

RUTH = Owner("Ruth Okafor-Bell", "Ofsted")


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = quick.create(tmp_path / "profile")
    remember(made, RUTH)
    return made


@pytest.fixture
def page(profile: Profile, qtbot: QtBot) -> InspectionsPage:
    made = InspectionsPage(profile, ImmediateRunner(), SystemClock())
    qtbot.addWidget(made)
    made.show()
    return made


def test_inspections_stand_under_what_is_to_be_done_with_them() -> None:
    rows = as_rows(
        [
            InspectionRow("1", "Due", keep_until="2026-01-01", is_due=True, closed_at="2025-01-01"),
            InspectionRow("2", "Open"),
            InspectionRow("3", waits_for="admission"),
            InspectionRow("4", "Closed", closed_at="2026-01-01", keep_until="2033-03-01"),
            InspectionRow("5", problem="The key file is damaged."),
        ]
    )
    assert [one.title for one in rows] == [
        "Past the day until which they were to be kept",
        "Due",
        "Open",
        "Open",
        "Waiting for the team",
        "Waiting to be admitted",
        "Closed",
        "Closed",
        "Can’t be opened",
        "An inspection without an area",
    ]
    assert [one.is_heading for one in rows] == [True, False] * 5
    assert "keep until Tue 1 Mar 2033" in rows[7].meta
    assert rows[9].meta == "The key file is damaged."


def test_a_list_with_nothing_special_has_no_headings() -> None:
    assert [one.title for one in as_rows([InspectionRow("2", "Here")])] == ["Here"]


def test_h16_the_invented_inspection_comes_and_goes_by_one_click(
    page: InspectionsPage, profile: Profile, qtbot: QtBot
) -> None:
    assert page.view.empty.isVisible()
    with qtbot.waitSignal(page.opened):
        qtbot.mouseClick(page.view.demo, Qt.MouseButton.LeftButton)
    page.reload()
    assert not page.view.demo.isVisible()
    qtbot.mouseClick(page.view.remove_demo, Qt.MouseButton.LeftButton)
    assert profile.inspections() == []
    assert page.view.demo.isVisible()


def test_a_new_inspection_knows_its_owner_without_asking(
    page: InspectionsPage, profile: Profile, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(NewInspection)
    dialog.area.setText("Wexcombe")
    with qtbot.waitSignal(page.opened) as opened:
        dialog.create_button.click()
    inspection = profile.open_inspection(opened.args[0])
    people = inspection.ask(lambda view: view.records.of_kind("person"))
    assert [one.text("name") for one in people] == ["Ruth Okafor-Bell"]
    inspection.close()


def test_there_is_a_reminder_until_a_recovery_sheet_exists(
    page: InspectionsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    assert page.view.reminder.isVisible()
    with qtbot.waitSignal(page.care_wanted) as wanted:
        page.view.make_sheet.click()
    assert wanted.args == ["recovery_sheet"]
    kept, _key = quick.with_recovery(tmp_path / "kept")
    other = InspectionsPage(kept, ImmediateRunner(), SystemClock())
    qtbot.addWidget(other)
    other.show()
    assert not other.view.reminder.isVisible()


def test_i05_a_team_is_joined_from_the_list(
    page: InspectionsPage, profile: Profile, tmp_path: Path, qtbot: QtBot
) -> None:
    lead = quick.create(tmp_path / "lead")
    inspection = lead.open_inspection(lead.create_inspection({"area": "Norwick"}))
    invitation = joining.invite(inspection, Person("Sian Rhys", "Estyn", "laptop"))
    (tmp_path / "invitation").write_bytes(invitation)
    page.join_by(tmp_path / "invitation")
    who = page.findChild(WhoDialog)
    assert (who.name.text(), who.inspectorate.text()) == ("Ruth Okafor-Bell", "Ofsted")
    who.go.click()
    dialog = page.findChild(RequestDialog)
    dialog.write_to(tmp_path / "request")
    assert "Give it to Sian Rhys" in dialog.said.text()
    candidate = joining.read_candidate(inspection, (tmp_path / "request").read_bytes())
    assert candidate.person == Person("Ruth Okafor-Bell", "Ofsted", "laptop")
    assert dialog.words.text().split() == list(candidate.words)
    dialog.reject()

    (row,) = profile.inspections()
    assert row.waits_for == "admission"
    assert page.chosen == row
    assert page.view.admission.isVisible()
    assert not page.view.open.isVisible()
    # The words can be seen again, and are the same.
    page.view.ask_again.click()
    page.findChildren(WhoDialog)[-1].go.click()
    again = page.findChildren(RequestDialog)[-1]
    assert again.words.text().split() == list(candidate.words)
    again.reject()

    (tmp_path / "admission").write_bytes(joining.admit(inspection, candidate, "in person"))
    inspection.close()
    with qtbot.waitSignal(page.opened) as opened:
        page.take_in_admission(tmp_path / "admission")
    assert opened.args == [row.id]
    assert profile.look_at(row.id).waits_for == "notes"


def test_what_is_no_admission_is_said_and_it_goes_on_waiting(
    page: InspectionsPage, profile: Profile, tmp_path: Path
) -> None:
    lead = quick.create(tmp_path / "lead")
    inspection = lead.open_inspection(lead.create_inspection({"area": "Norwick"}))
    invitation = joining.invite(inspection, Person("Sian Rhys", "Estyn", "laptop"))
    inspection.close()
    joining.request(profile, invitation, Person("Ruth", "", "laptop"))
    page.reload()
    (tmp_path / "admission").write_bytes(b"something else")
    page.take_in_admission(tmp_path / "admission")
    assert page.said.property("role") == "problem"
    assert profile.inspections()[0].waits_for == "admission"


def test_a_page_that_was_closed_twice_wants_no_answers(page: InspectionsPage) -> None:
    for _ in range(2):
        page.close_page()
    assert page.is_closed
