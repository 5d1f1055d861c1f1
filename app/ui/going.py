"""Long work seen from both sides: it tells how far it is, and asks whether it is to stop."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Signal

from app.errors import StoppedError


class Going(QObject):
    """One piece of long work. Its methods may be called from any thread."""

    moved = Signal(str, int, int)  # the part under way, how many are done, of how many

    def __init__(self, owner: QObject) -> None:
        """Begin."""
        super().__init__(owner)
        self._stop = Event()

    def stop(self) -> None:
        """Ask the work to stop where it can."""
        self._stop.set()

    def stopped(self) -> bool:
        """Whether it is to stop."""
        return self._stop.is_set()

    def tell(self, done: int, total: int) -> None:
        """Tell how far it is.

        Raises:
            StoppedError: it is to stop; whoever calls this undoes what it had begun.

        """
        self.tell_part("", done, total)

    def tell_part(self, part: str, done: int, total: int) -> None:
        """Tell which part comes next; raises as ``tell`` does."""
        self.moved.emit(part, done, total)
        if self._stop.is_set() and done < total:
            raise StoppedError("It was stopped. Nothing was changed.")
