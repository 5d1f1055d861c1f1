from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog, QMainWindow

from app.ui.locking import capture, mac
from app.ui.locking.capture import ScreenCapture

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def excluded(monkeypatch) -> dict[str, bool]:
    """What a system that can exclude windows was asked for, by the window's title."""
    asked: dict[str, bool] = {}

    def exclude(window, *, is_excluded: bool) -> bool:
        asked[window.windowTitle()] = is_excluded
        return True

    monkeypatch.setattr(capture, "CAN_EXCLUDE", True)
    monkeypatch.setattr(capture, "exclude", exclude)
    return asked


def test_k08_every_window_is_left_out_as_it_appears(excluded, qtbot: QtBot, qapp) -> None:
    window = QMainWindow(windowTitle="main")
    qtbot.addWidget(window)
    held = ScreenCapture(window)
    window.show()
    dialog = QDialog(window, windowTitle="dialog")
    dialog.show()
    assert excluded == {"main": True, "dialog": True}
    qapp.removeEventFilter(held)


def test_k08_it_can_be_switched_for_this_session(excluded, qtbot: QtBot, qapp) -> None:
    window = QMainWindow(windowTitle="main")
    qtbot.addWidget(window)
    held = ScreenCapture(window)
    window.show()
    assert "until it is locked" in held.toggle()
    assert excluded["main"] is False
    QDialog(window, windowTitle="later").show()
    assert excluded["later"] is False
    assert "leave Siteweek out" in held.toggle()
    assert excluded["main"] is True
    qapp.removeEventFilter(held)


def test_k08_a_system_that_cannot_says_so(monkeypatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(capture, "CAN_EXCLUDE", False)
    window = QMainWindow()
    qtbot.addWidget(window)
    assert "can’t prevent it here" in ScreenCapture(window).toggle()
    assert not mac.share_window(0, is_shared=False)
    assert not mac.conceal_pasteboard()
