"""Requests that wait for something new in a mailbox, and who wakes them.

Used by the event loop alone. How far each mailbox was called is remembered, so what is stored while
a request is on its way to wait is not missed.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Waiter:
    """One request. ``newest`` is the number it was woken with."""

    def __init__(self, after: int) -> None:
        """Wait for numbers beyond this one."""
        self.after = after
        self.newest = 0
        self.is_woken = asyncio.Event()


class Waiters:
    """All that wait in this process, by mailbox."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_mailbox: defaultdict[int, set[Waiter]] = defaultdict(set)
        self._newest: dict[int, int] = {}
        self._has_ended = False

    @contextmanager
    def entered(self, mailbox: int, after: int) -> Iterator[Waiter]:
        """Wait for a mailbox for as long as the context lasts."""
        waiter = Waiter(after)
        # What was stored since its mailbox was looked into has been called already.
        waiter.newest = self._newest.get(mailbox, 0)
        if self._has_ended or waiter.newest > after:
            waiter.is_woken.set()
        self._by_mailbox[mailbox].add(waiter)
        try:
            yield waiter
        finally:
            self._by_mailbox[mailbox].discard(waiter)
            if not self._by_mailbox[mailbox]:
                del self._by_mailbox[mailbox]

    def wake(self, newest: Mapping[int, int]) -> None:
        """Wake those who wait for what these mailboxes hold now."""
        for mailbox, number in newest.items():
            self._newest[mailbox] = number
            for waiter in self._by_mailbox.get(mailbox, ()):
                if number > waiter.after:
                    waiter.newest = number
                    waiter.is_woken.set()

    def end(self) -> None:
        """Wake everybody, now and from now on: the relay is being stopped."""
        self._has_ended = True
        for waiters in self._by_mailbox.values():
            for waiter in waiters:
                waiter.is_woken.set()

    def mailboxes(self) -> list[int]:
        """The mailboxes that somebody waits for."""
        return list(self._by_mailbox)

    def __len__(self) -> int:
        """How many wait."""
        return sum(map(len, self._by_mailbox.values()))
