"""Hands over and fetches while an inspection is open, and tells the window on its own thread."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.operations.sync.courier import Courier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.changes import Changes
    from app.operations.sync.courier import PlaceState
    from app.ui.session import Session


class HandingOver(QObject):
    """One courier for one open inspection. What it brings goes to the change bus."""

    moved = Signal()  # how it goes at some place has changed
    _arrived = Signal(object)
    _stirred = Signal()

    def __init__(self, owner: QObject, session: Session) -> None:
        """Begin at every place that is known."""
        super().__init__(owner)
        self._session = session
        self.is_closed = False
        self._is_telling = False
        # Queued, as the courier's threads emit them.
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._stirred.connect(self._on_stirred, Qt.ConnectionType.QueuedConnection)
        self._courier = Courier(session.inspection, self._arrive, self._stir)
        session.inspection.exchange_with(self._courier)
        session.bus.changed.connect(self._on_changed)
        self.begin_anew()

    @property
    def states(self) -> list[PlaceState]:
        """How it goes at every place."""
        return self._courier.states

    def begin_anew(self) -> None:
        """Take up places that were added, and leave those that were forgotten."""
        self._session.runner.run(self, self._courier.start)

    def ask(self) -> None:
        """Try every place now."""
        self._courier.ask()

    def close_quietly(self) -> None:
        """Want no more news. The inspection ends the courier when it closes."""
        if not self.is_closed:
            self.is_closed = True
            self._session.bus.changed.disconnect(self._on_changed)

    def _arrive(self, changes: Changes) -> None:
        with suppress(RuntimeError):  # the window may have gone while a line was still at it
            self._arrived.emit(changes)

    def _stir(self) -> None:
        with suppress(RuntimeError):  # as above
            self._stirred.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.records and not self._is_telling:
            self._courier.changed()

    def _on_arrived(self, changes: Changes) -> None:
        if self.is_closed:
            return
        self._is_telling = True
        try:
            self._session.bus.changed.emit(changes)
        finally:
            self._is_telling = False
        self.moved.emit()

    def _on_stirred(self) -> None:
        if not self.is_closed:
            self.moved.emit()


def status_sentence(places: Iterable[PlaceState]) -> str:
    """Return what the status line says of handing over: the latest that is true everywhere."""
    listed = [one for one in places if one.place.is_on]
    if not listed:
        return "on this laptop alone"
    if any(one.state.is_busy for one in listed):
        return "exchanging …"
    problems = [one for one in listed if one.state.problem]
    if len(problems) == len(listed):
        next_try = min((one.state.next_try for one in problems if one.state.next_try), default=None)
        again = f", next try {next_try.astimezone():%H:%M:%S}" if next_try else ""
        return f"not handed over: {problems[0].place.name} is out of reach{again}"
    latest = max((one.state.last_good for one in listed if one.state.last_good), default=None)
    return f"handed over {latest.astimezone():%H:%M:%S}" if latest else "not handed over yet"
