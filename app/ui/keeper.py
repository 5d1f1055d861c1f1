"""Looks after an open inspection while people type: hourly backups, and what has to be told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.errors import SiteweekError
    from app.ui.session import Session

LOOK_AFTER: Final = 1_000  # milliseconds between looks at what has to be told
BACK_UP_AFTER: Final = 10 * 60 * 1_000  # between looks whether a backup is due
EVERY: Final = timedelta(hours=1)


class Keeper(QObject):
    """Backs up away from the interface thread, and passes on the store's notices."""

    noticed = Signal(list)
    failed = Signal(str)

    def __init__(self, owner: QObject, session: Session) -> None:
        """Begin looking."""
        super().__init__(owner)
        self._session = session
        self.is_closed = False
        self._timers = [
            _timer(self, LOOK_AFTER, self.look),
            _timer(self, BACK_UP_AFTER, self.back_up),
        ]

    def look(self) -> None:
        """Pass on the notices there are by now."""
        self.noticed.emit(self._session.inspection.notices)

    def back_up(self) -> None:
        """Make a backup if there is something new and the last one is an hour old."""
        inspection = self._session.inspection
        self._session.runner.run(
            self, lambda: inspection.back_up_if_due(EVERY), failed=self._on_failed
        )

    def close_keeper(self) -> None:
        """Stop looking."""
        self.is_closed = True
        for one in self._timers:
            one.stop()

    def _on_failed(self, problem: SiteweekError) -> None:
        self.failed.emit(problem.sentence)


def _timer(owner: Keeper, milliseconds: int, then: Callable[[], None]) -> QTimer:
    made = QTimer(owner)
    made.setInterval(milliseconds)
    made.timeout.connect(then)
    made.start()
    return made
