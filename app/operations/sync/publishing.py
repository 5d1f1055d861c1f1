"""Telling a relay who belongs to the team, so that it lets them in and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto import access
from app.crypto.access import AccessList
from app.errors import InvalidInputError
from app.sync.targets.relay import RelayTarget

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from app.operations.sync.places import Place
    from app.operations.sync.seat import Seat
    from app.sync.targets.target import Target


def publish_team(inspection: Inspection, address: str, code: str = "") -> None:
    """Give a relay the list of the team's laptops; ``code`` opens a mailbox the first time.

    Raises:
        InvalidInputError: somebody else leads, or there is no team.
        TargetError: the relay refused it.

    """
    seat = inspection.seat()
    seat.require_lead()
    if not address:
        raise InvalidInputError("Name the relay that the code is for: --relay ADDRESS")
    target = RelayTarget(address, seat.roster.inspection, seat.own)
    try:
        target.publish_devices(list_of(seat), code)
    finally:
        target.close()


def publish_if_due(inspection: Inspection, place: Place, target: Target) -> None:
    """Tell a relay of a team that has changed since it was last told. Only the lead can.

    Raises:
        TargetError: the relay refused it.

    """
    if not isinstance(target, RelayTarget):
        return
    seat = inspection.seat()
    told = f"published {place.address}"
    if not seat.leads or inspection.store.read(lambda it: it.recall(told)) == str(
        seat.roster.length
    ):
        return
    target.publish_devices(list_of(seat))
    inspection.store.write(lambda tx: tx.keep_local(told, str(seat.roster.length))).result()


def list_of(seat: Seat) -> bytes:
    """Return the list of the team's laptops, signed by this one."""
    roster = seat.roster
    listed = AccessList(
        roster.inspection,
        roster.length,
        {one.device: one.public[:32] for one in roster.active},
        roster.lead,
        roster.deputy,
    )
    return access.write(listed, seat.own)
