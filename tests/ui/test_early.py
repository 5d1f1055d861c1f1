"""The lock screen stands before anything of the inside is read."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.ui import early
from app.ui.early import BEFOREHAND, Later, Painted, read_beforehand
from app.ui.main_window import MainWindow
from app.ui.rooms import ROOMS
from app.ui.runner import ImmediateRunner
from app.ui.theme import Theme
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

# What takes long to read, or has nothing to do with a field and a button.
HEAVY = (
    "app.crypto",
    "app.interchange",
    "app.operations.sync",
    "app.operations.unlocking",
    "app.packs",
    "app.reports",
    "app.store.store",
    "app.sync",
    "PIL",
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "cryptography",
    "docx",
    "holidays",
    "jsonschema",
    "reportlab",
    "segno",
    "sqlalchemy",
    "sqlcipher3",
    "starlette",
    "urllib3",
    "uvicorn",
    "zxcvbn",
)
PAINTED = """
import sys, app.start
from PySide6.QtCore import QEvent, QObject, QTimer
from app.ui import application, early

class Painted(early.Painted):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(type(self._window.shown).__name__, *sorted(sys.modules))
            sys.stdout.flush()
            QTimer.singleShot(0, self._window.close)
        return False

application.Painted = Painted
from pathlib import Path
from app.clock import SystemClock
sys.exit(application.run_window(Path(sys.argv[1]), SystemClock()))
"""


@pytest.mark.parametrize("screen", ["UnlockView", "FirstRun"])
def test_nothing_heavy_is_read_before_the_first_picture(tmp_path: Path, screen: str) -> None:
    if screen == "UnlockView":
        quick.create(tmp_path / "profile").close()
    done = subprocess.run(
        [sys.executable, "-c", PAINTED, str(tmp_path / "profile")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    shown, *modules = done.stdout.splitlines()[0].split()
    assert shown == screen
    read = {name for name in modules for heavy in HEAVY if (name + ".").startswith(heavy + ".")}
    assert read == set()


def test_what_is_wanted_next_is_read_after_the_first_picture(
    tmp_path: Path, qtbot: QtBot, qapp, monkeypatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(early, "read_beforehand", lambda: asked.append("read"))
    quick.create(tmp_path / "profile").close()
    window = MainWindow(tmp_path / "profile", ImmediateRunner(), SystemClock(), Theme(qapp), ROOMS)
    qtbot.addWidget(window)
    painted = Painted(window, ImmediateRunner())
    assert asked == []
    window.show()
    qtbot.waitUntil(lambda: asked == ["read"])
    window.repaint()
    assert asked == ["read"]
    assert painted.parent() is window


def test_everything_read_beforehand_is_there() -> None:
    read_beforehand()
    assert all(name in sys.modules for name in BEFOREHAND)


def test_a_sequence_made_later_is_made_once() -> None:
    made: list[int] = []

    def make() -> list[str]:
        made.append(1)
        return ["a", "b"]

    later = Later(make)
    assert made == []
    assert (len(later), later[0], later[0:1], list(later)) == (2, "a", ["a"], ["a", "b"])
    assert made == [1]
