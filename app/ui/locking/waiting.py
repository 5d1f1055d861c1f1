"""Counts seconds down by the clock that nobody can set."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from app.clock import Clock

_LOOKS_EVERY: Final = 250  # ms


class Waiting(QObject):
    """Tells how many seconds are left, and that none is."""

    left = Signal(int)
    over = Signal()

    def __init__(self, owner: QObject, clock: Clock) -> None:
        """Wait for nothing yet."""
        super().__init__(owner)
        self._clock = clock
        self._until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_EVERY)
        self._timer.timeout.connect(self.look)

    @property
    def is_waiting(self) -> bool:
        """Whether seconds are left."""
        return self._timer.isActive()

    def start(self, seconds: int) -> None:
        """Begin to wait."""
        self._until = self._clock.monotonic() + seconds
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Tell what is left now."""
        seconds = math.ceil(self._until - self._clock.monotonic())
        if seconds > 0:
            self.left.emit(seconds)
        else:
            self._timer.stop()
            self.over.emit()
