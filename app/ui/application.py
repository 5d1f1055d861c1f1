"""The running application: Qt, theme, the handler for errors nobody expected."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from app.errors import SiteweekError
from app.ui.lasting import keep_constants_alive
from app.ui.main_window import MainWindow
from app.ui.rooms import ROOMS
from app.ui.runner import ThreadRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from app.clock import Clock

_log = logging.getLogger(__name__)


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
        trace = problem.__traceback__
        place = ""
        while trace is not None:
            place = f"{trace.tb_frame.f_code.co_qualname}, line {trace.tb_lineno}"
            trace = trace.tb_next
        self.crashed.emit(f"{type(problem).__name__} in {place}")

    def hook(
        self, _type: type[BaseException], problem: BaseException, _trace: TracebackType | None
    ) -> None:
        """Serve as the interpreter's hook."""
        self.report(problem)

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
    return application


def run_window(profile: Path, clock: Clock) -> int:
    """Open the window on a profile's folder and run until it is closed."""
    application = make_application(["siteweek"])
    crashes = Crashes()
    sys.excepthook = crashes.hook
    runner = ThreadRunner(crashes.report)
    window = MainWindow(profile, runner, clock, Theme(application), ROOMS)
    window.resize(1366, 768)
    window.show()
    status = application.exec()
    runner.finish()
    return status
