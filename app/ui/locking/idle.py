"""Locks when nobody has touched a key or the mouse for some minutes, or the lock key is pressed.

Two clocks count. The one that nobody can set may stand still while the laptop sleeps; the one on
the wall may be set back. Whichever reaches the limit first locks.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent

from app.operations.lock_minutes import USUAL_MINUTES
from app.ui.commands import command
from app.ui.locking.source import LockSource

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtWidgets import QApplication

    from app.clock import Clock

_LOOKS_EVERY: Final = 1_000  # ms
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class Deadline:
    """When it is time to lock, unless something is touched before."""

    def __init__(self, clock: Clock, minutes: int = USUAL_MINUTES) -> None:
        """Begin now."""
        self._clock = clock
        self.minutes = minutes
        self.touch()

    def touch(self) -> None:
        """Begin again from now."""
        self._wall, self._up = self._clock.now(), self._clock.monotonic()

    @property
    def is_reached(self) -> bool:
        """Whether either clock says that it is time."""
        wall = self._clock.now() - self._wall
        up = timedelta(seconds=self._clock.monotonic() - self._up)
        return max(wall, up) >= timedelta(minutes=self.minutes)


class Idle(LockSource):
    """Watches every key and move in the app; works while a dialog is open, as no menu key does."""

    touched = Signal()

    def __init__(self, application: QApplication, clock: Clock) -> None:
        """Watch from now on."""
        super().__init__(application)
        self._deadline = Deadline(clock)
        self._pointer: QPointF | None = None
        self._key = QKeySequence(command("lock").key)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        application.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes from now on."""
        self._deadline.minutes = minutes

    def look(self) -> None:
        """Ask for a lock if it is time; and again only after as long."""
        if self._deadline.is_reached:
            self._deadline.touch()
            self.lock_requested.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take note of what a person did; hold back nothing but the lock key."""
        kind = event.type()
        if kind not in _TOUCHES or not event.spontaneous():
            return False
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            # A window that appears under a resting pointer is told of a move too.
            place = event.globalPosition()
            if place == self._pointer:
                return False
            self._pointer = place
        # A key pressed after the time is up must not open what should have been locked.
        self.look()
        self._deadline.touch()
        self.touched.emit()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._is_lock_key(event)
        return False

    def _is_lock_key(self, event: QKeyEvent) -> bool:
        if QKeySequence(event.keyCombination()) != self._key:
            return False
        self.lock_requested.emit()
        return True
