"""Somebody at the keyboard: presses keys where the focus is, and looks at what is on screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.ui.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

_IS_OFF_SCREEN = os.environ["QT_QPA_PLATFORM"] == "offscreen"
PATIENCE = 30_000  # ms; deriving a key takes about a second on purpose


class Hands:
    """Ten fingers. They know no page: a key goes to whatever has the focus."""

    def __init__(self, window: QWidget, qtbot: QtBot) -> None:
        self._window, self._qtbot = window, qtbot

    @property
    def focus(self) -> QWidget:
        """What has the focus. There has to be something, and it has to be seen."""

        def is_seen() -> bool:
            # Somebody turns to this window. When a dialog goes, and there is a display, a window
            # manager does that, and nothing may get between it and the next dialog.
            at = QApplication.activeWindow()
            if (at is not None or _IS_OFF_SCREEN) and not self._is_ours(at):
                self._window.activateWindow()
            one, asking = QApplication.focusWidget(), QApplication.activeModalWidget()
            if one is None or not one.isVisible() or not self._is_ours(one):
                return False
            return asking is None or asking is one.window()

        self.wait(is_seen)
        return QApplication.focusWidget()

    def _is_ours(self, one: QWidget | None) -> bool:
        while one is not None and one is not self._window:
            one = one.parentWidget()
        return one is not None

    def wait(self, is_so: Callable[[], object]) -> None:
        """Let the app go on until something is so."""
        self._qtbot.waitUntil(lambda: bool(is_so()), timeout=PATIENCE)

    def press(self, *keys: str) -> None:
        """Press keys one after another, such as "Ctrl+N"."""
        for one in keys:
            QTest.keySequence(self.focus, QKeySequence(one))
            QApplication.processEvents()

    def type(self, words: str) -> None:
        """Type words. They have to arrive where they can be seen."""
        into = self.focus
        takes = isinstance(into, (QLineEdit, QTextEdit, QPlainTextEdit))
        takes = takes or (isinstance(into, QComboBox) and into.isEditable())
        assert takes, f"“{words}” was typed at {type(into).__name__} “{into.accessibleName()}”"
        QTest.keyClicks(into, words)
        QApplication.processEvents()

    def go(self, room: str) -> None:
        """Go to a page by its key."""
        self.press(next(one.key for one in COMMANDS if one.words == room and one.key))

    def wait_at(self, words: str) -> None:
        """Let the app go on until something called so has the focus."""
        self.wait(lambda: words in names_of(self.focus))

    def tab_to(self, words: str) -> None:
        """Press Tab until something with these words has the focus."""
        seen: list[str] = []
        for _ in range(60):
            at = self.focus
            if words in names_of(at):
                return
            seen.append(" ".join(names_of(at)))
            self.press("Tab")
        raise AssertionError(f"Tab never led to “{words}”, but to {seen}")


def names_of(one: QWidget) -> tuple[str, str]:
    """Return what is written on something, and its name for a screen reader."""
    return str(one.property("text") or "").replace("&", ""), one.accessibleName()
