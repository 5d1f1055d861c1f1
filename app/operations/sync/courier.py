"""Hands over and fetches in the background, for as long as an inspection is open.

Each target has a line of its own, so a relay that is slow keeps no stick waiting.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.operations.sync.exchange import exchange
from app.operations.sync.line import Line, LineState
from app.operations.sync.places import open_target, places

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.changes import Changes
    from app.operations.inspection import Inspection
    from app.operations.sync.exchange import Exchange
    from app.operations.sync.places import Place
    from app.sync.targets.target import Target


@dataclass(frozen=True, slots=True)
class PlaceState:
    """A place where this laptop hands over, and how it goes there."""

    place: Place
    state: LineState


class Courier:
    """The lines of one open inspection."""

    def __init__(
        self,
        inspection: Inspection,
        on_changes: Callable[[Changes], None] = lambda _changes: None,
        on_states: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare. Both are called on the lines' threads and must return at once."""
        self._inspection = inspection
        self._on_changes, self._on_states = on_changes, on_states
        self._guard = threading.Lock()
        self._lines: dict[int, tuple[Place, Line]] = {}
        self._is_closed = False

    def start(self) -> None:
        """Begin with every place that is known, and end with those that no longer are."""
        known = {one.key: one for one in self._inspection.ask(places)}
        begun: list[Line] = []
        ended: list[Line] = []
        with self._guard:
            if self._is_closed:
                return
            for key, (place, line) in list(self._lines.items()):
                if known.get(key) != place:
                    ended.append(line)
                    del self._lines[key]
            for key, place in known.items():
                if key not in self._lines and place.is_on:
                    line = self._line(place)
                    self._lines[key] = place, line
                    begun.append(line)
        for line in ended:
            line.close()
        for line in begun:
            line.start()
        self._on_states()

    def changed(self) -> None:
        """Something was written here: it leaves at once, but not more often than it may."""
        for _place, line in self._every():
            line.changed()

    def ask(self) -> None:
        """A person, or a network that came back, wants every place tried now."""
        for _place, line in self._every():
            line.ask()

    @property
    def states(self) -> list[PlaceState]:
        """How it goes at every place, in the order they were added."""
        return [PlaceState(place, line.state) for place, line in self._every()]

    def close(self) -> None:
        """End all lines. Closing twice does nothing."""
        with self._guard:
            self._is_closed = True
            lines = [line for _place, line in self._lines.values()]
            self._lines.clear()
        for line in lines:
            line.stop()
        for line in lines:
            line.close()

    def _every(self) -> list[tuple[Place, Line]]:
        with self._guard:
            return [self._lines[key] for key in sorted(self._lines)]

    def _line(self, place: Place) -> Line:
        def run(target: Target, is_halted: Callable[[], bool]) -> Exchange:
            done = exchange(self._inspection, place, target, is_halted)
            if done.taken.changes.records:
                self._on_changes(done.taken.changes)
            if done.taken.applied or done.taken.grew:
                # What came from one place is handed on to the others.
                for other, line in self._every():
                    if other.key != place.key:
                        line.changed()
            return done

        return Line(
            lambda: open_target(self._inspection, place),
            run,
            self._inspection.clock,
            self._on_states,
        )
