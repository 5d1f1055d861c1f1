"""Stops much from being deleted at a stroke before a person has looked at it.

Counted are the records standing here that one device deletes: in the envelope that arrives, in
what waits of that device, and in what it deleted here in one day, since the last time a person let
such a thing in. So cutting deletions into small envelopes helps nobody. Absence is never a
deletion; a deletion is always a revision that somebody signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.revisions import DELETED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.revisions import Revision

MOST_DELETED: Final = 20
MOST_PARTS: Final = 20  # one in so many: five in a hundred
FEWEST: Final = 5  # fewer are a person's doing, however little there is


def deleted_in(revisions: Iterable[Revision]) -> set[str]:
    """Return the records that these revisions leave deleted."""
    gone: set[str] = set()
    for one in revisions:
        if DELETED in one.fields:
            if one.fields[DELETED] is True:
                gone.add(one.record)
            else:
                gone.discard(one.record)
    return gone


def is_much(deleted: int, of: int) -> bool:
    """Whether so many deletions among so many records wait for a person."""
    return deleted > MOST_DELETED or (deleted >= FEWEST and deleted * MOST_PARTS > of)
