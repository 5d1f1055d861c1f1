"""What every target can do. None of them is trusted: not with words, and not to keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from app.sync.items import is_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.sync.items import Item


class Listing(NamedTuple):
    """What lies at a target.

    ``cursor`` is where to go on from. ``is_whole`` tells that these are all there are; otherwise
    they are what came after the cursor that was given.
    """

    items: tuple[Item, ...]
    cursor: str
    is_whole: bool


class Target(Protocol):
    """One place, for one inspection. Used by one thread, except for ``close``.

    Every call is bounded in time and size, whatever is at the other end. Every call raises

    Raises:
        UnreachableTargetError: it is not there, or did not answer in time.
        RefusedByTargetError: it answered no.
        FullTargetError: it has no room; what was put before is there.
        StrangeTargetError: what answered does not keep to the rules.

    """

    def list(self, after: str = "") -> Listing:
        """Return what lies there, or only what is new after a cursor it gave out before.

        A cursor it no longer knows (it was set up anew, or put back to an older state) is answered
        with the whole list. Names that are no item's are left out.
        """
        ...

    def get(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those of the named items that are there and whole, in any order.

        What is missing, cut or not what its name says is left out: it is asked for again later.
        """
        ...

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Put items down. They lie there, durably, when this returns; any held already are fine."""
        ...

    def withdraw(self, names: Sequence[str]) -> None:
        """Take away receipts that this laptop itself put there and has replaced by newer ones.

        A target that does so by itself does nothing here. Nothing else is ever taken away.
        """
        ...

    def wait(self, cursor: str, seconds: float) -> bool:
        """Wait until there may be something new after a cursor; return whether there may be."""
        ...

    def close(self) -> None:
        """End. Any thread may call it, and a call that waits ends soon after."""
        ...


def require_whole(name: str, content: bytes) -> None:
    """Do nothing when these bytes are what the name says: nothing else is ever put down.

    Raises:
        ValueError: they are not.

    """
    if not is_whole(name, content):
        raise ValueError("only a whole item, under its own name, is put down")
