"""Sealing what was written here for the others, and saying what is held here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app import VERSION
from app.crypto.envelope import Form, Header, seal
from app.crypto.receipts import Receipt
from app.operations.sync.settling import settle_identity
from app.store import device, envelopes, receipts
from app.sync.codec import Batch, pack
from app.sync.items import Kind, name_of

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from app.operations.sync.seat import Seat
    from app.store.transaction import Transaction

_MOST_IN_ONE_TURN: Final = 200  # envelopes; a first handing over of years takes several turns


def seal_own(inspection: Inspection, *, receipt: bool = False) -> int:
    """Seal every revision of this laptop that lies in no envelope yet; return how many envelopes.

    Drafts are no revisions; whoever types leaves one behind at each pause. With ``receipt`` what
    is held here is signed too, when it is more than was signed before.

    Raises:
        StoreError: the store refused; what was sealed before is kept.

    """
    count = 0
    while inspection.store.write(lambda tx: _seal_next(tx, inspection.seats.seat(tx))).result():
        count += 1
    if receipt:
        inspection.store.write(lambda tx: _sign_held(tx, inspection.seats.seat(tx))).result()
    return count


def _seal_next(tx: Transaction, seat: Seat) -> bool:
    member = seat.member
    if member is None or not seat.may_write or seat.roster.is_closed:
        return False
    if len(seat.identities) > 1 or device.keyless(tx.connection):
        # After a restore: nobody must wait for what was never handed on under the old identity.
        settle_identity(tx, seat)
    unsealed = envelopes.unsealed(tx.connection)
    if unsealed is None:
        return False
    own = seat.own
    batch = Batch(own.device_id, unsealed.first, unsealed.previous, tuple(unsealed.bodies), VERSION)
    header = Header(
        seat.roster.inspection,
        seat.roster.epoch,
        own.device_id,
        unsealed.first,
        unsealed.previous_envelope,
    )
    raw = seal(header, pack(batch), seat.secrets[seat.roster.epoch], own)
    envelopes.keep_own(
        tx.connection, name_of(raw, Kind.ENVELOPE), raw, batch.first, batch.last, header.epoch
    )
    return True


def _sign_held(tx: Transaction, seat: Seat) -> bool:
    if seat.member is None:
        return False
    own = seat.own
    heads = {
        one: (head.number, head.hash)
        for one, head in envelopes.heads(tx.connection).items()
        if one in seat.roster.members
    }
    held = Receipt(own.device_id, heads, (seat.roster.length, seat.roster.head))
    if held.progress <= receipts.progress(tx.connection, own.device_id):
        return False
    epoch = seat.roster.epoch
    header = Header(
        seat.roster.inspection, epoch, own.device_id, held.progress, seat.roster.head, Form.RECEIPT
    )
    raw = seal(header, held.body(), seat.secrets[epoch], own)
    receipts.keep(tx.connection, name_of(raw, Kind.RECEIPT), raw, held, tx.clock.now())
    return True
