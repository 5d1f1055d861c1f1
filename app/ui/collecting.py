"""Collects garbage on the interface thread alone, in small parts, the whole of it in pauses.

Python collects on whichever thread happens to make an object. A window's widgets stand in circles
with the functions they call; were such a circle collected on a working thread, Qt would take the
widget apart there, and the process would die.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_LOOK: Final = 100  # ms
_YOUNG: Final = 5_000  # new objects before the young ones are looked through
_ROUNDS: Final = 10  # of the younger before the next older, as Python itself does
_QUIET: Final = 3.0  # seconds without a key or the mouse: nobody is kept waiting then


class Collecting(QObject):
    """Takes collecting over from Python for as long as it lives."""

    def __init__(self, application: QApplication) -> None:
        """Begin."""
        super().__init__(application)
        gc.disable()
        self.spare()
        self._last_done = time.monotonic()
        self._is_settled = False
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect what is due now."""
        young, middle, old = gc.get_count()
        is_quiet = time.monotonic() - self._last_done > _QUIET
        if is_quiet and (old >= _ROUNDS or not self._is_settled):
            gc.collect()
            if not self._is_settled:
                self.spare()  # the window itself stands until the end as well
                self._is_settled = True
        elif middle >= _ROUNDS:
            gc.collect(1)
        elif young >= _YOUNG:
            gc.collect(0)

    def spare(self) -> None:
        """Never look again through what stands by now: modules and their functions.

        They are three quarters of all there is; without them the whole takes no pause.
        """
        gc.freeze()

    def touch(self) -> None:
        """Take note that somebody is doing something."""
        self._last_done = time.monotonic()

    def stop(self) -> None:
        """Give collecting back to Python; for tests, which share a process."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
