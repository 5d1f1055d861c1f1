"""Which revisions of whom count: a pure function of the team and of what is proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.crypto.roster import Roster


def counts_up_to(roster: Roster, forks: Mapping[str, int]) -> dict[str, int]:
    """Return the devices whose revisions don't all count, and the last number that does.

    A removed device counts up to its cut; one that said two things up to the number before.
    """
    limits = {one.device: one.cut[0] for one in roster.members.values() if one.removed}
    for device, number in forks.items():
        limits[device] = min(limits.get(device, number - 1), number - 1)
    return limits
