"""Adding an entry that was written here to the roster, sealed for the others on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto import lead
from app.crypto.roster_rules import take_in
from app.operations.sync.settling import settle_identity
from app.store import team
from app.sync.items import Kind, name_of

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from app.store.transaction import Transaction


def grow(tx: Transaction, inspection: Inspection, entry: bytes) -> None:
    """Take an entry of this laptop in, by the rules that everybody keeps to.

    Raises:
        RefusedRosterError: the others would refuse it.

    """
    seat = inspection.seats.seat(tx)
    take_in(seat.roster, entry)
    if seat.roster.length == 0:
        team.append(tx.connection, 0, entry)  # the others get it with their admission
    else:
        secret = seat.secrets[seat.roster.epoch]
        parcel = lead.parcel(entry, seat.roster, secret, seat.own)
        team.append(tx.connection, seat.roster.length, entry, name_of(parcel, Kind.ROSTER), parcel)
    settle_identity(tx, inspection.seats.seat(tx))
