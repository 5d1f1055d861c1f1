from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.collecting import Collecting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def collecting(qapp) -> Iterator[Collecting]:
    made = Collecting(qapp)
    yield made
    made.stop()
    made.deleteLater()


class Circle(QWidget):
    """A widget that can only be collected, as it holds itself."""

    def __init__(self, gone: list[int]) -> None:
        super().__init__()
        self._held = [self]
        self._gone = gone

    def __del__(self) -> None:
        self._gone.append(threading.get_ident())


def test_widgets_are_taken_apart_on_the_interface_thread_alone(
    collecting: Collecting, qtbot: QtBot
) -> None:
    collecting.touch()
    gone: list[int] = []
    for _ in range(3):
        Circle(gone)

    def work() -> None:
        held = [[[number]] for number in range(50_000)]
        assert held

    for _ in range(3):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert gone == []
    kept = [[[number]] for number in range(10_000)]
    qtbot.waitUntil(lambda: len(gone) == 3)
    assert set(gone) == {threading.get_ident()}
    assert kept
    assert not gc.isenabled()


def test_the_whole_is_looked_through_once_nobody_does_anything(
    collecting: Collecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda generation=2: seen.append(generation))
    collecting.look()
    assert 2 not in seen
    collecting._last_done -= 10
    collecting.look()
    assert seen[-1] == 2


def test_modules_are_never_looked_through_again(collecting: Collecting) -> None:
    standing = [[number] for number in range(1_000)]
    before = len(gc.get_objects())
    collecting.spare()
    assert len(gc.get_objects()) < len(standing) < before
