"""Locks when time has jumped: the laptop slept, or somebody set its clock.

The fallback under every system: it needs to be told nothing by anyone. It comes after waking, so
the sources that are told beforehand are better, but none of them is everywhere.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from app.ui.locking.source import LockSource

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.clock import Clock

_LOOKS_EVERY: Final = 2_000  # ms
_TOLERATED: Final = timedelta(
    seconds=10
)  # by which a busy machine and a corrected clock may differ
_STOPPED: Final = timedelta(seconds=60)  # nothing that runs is left alone for so long


class Jump:
    """Compares how far two clocks have gone since it last looked."""

    def __init__(self, clock: Clock) -> None:
        """Look first now."""
        self._clock = clock
        self._wall, self._up = clock.now(), clock.monotonic()

    def look(self) -> bool:
        """Whether the clocks parted since the last look, or that was too long ago."""
        wall, up = self._clock.now(), self._clock.monotonic()
        by_wall, by_up = wall - self._wall, timedelta(seconds=up - self._up)
        self._wall, self._up = wall, up
        return abs(by_wall - by_up) > _TOLERATED or by_up > _STOPPED


class Jumps(LockSource):
    """Looks every two seconds."""

    def __init__(self, owner: QObject, clock: Clock) -> None:
        """Look from now on."""
        super().__init__(owner)
        self._jump = Jump(clock)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask for a lock if time has jumped."""
        if self._jump.look():
            self.lock_requested.emit()
