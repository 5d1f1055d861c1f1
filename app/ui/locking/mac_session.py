"""macOS: whether the screen is locked or another user is in front, asked every second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from app.ui.locking.mac import IS_IN_FRONT, IS_LOCKED, session_in_front
from app.ui.locking.source import LockSource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

_LOOKS_EVERY: Final = 1_000  # ms


def is_away(session: Mapping[str, bool]) -> bool:
    """Whether nobody sees this session, by what it says of itself."""
    return not session or session.get(IS_LOCKED, False) or not session.get(IS_IN_FRONT, True)


class MacSession(LockSource):
    """Asks for a lock once each time the session is left."""

    def __init__(
        self, owner: QObject, ask: Callable[[], Mapping[str, bool]] = session_in_front
    ) -> None:
        """Look from now on."""
        super().__init__(owner)
        self._ask = ask
        self._was_away = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask for a lock if the session was left since the last look."""
        away = is_away(self._ask())
        if away and not self._was_away:
            self.lock_requested.emit()
        self._was_away = away
