from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.errors import TooManyAttemptsError
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
        lambda folder, words, at: unlock_profile(folder, words, at, quick.QUICK),
    )
    made = UnlockView(tmp_path / "profile", ImmediateRunner(), clock)
    qtbot.addWidget(made)
    made.show()
    return made


unlock_profile = unlock.unlock_profile


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
