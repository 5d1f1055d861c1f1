"""Which revisions count, after the team or this laptop's identity has changed.

What a laptop wrote under an earlier identity and never sealed can't reach anybody any more: after
a restore its numbers may be taken. Those words are written again under the present identity, and
the ones nobody will ever get no longer count here, so that nobody waits for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store import adopting, arrivals, counting, device, envelopes
from app.sync.counting import counts_up_to

if TYPE_CHECKING:
    from app.operations.sync.seat import Seat
    from app.store.transaction import Transaction


def settle_identity(tx: Transaction, seat: Seat) -> None:
    """Make the store count what the roster, the proven forks and this laptop's identities say.

    Doing so again changes nothing.
    """
    if not seat.is_shared:
        return
    earlier = (seat.devices - {seat.own.device_id}) | device.keyless(tx.connection)
    sealed = envelopes.sealed_up_to(tx.connection, earlier)
    limits = counts_up_to(seat.roster, arrivals.forks(tx.connection))
    for one in earlier:
        limits[one] = min(limits.get(one, sealed[one]), sealed[one])
    adopting.adopt(tx, earlier, limits)
    counting.set_counting(tx, limits)
