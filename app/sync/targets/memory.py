"""Items in memory: where tests and the simulator meet."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.sync.items import Item
from app.sync.targets.target import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Memory:
    """What lies there, shared by every target opened on it."""

    def __init__(self) -> None:
        """Hold nothing."""
        self.items: dict[str, bytes] = {}
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
            names = [*self._memory.items]
            known = after.isdigit() and int(after) <= len(names)
            start = int(after) if known else 0
            items = tuple(Item(one, len(self._memory.items[one])) for one in names[start:])
            return Listing(items, str(len(names)), is_whole=start == 0)

    def get(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those that are there."""
        for name in names:
            content = self._memory.items.get(name)
            if content is not None:
                yield name, content

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Put items down."""
        for name, content in items:
            with self._memory.happened:
                self._memory.items.setdefault(name, content)
                self._memory.happened.notify_all()

    def withdraw(self, names: Sequence[str]) -> None:
        """Do nothing: cursors count what ever lay there."""

    def wait(self, cursor: str, seconds: float) -> bool:
        """Wait until something was put down after a cursor."""
        with self._memory.happened:
            return (
                self._memory.happened.wait_for(
                    lambda: self._is_closed or str(len(self._memory.items)) != cursor, seconds
                )
                and not self._is_closed
            )

    def close(self) -> None:
        """End a wait."""
        with self._memory.happened:
            self._is_closed = True
            self._memory.happened.notify_all()
