"""Closing an inspection or the window: at once where the disk answers, not at all where it refuses.

Unlike a lock this waits in place. A system that is shutting down asks once and takes the answer
for final, so by the time it has one every word has to be on disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.ui.locking.leaving import Leaving

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from app.ui.frame import Frame
    from app.ui.runner import Runner

_ANSWERS_WITHIN: Final = 10_000  # ms that somebody who closes waits for the disk
_CLOSES_WITHIN: Final = 60_000  # ms for a backup on the way; every word is on disk by then
_SILENT: Final = "The disk has not answered yet."


def leave_now(frame: Frame, runner: Runner, *, is_to_return: bool) -> str:
    """Leave an inspection while nothing can be typed; return why it was not left, or nothing."""
    waiting = QEventLoop()
    ends: list[str] = []

    def end(why: str = "") -> None:
        ends.append(why)
        waiting.quit()

    dialogs = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    leaving = Leaving(frame, runner, is_to_return=is_to_return, dialogs=dialogs)
    leaving.left.connect(end)
    leaving.refused.connect(end)
    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(lambda: end("" if leaving.is_safe else _SILENT))
    leaving.safe.connect(lambda: limit.start(_CLOSES_WITHIN))
    limit.start(_ANSWERS_WITHIN)
    leaving.start()
    if not ends:
        waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    limit.stop()
    if ends[0]:
        leaving.cancel()
    return ends[0]


def say_why_open(window: QMainWindow, why: str) -> None:
    """Say that the window stays because words could not be saved, and offer to try again."""
    said = QMessageBox(window)
    said.setIcon(QMessageBox.Icon.Warning)
    said.setTextFormat(Qt.TextFormat.PlainText)
    said.setText("Siteweek stays open: the last words could not be saved. They are kept on screen.")
    said.setInformativeText(why)
    again = said.addButton("Try again", QMessageBox.ButtonRole.AcceptRole)
    said.addButton("Keep it open", QMessageBox.ButtonRole.RejectRole)
    again.clicked.connect(window.close)
    said.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    said.open()
