"""A parcel brings a change to the team. Whoever carried it, only the rules take it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto.roster import Roster, parse
from app.errors import (
    NewerVersionError,
    RefusedEnvelopeError,
    RefusedRosterError,
    UntrustedKeyError,
)
from app.sync.counting import reads_from
from app.sync.effects import Effect, Grow, Quarantine, Reason, Skip, Wait
from app.sync.waiting import park

if TYPE_CHECKING:
    from app.crypto.keys import EpochSecret
    from app.sync.replica import Replica
    from app.sync.seals import Arrived, Seals

ROSTER_FORK: Final = "roster-fork"


def decide(replica: Replica, seals: Seals, item: Arrived) -> Effect:
    """Return what to do with a parcel whose signature is its sender's own."""
    roster, header = replica.roster(), item.header
    secret = replica.secret(header.epoch)
    if secret is None and header.epoch < reads_from(replica, roster):
        # A newcomer was given the team's history with its admission.
        return Skip(item.name)
    if secret is None or header.first > roster.length:
        return park(replica, item, Wait(Reason.TEAM))
    try:
        return _opened(replica, seals, item, secret)
    except NewerVersionError:
        return park(replica, item, Wait(Reason.NEWER))
    except (RefusedEnvelopeError, RefusedRosterError) as problem:
        return Quarantine(item.name, item.raw, header, problem.fault)
    except UntrustedKeyError:
        return Quarantine(item.name, item.raw, header, "key")


def _opened(replica: Replica, seals: Seals, item: Arrived, secret: EpochSecret) -> Effect:
    raw = seals.open_body(item.raw, item.header, secret)
    entry = parse(raw)
    if (entry.index, entry.previous) != (item.header.first, item.header.previous):
        raise RefusedRosterError("place")
    roster = replica.roster()
    if entry.index < roster.length and raw == replica.entry(entry.index):
        return Skip(item.name)
    before = roster
    if entry.index < roster.length:
        before = Roster()
        for place in range(entry.index):
            before = seals.take_in(before, replica.entry(place))
    if entry.previous != before.head:
        # Whoever leads has put it on top of another history than the one that is held here.
        is_fork = seals.is_signed(entry, before.members[before.lead].public)
        raise RefusedRosterError(ROSTER_FORK if is_fork else "place")
    grown = seals.take_in(before, raw)
    if before is not roster:
        raise RefusedRosterError(ROSTER_FORK)
    return Grow(item.name, item.raw, raw, grown)
