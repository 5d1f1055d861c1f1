"""What waits, found by what it waits for, so that a long queue is gone through once.

Kept up to date with the effects of one run of the inbox; between runs the replica keeps it.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

from app.sync.effects import (
    Accuse,
    Apply,
    Effect,
    Grow,
    Later,
    Park,
    Reason,
    Renew,
    Unreadable,
    Wait,
)
from app.sync.items import Kind, kind_of
from app.sync.replica import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.sync.replica import Replica
    from app.sync.seals import Arrived

MOST_ITEMS: Final = 10_000  # waiting, of one device or of all that nobody knows
MOST_BYTES: Final = 64 * 1024 * 1024
_OPENED: Final = frozenset({Reason.EARLIER, Reason.SEEN, Reason.PERSON})


def park(replica: Replica, item: Arrived, wait: Wait) -> Park | Later:
    """Put an item aside, where its device has not filled its share of the room already."""
    if not item.waited:
        load = replica.load(item.header.device)
        if load.items >= MOST_ITEMS or load.size + len(item.raw) > MOST_BYTES:
            return Later(item.name)
    return Park(item.name, item.raw, item.header, wait)


class Queue:
    """All that waits, in the order it came."""

    def __init__(self, rows: Iterable[Waiting]) -> None:
        """Begin with what the replica says."""
        self._rows: dict[str, Waiting] = {}
        self._turns: dict[str, int] = {}
        self._by_device: dict[str, list[tuple[int, int, str]]] = {}
        for row in rows:
            self._put(row)

    def find(self, name: str) -> Waiting | None:
        """Return what waits under a name."""
        return self._rows.get(name)

    def follow(self, effect: Effect) -> None:
        """Note what an effect did to what waits."""
        if isinstance(effect, Park):
            row = Waiting(effect.name, effect.header, effect.wait, len(effect.raw))
            self._put(row)
        elif not isinstance(effect, (Renew, Later)):
            self._rows.pop(effect.name, None)

    def touched_by(self, effect: Effect) -> list[Waiting]:
        """Return what an effect may have let go, oldest first."""
        if isinstance(effect, (Grow, Accuse)):
            return list(self._rows.values())
        if isinstance(effect, Apply):
            return self._in_turn(self._up_to(effect.header.device, effect.batch.last))
        if isinstance(effect, Unreadable):
            listed = self._by_device.get(effect.header.device, [])
            return self._in_turn({name for _number, _turn, name in listed if name in self._rows})
        return []

    def of(self, device: str) -> list[str]:
        """Return the envelopes of a device's revisions that wait, and were opened."""
        return [
            name
            for name, row in self._rows.items()
            if row.header.device == device
            and row.wait.reason in _OPENED
            and kind_of(name) is Kind.ENVELOPE
        ]

    def _up_to(self, device: str, number: int) -> set[str]:
        heap = self._by_device.get(device, [])
        found: set[str] = set()
        while heap and heap[0][0] <= number:
            waited_for, _turn, name = heapq.heappop(heap)
            row = self._rows.get(name)
            if row is not None and (row.wait.device, row.wait.number) == (device, waited_for):
                found.add(name)
        return found

    def _in_turn(self, names: Iterable[str]) -> list[Waiting]:
        return [self._rows[name] for name in sorted(names, key=self._turns.__getitem__)]

    def _put(self, row: Waiting) -> None:
        self._rows[row.name] = row
        turn = self._turns.setdefault(row.name, len(self._turns))
        if row.wait.device:
            heap = self._by_device.setdefault(row.wait.device, [])
            heapq.heappush(heap, (row.wait.number, turn, row.name))
