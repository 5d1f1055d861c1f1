"""After how many minutes without a key or a move the window locks: asked, and remembered.

It is remembered inside the inspection, encrypted: a file beside it could be changed by whoever
holds the laptop. An inspection where nobody has said takes over what holds in the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog

from app.operations.lock_minutes import (
    LEAST_MINUTES,
    MOST_MINUTES,
    USUAL_MINUTES,
    within_range,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from app.ui.runner import Asker
    from app.ui.session import Session


class Minutes(QObject):
    """What holds in one window."""

    changed = Signal(int)

    def __init__(self, window: QMainWindow) -> None:
        """Begin with the usual number."""
        super().__init__(window)
        self.now = USUAL_MINUTES
        self._open: tuple[Session, Asker] | None = None

    def read(self, session: Session, asker: Asker) -> None:
        """Take over what an inspection remembers, as long as its asker is open."""
        from app.operations.last_place import lock_after  # noqa: PLC0415 - see lock_minutes

        self._open = session, asker
        session.ask(asker, lock_after).start(self._on_read)

    def ask(self, window: QMainWindow) -> None:
        """Ask for another number."""
        dialog = QInputDialog(window)
        dialog.setWindowTitle("Lock after")
        dialog.setLabelText("Lock after how many minutes without a key or a move?")
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(LEAST_MINUTES, MOST_MINUTES)
        dialog.setIntValue(self.now)
        dialog.intValueSelected.connect(self.choose)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def choose(self, minutes: int) -> None:
        """Let another number hold, here and in the inspection that is open."""
        from app.operations.last_place import keep_lock_after  # noqa: PLC0415 - see lock_minutes

        self._let_hold(within_range(minutes))
        if self._open is not None and not self._open[1].is_closed:
            session, asker = self._open
            # A number that is not remembered is the usual one again, which is safe.
            session.do(asker, keep_lock_after, self.now).start(failed=lambda _problem: None)

    def _on_read(self, minutes: int) -> None:
        if minutes:
            self._let_hold(minutes)
        elif self.now != USUAL_MINUTES:
            self.choose(self.now)

    def _let_hold(self, minutes: int) -> None:
        self.now = minutes
        self.changed.emit(minutes)
