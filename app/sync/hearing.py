"""What other laptops say they hold: receipts, of each device the one that goes furthest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.crypto.primitives import sha256
from app.crypto.receipts import Receipt, read
from app.errors import NewerVersionError, RefusedEnvelopeError
from app.sync.counting import reads_from
from app.sync.effects import Effect, Hear, Quarantine, Reason, Renew, Skip, Wait
from app.sync.waiting import park

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.crypto.keys import EpochSecret
    from app.crypto.roster import Member
    from app.sync.replica import Replica
    from app.sync.seals import Arrived, Seals


class Odds(NamedTuple):
    """Where a receipt tells of another history than the one held here."""

    devices: tuple[str, ...]
    team: bool


def decide(replica: Replica, seals: Seals, item: Arrived, member: Member) -> Iterator[Effect]:
    """Yield what to do with a receipt whose signature is its device's own."""
    header = item.header
    secret = replica.secret(header.epoch)
    is_before = secret is None and header.epoch < reads_from(replica, replica.roster())
    if member.removed or is_before or header.first <= replica.progress(header.device):
        yield Skip(item.name)
        return
    if secret is None:
        yield park(replica, item, Wait(Reason.TEAM))
        return
    try:
        receipt = _opened(seals, item, secret)
    except NewerVersionError:
        yield park(replica, item, Wait(Reason.NEWER))
        return
    except RefusedEnvelopeError as problem:
        yield Quarantine(item.name, item.raw, header, problem.fault)
        return
    # First what concerns this laptop: once the receipt is kept, nobody looks at it again.
    number = receipt.vector.get(replica.present, 0)
    if number > replica.newest(replica.present).number:
        yield Renew(replica.present, number)
    yield Hear(item.name, item.raw, receipt)


def _opened(seals: Seals, item: Arrived, secret: EpochSecret) -> Receipt:
    header = item.header
    receipt = read(seals.open_body(item.raw, header, secret), header.device)
    if (receipt.progress, receipt.roster[1]) != (header.first, header.previous):
        raise RefusedEnvelopeError("receipt")
    return receipt


def at_odds(replica: Replica, receipt: Receipt) -> Odds:
    """Return the devices of which a receipt names another revision than is held, and the team.

    Nobody's words are proof against somebody else, so nothing is cut off by it: it is shown, and
    the envelopes themselves, once they are here, prove it.
    """
    devices = tuple(
        device
        for device, (number, digest) in sorted(receipt.heads.items())
        if replica.hash_at(device, number) not in {digest, None}
    )
    length, head = receipt.roster
    known = length <= replica.roster().length
    return Odds(devices, known and sha256(replica.entry(length - 1)) != head)
