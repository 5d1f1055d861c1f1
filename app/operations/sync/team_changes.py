"""What the lead does to the team after it has begun, and what the deputy does without the lead.

Each is an entry of the roster, which every member sees and checks; nothing is ever taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto import lead
from app.crypto.roster_rules import agree as agreement_of
from app.errors import InvalidInputError
from app.operations.sync.growing import grow
from app.store import envelopes

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.operations.inspection import Inspection
    from app.operations.sync.seat import Seat
    from app.store.transaction import Transaction


def remove(inspection: Inspection, device: str, reason: str) -> None:
    """Take a laptop off the team. What is held of it here counts; what comes later doesn't.

    Raises:
        InvalidInputError: somebody else leads, or it is the lead's own laptop.
        RefusedRosterError: it is not on the team.

    """

    def entry(tx: Transaction, seat: Seat) -> bytes:
        if device == seat.own.device_id:
            raise InvalidInputError(
                "The lead’s own laptop can’t be removed by itself. The deputy takes over instead: "
                "siteweek agree, then siteweek succeed"
            )
        return lead.remove(seat.roster, seat.own, device, _cut(tx, device), reason)

    _change(inspection, entry)


def change_role(inspection: Inspection, device: str, role: str) -> None:
    """Give a laptop another role.

    Raises:
        InvalidInputError: somebody else leads, or the role can't be taken away like this.
        RefusedRosterError: it is not on the team, or there is a deputy already.

    """
    _change(inspection, lambda _tx, seat: lead.change_role(seat.roster, seat.own, device, role))


def rotate(inspection: Inspection, reason: str) -> None:
    """Give the team a new secret for all that is written from now on.

    Raises:
        InvalidInputError: somebody else leads.

    """
    _change(inspection, lambda _tx, seat: lead.rotate(seat.roster, seat.own, reason))


def close_team(inspection: Inspection, reason: str) -> None:
    """End exchanging for good: nothing that is written later is taken in by anybody.

    Raises:
        InvalidInputError: somebody else leads.

    """
    _change(inspection, lambda _tx, seat: lead.close(seat.roster, seat.own, reason))


def agree(inspection: Inspection) -> tuple[str, bytes]:
    """Return the deputy's name, and this member's agreement that the deputy takes over now.

    Raises:
        InvalidInputError: there is no deputy, or this laptop is the deputy's or the lead's.

    """
    seat = inspection.seat()
    roster = seat.roster
    member = seat.member
    if member is None or not roster.deputy or member.device in {roster.deputy, roster.lead}:
        raise InvalidInputError(
            "Another member than the lead and the deputy agrees, and there has to be a deputy. "
            "Nothing was changed."
        )
    deputy = roster.members[roster.deputy].person
    agreed = agreement_of(roster, roster.deputy, seat.own)
    return deputy, lead.write_agreement(roster, member.device, agreed)


def succeed(inspection: Inspection, agreement: bytes) -> None:
    """Take over as the deputy. The laptop that led is off the team from then on.

    Raises:
        InvalidInputError: this laptop isn't the deputy's, or the agreement is for another moment.
        RefusedRosterError: nobody on the team has agreed so.

    """

    def work(tx: Transaction) -> None:
        seat = inspection.seats.seat(tx)
        if not seat.is_shared or seat.own.device_id != seat.roster.deputy:
            raise InvalidInputError("Only the deputy takes over. Nothing was changed.")
        witness, signature = lead.read_agreement(seat.roster, agreement)
        cut = _cut(tx, seat.roster.lead)
        grow(tx, inspection, lead.succeed(seat.roster, seat.own, cut, witness, signature))

    inspection.store.write(work).result()


def _change(inspection: Inspection, entry: Callable[[Transaction, Seat], bytes]) -> None:
    def work(tx: Transaction) -> None:
        seat = inspection.seats.seat(tx)
        seat.require_lead()
        grow(tx, inspection, entry(tx, seat))

    inspection.store.write(work).result()


def _cut(tx: Transaction, device: str) -> tuple[int, bytes] | None:
    head = envelopes.heads(tx.connection).get(device)
    return None if head is None else (head.number, head.hash)
