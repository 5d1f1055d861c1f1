from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate

from app.clock import SystemClock
from app.operations.certificates import check_certificate
from app.ui.care.ending import Certificates, CloseInspection, Destroy, KeepUntil, Reopen
from app.ui.care.subject import Subject
from app.ui.frame import Frame
from app.ui.pages.inspections.page import InspectionsPage
from app.ui.runner import ImmediateRunner

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.operations.profile import Profile
    from app.ui.main_window import MainWindow


def test_an_inspection_is_closed_and_reopened_with_reasons(
    window: MainWindow, subject: Subject, profile: Profile, qtbot: QtBot
) -> None:
    dialog = CloseInspection(window, ImmediateRunner(), subject)
    dialog.open()
    dialog.go.click()
    assert "Give a reason" in dialog.said.text()
    qtbot.keyClicks(dialog.reason, "The letter is published.")
    dialog.go.click()
    assert profile.look_at(subject.row.id).closed_at
    dialog.reject()
    again = Reopen(window, ImmediateRunner(), subject)
    again.open()
    qtbot.keyClicks(again.reason, "A correction.")
    again.go.click()
    assert again.said.text() == "The inspection is open again."
    assert not profile.look_at(subject.row.id).closed_at
    again.reject()


def test_a_day_until_which_it_is_kept_is_in_the_list(
    window: MainWindow, subject: Subject, profile: Profile, qtbot: QtBot
) -> None:
    dialog = KeepUntil(window, ImmediateRunner(), subject)
    dialog.open()
    dialog.day.setDate(QDate(2033, 3, 1))
    qtbot.keyClicks(dialog.reason, "Policy.")
    dialog.go.click()
    assert profile.look_at(subject.row.id).keep_until == "2033-03-01"
    assert "1 March 2033" in dialog.said.text()
    dialog.reject()


def test_f10_it_is_destroyed_only_by_its_name_and_leaves_a_certificate(
    window: MainWindow, subject: Subject, profile: Profile, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = Destroy(window, ImmediateRunner(), SystemClock(), subject)
    dialog.open()
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.word, "Wexcomb")
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.word, "e")
    dialog.folder.line.setText(str(profile.folder / "inside"))
    dialog.go.click()
    assert "outside the profile" in dialog.said.text()
    assert len(profile.inspections()) == 1
    dialog.folder.line.setText(str(tmp_path / "certificates"))
    dialog.go.click()
    assert "was destroyed" in dialog.said.text()
    assert profile.inspections() == []
    (found,) = (tmp_path / "certificates").glob("*.json")
    assert check_certificate(found.read_bytes()).inspection == subject.row.id
    dialog.reject()
    again = Certificates(window, ImmediateRunner(), profile)
    again.open()
    again.folder.line.setText(str(tmp_path / "again"))
    again.go.click()
    assert again.said.text().startswith("1 certificate was")
    again.reject()


def test_what_is_to_be_kept_goes_only_early_on_purpose(
    window: MainWindow, subject: Subject, profile: Profile, qtbot: QtBot, tmp_path: Path
) -> None:
    keep = KeepUntil(window, ImmediateRunner(), subject)
    qtbot.keyClicks(keep.reason, "Policy.")
    keep.act()
    keep.reject()
    kept = Subject(profile, profile.look_at(subject.row.id))
    dialog = Destroy(window, ImmediateRunner(), SystemClock(), kept)
    dialog.open()
    assert dialog.early.isVisible()
    qtbot.keyClicks(dialog.word, "Wexcombe")
    dialog.folder.line.setText(str(tmp_path / "certificates"))
    dialog.go.click()
    assert "to be kept until" in dialog.said.text()
    assert len(profile.inspections()) == 1
    dialog.early.click()
    dialog.go.click()
    assert profile.inspections() == []
    dialog.reject()


def test_the_menu_acts_on_the_open_inspection_and_leaves_it_where_it_must(
    window: MainWindow, profile: Profile, made: str, qtbot: QtBot
) -> None:
    window.show_inspection(profile.open_inspection(made))
    window.commands["close_for_good"].trigger()
    dialog = window.findChild(CloseInspection)
    qtbot.keyClicks(dialog.reason, "It is over.")
    dialog.go.click()
    frame = window.shown
    assert isinstance(frame, Frame)
    assert "was closed on" in frame.notices.words.text()
    dialog.reject()
    window.commands["destroy"].trigger()
    assert isinstance(window.shown, InspectionsPage)
    destroying = window.findChild(Destroy)
    assert destroying.isVisible()
    destroying.reject()


def test_the_menu_asks_for_an_inspection_where_none_is_chosen(window: MainWindow) -> None:
    window.commands["verify"].trigger()
    assert "Choose an inspection" in window.shown.said.text()
