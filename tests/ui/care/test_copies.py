from __future__ import annotations

import json
from threading import Event
from typing import TYPE_CHECKING

from app.clock import SystemClock
from app.operations import records
from app.operations.demo import take_in_demo
from app.ui.care.copies import BackUp, Export, Restore, Verify
from app.ui.care.subject import Subject
from app.ui.runner import ImmediateRunner, ThreadRunner
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.operations.profile import Profile
    from app.ui.main_window import MainWindow


def areas(profile: Profile) -> list[str]:
    return [one.area for one in profile.inspections()]


def test_a_copy_is_carried_to_a_folder_and_opens_with_the_passphrase(
    window: MainWindow, subject: Subject, tmp_path: Path
) -> None:
    dialog = BackUp(window, ImmediateRunner(), SystemClock(), subject)
    dialog.open()
    dialog.go.click()
    assert "Choose a folder" in dialog.said.text()
    (tmp_path / "stick").mkdir()
    dialog.folder.line.setText(str(tmp_path / "stick"))
    dialog.go.click()
    assert "found whole" in dialog.said.text()
    (copy,) = (tmp_path / "stick").iterdir()
    assert areas(quick.unlock(copy)) == ["Wexcombe"]
    window.care.open_carried(copy)
    assert window.folder == copy
    assert "carried away" in window.shown.hint.text()


def test_a_folder_that_is_no_copy_is_said_to_be_none(
    window: MainWindow, tmp_path: Path, profile: Profile
) -> None:
    window.care.open_carried(tmp_path)
    assert window.folder == profile.folder
    assert "no copy of a profile" in window.shown.said.text()


def test_going_back_keeps_what_stood_there(
    window: MainWindow, subject: Subject, profile: Profile
) -> None:
    with subject.inspection() as inspection:
        inspection.back_up()
        inspection.do(records.add, "agency", {"name": "Police"})
    dialog = Restore(window, ImmediateRunner(), SystemClock(), subject)
    dialog.open()
    before = len(dialog.list.shown.rows)
    dialog.go.click()
    assert "was restored" in dialog.said.text()
    with subject.inspection() as inspection:
        assert inspection.ask(lambda view: view.records.of_kind("agency")) == []
    again = Restore(window, ImmediateRunner(), SystemClock(), Subject(profile, subject.row))
    assert len(again.list.shown.rows) > before
    for one in (dialog, again):
        one.reject()


def test_an_inspection_without_backups_offers_none(window: MainWindow, subject: Subject) -> None:
    dialog = Restore(window, ImmediateRunner(), SystemClock(), subject)
    dialog.open()
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_g04_a_check_ends_in_a_plain_result(window: MainWindow, subject: Subject) -> None:
    dialog = Verify(window, ImmediateRunner(), subject)
    dialog.open()
    dialog.go.click()
    assert dialog.said.text() == "The inspection is whole."
    assert "signatures: fine" in dialog.found.toPlainText()
    dialog.reject()


def test_g04_damage_is_told_and_nothing_is_changed(
    window: MainWindow, subject: Subject, profile: Profile
) -> None:
    store = profile.folder_of(subject.row.id) / "store.db"
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 0xFF
    store.write_bytes(content)
    dialog = Verify(window, ImmediateRunner(), subject)
    dialog.open()
    dialog.go.click()
    assert "not whole" in dialog.said.text() or dialog.said.property("role") == "problem"
    assert store.read_bytes() == bytes(content)
    dialog.reject()


def test_a_check_can_be_stopped_and_says_so(window: MainWindow, subject: Subject, qtbot) -> None:
    runner = ThreadRunner(lambda _problem: None)
    dialog = Verify(window, runner, subject)
    dialog.open()
    may_go_on = Event()
    dialog.start(
        lambda going: (may_go_on.wait(), going.tell(1, 2)),
        lambda _answer: None,
        can_stop=True,
    )
    assert dialog.leave.text() == "Stop"
    dialog.reject()
    assert dialog.isVisible()
    may_go_on.set()
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.said.text() == "It was stopped. Nothing was changed."
    assert dialog.said.property("role") == "meta"
    dialog.reject()
    runner.finish()


def test_what_cannot_be_stopped_keeps_its_dialog(
    window: MainWindow, subject: Subject, qtbot: QtBot
) -> None:
    runner = ThreadRunner(lambda _problem: None)
    dialog = Verify(window, runner, subject)
    dialog.open()
    may_go_on = Event()
    dialog.start(lambda _going: may_go_on.wait(), lambda _answer: dialog.finish("Done."))
    dialog.reject()
    assert not dialog.close()
    assert "ends by itself" in dialog.said.text()
    may_go_on.set()
    qtbot.waitUntil(lambda: dialog.is_over)
    dialog.reject()
    runner.finish()


def test_everything_is_put_out_once_it_is_noted_that_nothing_protects_it(
    window: MainWindow, profile: Profile, tmp_path: Path
) -> None:
    subject = Subject(profile, profile.look_at(take_in_demo(profile)))
    dialog = Export(window, ImmediateRunner(), SystemClock(), subject)
    dialog.open()
    (tmp_path / "out").mkdir()
    dialog.folder.line.setText(str(tmp_path / "out"))
    dialog.go.click()
    assert list((tmp_path / "out").iterdir()) == []
    dialog.known.click()
    dialog.go.click()
    assert "not encrypted" in dialog.said.text()
    (made,) = (tmp_path / "out").iterdir()
    held = json.loads((made / "inspection.json").read_text("utf-8"))
    assert held["format"] == "siteweek-inspection"
    assert {one.suffix for one in (made / "letter").iterdir()} == {".docx", ".pdf", ".html"}
    dialog.reject()
