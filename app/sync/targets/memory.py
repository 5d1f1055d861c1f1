"""Items in memory: where tests and the simulator meet."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.crypto.primitives import random_bytes
from app.sync.items import Item, Kind, is_whole, kind_of
from app.sync.targets.target import Listing, require_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Memory:
    """What lies there, shared by every target opened on it.

    ``items`` may be changed by a test that wants them altered. ``order`` holds every name that was
    ever put there; a cursor counts them, under the era.
    """

    def __init__(self) -> None:
        """Hold nothing."""
        self.items: dict[str, bytes] = {}
        self.order: list[str] = []
        self.era = random_bytes(8).hex()
        self.happened = threading.Condition()


class MemoryTarget:
    """A target over a ``Memory``."""

    def __init__(self, memory: Memory) -> None:
        """Use what lies there."""
        self._memory = memory
        self._is_closed = False

    def list(self, after: str = "") -> Listing:
        """Return what lies there, or what came after a cursor."""
        with self._memory.happened:
            start = self._start(after)
            order = self._memory.order
            held = self._memory.items
            # One that was taken away and came again stands there twice.
            names = [one for one in dict.fromkeys(order[start:]) if one in held]
            items = tuple(Item(one, len(held[one])) for one in names)
            return Listing(items, f"{self._memory.era} {len(order)}", is_whole=start == 0)

    def get(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those that are there and whole."""
        for name in names:
            content = self._memory.items.get(name)
            if content is not None and is_whole(name, content):
                yield name, content

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Put items down."""
        for name, content in items:
            require_whole(name, content)
            with self._memory.happened:
                if name not in self._memory.items:
                    self._memory.order.append(name)
                self._memory.items[name] = content
                self._memory.happened.notify_all()

    def withdraw(self, names: Sequence[str]) -> None:
        """Take away receipts."""
        with self._memory.happened:
            for name in names:
                if kind_of(name) is Kind.RECEIPT:
                    self._memory.items.pop(name, None)

    def wait(self, cursor: str, seconds: float) -> bool:
        """Wait until something was put down after a cursor."""
        with self._memory.happened:
            return (
                self._memory.happened.wait_for(
                    lambda: self._is_closed or self._is_news(cursor), seconds
                )
                and not self._is_closed
            )

    def close(self) -> None:
        """End a wait."""
        with self._memory.happened:
            self._is_closed = True
            self._memory.happened.notify_all()

    def _start(self, cursor: str) -> int:
        era, _, place = cursor.partition(" ")
        is_known = era == self._memory.era and place.isdigit()
        return int(place) if is_known and int(place) <= len(self._memory.order) else 0

    def _is_news(self, cursor: str) -> bool:
        is_other = cursor not in {"", f"{self._memory.era} 0"} and not self._start(cursor)
        return is_other or self._start(cursor) < len(self._memory.order)
