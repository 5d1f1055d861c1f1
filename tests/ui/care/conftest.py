"""An unlocked profile with one inspection, and a window over it that answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.operations import key_changes, rotation
from app.ui.care import keys
from app.ui.care.subject import Subject
from app.ui.main_window import MainWindow
from app.ui.rooms import ROOMS
from app.ui.runner import ImmediateRunner
from app.ui.theme import Theme
from tests.operations import quick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.operations.profile import Profile


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    made = quick.create(tmp_path / "profile")
    yield made
    made.close()


@pytest.fixture
def made(profile: Profile) -> str:
    return profile.create_inspection({"area": "Wexcombe", "theme": "domestic abuse"})


@pytest.fixture
def window(profile: Profile, qapp, qtbot) -> Iterator[MainWindow]:
    assert qtbot is not None
    shown = MainWindow(profile.folder, ImmediateRunner(), SystemClock(), Theme(qapp), ROOMS)
    shown.show()
    shown.show_inspections(profile)
    yield shown
    assert shown.close()
    shown.deleteLater()


@pytest.fixture
def subject(profile: Profile, made: str) -> Subject:
    return Subject(profile, profile.look_at(made))


@pytest.fixture
def no_work(monkeypatch) -> None:
    """Let deriving a key cost nothing."""
    monkeypatch.setattr(
        keys,
        "change_passphrase",
        lambda of, words, about: key_changes.change_passphrase(of, words, about, quick.QUICK),
    )
    monkeypatch.setattr(
        keys,
        "prepare_rotation",
        lambda of, words, **more: rotation.prepare_rotation(
            of, words, stretcher=quick.QUICK, **more
        ),
    )
