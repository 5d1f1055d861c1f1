from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.errors import StoreError, TooManyAttemptsError
from app.operations import key_changes
from app.operations.key_changes import change_passphrase
from app.operations.unlocking import KEYRING
from app.operations.unlocking import has_profile as operation_has_profile
from app.operations.unlocking import unlock_profile as operation
from app.ui.runner import ImmediateRunner
from app.ui.workflows import unlock
from app.ui.workflows.unlock import UnlockView
from tests.fakes.clock import StillClock
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def view(tmp_path: Path, clock: StillClock, qtbot: QtBot, monkeypatch) -> UnlockView:
    """A lock screen over a real profile and its real counter; only the derivation is quick."""
    quick.create(tmp_path / "profile").close()
    monkeypatch.setattr(
        unlock,
        "unlock_profile",
        lambda folder, words, at: operation(folder, words, at, quick.QUICK),
    )
    made = UnlockView(tmp_path / "profile", ImmediateRunner(), clock)
    qtbot.addWidget(made)
    made.show()
    return made


def try_words(view: UnlockView, words: str, qtbot: QtBot) -> None:
    view.passphrase.clear()
    qtbot.keyClicks(view.passphrase, words)
    qtbot.keyClick(view.passphrase, Qt.Key.Key_Return)


def test_who_guesses_too_often_waits_and_sees_for_how_long(
    view: UnlockView, clock: StillClock, qtbot: QtBot
) -> None:
    for _ in range(5):
        try_words(view, "a wrong one", qtbot)
        assert view.passphrase.isEnabled()
    try_words(view, "a wrong one", qtbot)
    assert not view.passphrase.isEnabled()
    assert not view.go.isEnabled()
    assert view.go.text() == "Unlock in 2 s"
    clock.set(clock.now() + timedelta(days=1))  # L05: the clock on the wall changes nothing
    view._waiting.look()
    assert view.go.text() == "Unlock in 2 s"
    clock.move(SECOND)
    view._waiting.look()
    assert view.go.text() == "Unlock in 1 s"
    clock.move(SECOND)
    view._waiting.look()
    assert view.go.text() == "Unlock"
    assert view.passphrase.isEnabled()
    with qtbot.waitSignal(view.unlocked):
        try_words(view, quick.PASSPHRASE, qtbot)


def test_only_waiting_is_counted_down_and_other_refusals_ask_again(
    view: UnlockView, qtbot: QtBot
) -> None:
    try_words(view, "a wrong one", qtbot)
    assert not view._waiting.is_waiting
    assert "mistyped" in view.said.text()
    view._on_failed(TooManyAttemptsError("Too many.", 300))
    assert view.said.text() == "Too many."
    assert view.go.text() == "Unlock in 300 s"


def test_a_view_that_something_was_typed_in_says_so(view: UnlockView, qtbot: QtBot) -> None:
    assert not view.was_used
    qtbot.keyClick(view.passphrase, Qt.Key.Key_A)
    assert view.was_used


def test_the_screen_knows_a_profile_as_the_operations_do(tmp_path: Path) -> None:
    assert unlock.KEYRING == KEYRING
    for _ in range(2):
        assert unlock.has_profile(tmp_path) == operation_has_profile(tmp_path)
        (tmp_path / KEYRING).touch()


def test_caps_lock_is_told_by_what_a_key_gives(view: UnlockView) -> None:
    field = view.passphrase
    for text, modifier, is_on in (
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("a", Qt.KeyboardModifier.NoModifier, False),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
        ("7", Qt.KeyboardModifier.NoModifier, False),
    ):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text)
        QApplication.sendEvent(field, press)
        assert field.caps.isVisible() == is_on
    assert field.caps.text() == "Caps Lock is on."


def test_f02_the_recovery_sheet_opens_and_a_new_passphrase_is_set(
    tmp_path: Path, clock: StillClock, qtbot: QtBot, monkeypatch
) -> None:
    made, key = quick.with_recovery(tmp_path / "kept")
    made.close()
    monkeypatch.setattr(
        key_changes,
        "change_passphrase",
        lambda profile, words, about: change_passphrase(profile, words, about, quick.QUICK),
    )
    view = UnlockView(tmp_path / "kept", ImmediateRunner(), clock)
    qtbot.addWidget(view)
    view.show()
    qtbot.mouseClick(view.forgot, Qt.MouseButton.LeftButton)
    part = view.forgotten
    qtbot.keyClicks(part.key, "0000-0000")
    qtbot.keyClick(part.key, Qt.Key.Key_Return)
    assert part.said.property("role") == "problem"
    assert view.was_used
    part.key.clear()
    qtbot.keyClicks(part.key, key.lower().replace("-", " "))
    qtbot.keyClick(part.key, Qt.Key.Key_Return)
    assert part.form.isVisible()
    assert not part.key.text()
    new = "harbour lantern seven quilt meadow"
    qtbot.keyClicks(part.form.first, new)
    qtbot.keyClick(part.go, Qt.Key.Key_Space)
    assert "differ" in part.said.text()
    qtbot.keyClicks(part.form.again, new)
    with qtbot.waitSignal(view.unlocked) as opened:
        qtbot.keyClick(part.form.again, Qt.Key.Key_Return)
    opened.args[0].close()
    quick.unlock(tmp_path / "kept", new).close()


def test_leaving_after_the_key_changes_nothing_and_locks(
    tmp_path: Path, clock: StillClock, qtbot: QtBot
) -> None:
    made, key = quick.with_recovery(tmp_path / "kept")
    made.close()
    view = UnlockView(tmp_path / "kept", ImmediateRunner(), clock)
    qtbot.addWidget(view)
    view.show()
    view.forgot.click()
    view.forgotten.key.setText(key)
    view.forgotten.go.click()
    profile = view.forgotten._profile
    qtbot.mouseClick(view.forgotten.back, Qt.MouseButton.LeftButton)
    assert view.passphrase.isVisible()
    with pytest.raises(StoreError):
        _ = profile.master
    quick.unlock(tmp_path / "kept").close()
