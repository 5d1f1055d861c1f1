"""Requests that wait for something new in a mailbox, and who wakes them.

Used by the event loop alone. A waiter says up to which number it has read before the mailbox is
looked into, so nothing that is stored in between can be missed.
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
        self._has_ended = False

    @contextmanager
    def entered(self, mailbox: int, after: int) -> Iterator[Waiter]:
        """Wait for a mailbox for as long as the context lasts."""
        waiter = Waiter(after)
        if self._has_ended:
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
