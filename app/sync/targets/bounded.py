"""A socket on which nothing goes on for ever, whatever is at the other end.

A limit for each read would not do: a byte a second keeps to it. So what is sent and received is
counted against the time spent waiting for it, headers and endless preludes included.
"""

from __future__ import annotations

import io
import socket
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.errors import StrangeTargetError, UnreachableTargetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import ReadableBuffer, WriteableBuffer

_PART: Final = 64 * 1024
_KIBIBYTE: Final = 1024

SLOW: Final = (
    "The relay answers too slowly to go on. What came whole is kept, and so is everything on this "
    "laptop. It is tried again by itself."
)
TOO_MUCH: Final = (
    "The relay can’t be used now: its answer is larger than any relay’s. Everything on this laptop "
    "is kept. It is tried again by itself."
)
ENDED: Final = "The exchange was ended. What was exchanged before is kept, here and there."


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a relay may take.

    A request may take ``patience`` seconds, and longer only as long as bytes move at
    ``least_speed``; between two bytes ``quiet`` seconds, and ``longest`` in all. Time that is
    spent on what arrived doesn't count.
    """

    connect: float = 10.0
    patience: float = 45.0
    quiet: float = 25.0
    longest: float = 15 * 60.0
    least_speed: float = 8 * _KIBIBYTE


class Allowance:
    """What one call may still take: seconds of waiting in all, and bytes of each answer."""

    def __init__(self, limits: Limits, most_bytes: int, held_back: float = 0.0) -> None:
        """Begin. ``held_back`` is how long the answer may be held back on purpose."""
        self._limits, self._held_back = limits, held_back
        self._most_bytes = most_bytes
        self._received = self._moved = 0
        self._spent = 0.0

    def next_answer(self) -> None:
        """Count the bytes of another answer, in the same time."""
        self._received = 0

    def seconds(self) -> float:
        """Return how long the next read or write may wait.

        Raises:
            UnreachableTargetError: no longer at all.

        """
        limits = self._limits
        earned = limits.patience + self._held_back + self._moved / limits.least_speed
        left = min(earned, limits.longest + self._held_back) - self._spent
        if left <= 0:
            raise UnreachableTargetError(SLOW)
        return min(left, limits.quiet + self._held_back)

    def waited(self, seconds: float) -> None:
        """Count time that was spent waiting."""
        self._spent += seconds

    def sent(self, size: int) -> None:
        """Count bytes that were sent."""
        self._moved += size

    def received(self, size: int) -> None:
        """Count bytes that were received.

        Raises:
            StrangeTargetError: there are too many.

        """
        self._moved += size
        self._received += size
        if self._received > self._most_bytes:
            raise StrangeTargetError(TOO_MUCH)


class BoundedSocket:
    """Stands in for a connected socket, as far as an HTTP connection uses one."""

    def __init__(self, inner: socket.socket, allowance: Allowance) -> None:
        """Bound a socket, plain or with TLS."""
        self._inner = inner
        self.allowance = allowance

    def settimeout(self, seconds: float | None) -> None:
        """Leave it as it is: the allowance says how long."""

    def sendall(self, content: ReadableBuffer) -> None:
        """Send all of it, in parts, so that a slow line has time for each."""
        view = memoryview(content).cast("B")
        for start in range(0, len(view), _PART):
            part = view[start : start + _PART]
            with self._timed():
                self._inner.sendall(part)
            self.allowance.sent(len(part))

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what is read from, which is bytes."""
        return io.BufferedReader(_Incoming(self, self._inner.makefile("rb", buffering=0)), _PART)

    def read_into(self, source: io.RawIOBase, room: WriteableBuffer) -> int:
        """Read what has come, waiting for it as long as is allowed."""
        with self._timed():
            count = source.readinto(room) or 0
        self.allowance.received(count)
        return count

    def end(self) -> None:
        """End it from another thread: a read or write that waits returns at once."""
        cut(self._inner)

    def close(self) -> None:
        """Close it, once what is read from it is closed as well."""
        self._inner.close()

    def fileno(self) -> int:
        """Return its number, to ask the system whether it is still open."""
        return self._inner.fileno()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        self._inner.settimeout(self.allowance.seconds())
        start = time.monotonic()
        try:
            yield
        finally:
            self.allowance.waited(time.monotonic() - start)


class _Incoming(io.RawIOBase):
    """What comes in, counted. Closing it is counted by the socket as usual."""

    def __init__(self, owner: BoundedSocket, source: io.RawIOBase) -> None:
        self._owner, self._source = owner, source

    def readable(self) -> bool:
        return True

    def readinto(self, room: WriteableBuffer) -> int:
        return self._owner.read_into(self._source, room)

    def close(self) -> None:
        self._source.close()
        super().close()


def cut(line: object) -> None:
    """End a connection under another thread, which still has to close it."""
    if isinstance(line, BoundedSocket):
        line.end()
    elif isinstance(line, socket.socket):
        with suppress(OSError):
            # A TLS socket's own shutdown would let a later read take sealed bytes for plain ones.
            socket.socket.shutdown(line, socket.SHUT_RDWR)
