"""Which revisions count and which can never come: pure functions of the team and what is proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.sync.codec import MOST_REVISIONS
from app.sync.items import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.crypto.envelope import Header
    from app.crypto.roster import Roster
    from app.sync.replica import Replica


def counts_up_to(roster: Roster, forks: Mapping[str, int]) -> dict[str, int]:
    """Return the devices whose revisions don't all count, and the last number that does.

    A removed device counts up to its cut; one that said two things up to the number before.
    """
    limits = {one.device: one.cut[0] for one in roster.members.values() if one.removed}
    for device, number in forks.items():
        limits[device] = min(limits.get(device, number - 1), number - 1)
    return limits


def is_here(replica: Replica, limits: Mapping[str, int], device: str, number: int) -> bool:
    """Whether a revision is held, or will never count, or can never be read by this laptop."""
    newest = replica.newest(device).number
    if min(number, limits.get(device, number)) <= newest:
        return True
    # How far an envelope goes is sealed inside it. The last one that can't be read is taken to
    # hold the number, if it may; once something later of its device is held, the number must be.
    return any(
        newest < one.first and number < one.first + MOST_REVISIONS
        for _name, one in unreadable(replica, device)
    )


def unreadable(replica: Replica, device: str) -> list[tuple[str, Header]]:
    """Return the envelopes of a device's revisions that this laptop may not read."""
    return [one for one in replica.unreadable(device) if kind_of(one[0]) is Kind.ENVELOPE]


def reads_from(replica: Replica, roster: Roster) -> int:
    """Return the first epoch this laptop was given; 0 where it is not on the roster."""
    mine = (roster.members.get(device) for device in replica.own)
    return min((one.reads_from for one in mine if one is not None), default=0)
