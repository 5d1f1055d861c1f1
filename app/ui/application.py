"""The running application: Qt, theme, the handler for errors nobody expected."""

from __future__ import annotations

import logging
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSettings,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from app.errors import SiteweekError
from app.hardening import fault, say_no_values
from app.paths import resources
from app.ui.collecting import Collecting
from app.ui.early import Later, Painted
from app.ui.lasting import keep_constants_alive
from app.ui.locking.clipboard import PrivateClipboard
from app.ui.locking.restart import begin_again, look_of, show_as, take_look
from app.ui.locking.watch import watch
from app.ui.main_window import MainWindow
from app.ui.runner import ThreadRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.clock import Clock
    from app.ui.frame import Room

_log = logging.getLogger(__name__)

_TURN: Final = 0.0005  # s


class Crashes(QObject):
    """Shows an error nobody expected, in words that hold nothing of anybody's notes."""

    crashed = Signal(str)

    def __init__(self) -> None:
        """Listen from any thread; show on the interface thread."""
        super().__init__()
        self.crashed.connect(self._show)

    def report(self, problem: BaseException) -> None:
        """Report an error: its type and place, never its values."""
        if isinstance(problem, SiteweekError):
            self.crashed.emit(problem.sentence)
            return
        self.crashed.emit(fault(problem))

    def _show(self, what: str) -> None:
        _log.error("unexpected: %s", what)
        QMessageBox.critical(
            None,
            "Siteweek",
            f"Something went wrong. What was shown as saved is on disk.\n\n{what}",
        )


def make_application(arguments: list[str]) -> QApplication:
    """Return the application in its style; made once in a process."""
    keep_constants_alive()
    application = QApplication(arguments)
    application.setApplicationName("Siteweek")
    application.setApplicationDisplayName("Siteweek")
    application.setStyle("Fusion")
    application.setWindowIcon(QIcon(str(resources() / "icons" / "siteweek.png")))
    _keep_no_settings()
    return application


def _keep_no_settings() -> None:
    """Let Qt's own file dialog remember nothing: the folders it was in may bear an area's name.

    Windows and macOS keep such lists in their own dialogs, out of reach from here.
    """
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(kind, scope, os.devnull)


def say_no_text(kind: QtMsgType, context: QMessageLogContext, _text: str) -> None:
    """Log a complaint of Qt by its category and place: its text may be of anybody's notes."""
    if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
        category, line = context.category or "qt", context.line
        _log.warning("Qt complained in %s%s", category, f", line {line}" if line else "")


def _rooms(collecting: Collecting) -> Sequence[Room]:
    from app.ui.rooms import ROOMS  # noqa: PLC0415 - see Later

    collecting.spare()
    return ROOMS


def put_interface_first() -> None:
    """Let a working thread hold the interpreter for half a millisecond at a time, not for five.

    The interface asks for it again with every call out of Qt, dozens of times for one picture.
    """
    sys.setswitchinterval(_TURN)


def run_window(profile: Path, clock: Clock) -> int:
    """Open the window on a profile's folder and run until it is closed or locked."""
    look = take_look()
    put_interface_first()
    qInstallMessageHandler(say_no_text)
    application = make_application(["siteweek"])
    collecting = Collecting(application)
    crashes = Crashes()
    say_no_values(crashes.crashed.emit)
    runner = ThreadRunner(crashes.report)
    theme = Theme(application)
    window = MainWindow(profile, runner, clock, theme, Later(partial(_rooms, collecting)))
    clipboard = PrivateClipboard(application)
    sources = watch(application, window, clock, collecting.touch)

    def end_process() -> None:
        clipboard.clear()
        begin_again(window.folder, look_of(window, theme))

    window.locked.connect(end_process)
    show_as(window, theme, look)
    painted = Painted(window, runner)
    status = application.exec()
    clipboard.clear()
    runner.finish()
    del sources, painted, collecting
    return status
