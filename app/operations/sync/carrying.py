"""Carries out in the store what the inbox decided. Each effect is whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.sync.replica import DELETED_BY, IS_NEW, deleted_today
from app.operations.sync.settling import settle_identity
from app.store import applying, arrivals, device, receipts, targets, team
from app.store.applying import Arrived
from app.sync import effects
from app.sync.guard import deleted_in

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from app.store.transaction import Transaction
    from app.sync.effects import Effect


def carry_out(tx: Transaction, effect: Effect, source: str, inspection: Inspection) -> None:
    """Do what was decided. ``source`` names, for people, where the item came from."""
    connection, now = tx.connection, tx.clock.now()
    match effect:
        case effects.Apply():
            _apply(tx, effect, inspection)
        case effects.Grow():
            place = effect.roster.length - 1
            team.append(connection, place, effect.entry, effect.name, effect.raw)
            arrivals.forget(connection, effect.name)
            settle_identity(tx, inspection.seats.seat(tx))
        case effects.Hear():
            receipts.keep(connection, effect.name, effect.raw, effect.receipt, now)
            arrivals.forget(connection, effect.name)
        case effects.Accuse():
            arrivals.accuse(connection, effect.device, effect.number, effect.held, effect.name)
            arrivals.keep(
                connection,
                effect.name,
                arrivals.QUARANTINED,
                "fork",
                header=effect.header,
                raw=effect.raw,
                source=source,
                at=now,
            )
            settle_identity(tx, inspection.seats.seat(tx))
        case effects.Renew():
            _renew(tx, effect.device, inspection)
        case effects.Later():
            pass
        case _:
            _put_aside(tx, effect, source)


def _apply(tx: Transaction, effect: effects.Apply, inspection: Inspection) -> None:
    connection, batch = tx.connection, effect.batch
    seat = inspection.seats.seat(tx)
    gone = deleted_in(one for one in batch.revisions if one.dot.number >= effect.new_from)
    if effect.agreed:
        tx.keep_local(DELETED_BY + batch.device, "")
    elif gone and not tx.recall(IS_NEW):
        today = tx.clock.now().date()
        count = deleted_today(tx, batch.device, today) + applying.standing(connection, gone)
        tx.keep_local(DELETED_BY + batch.device, f"{today.isoformat()} {count}")
    arrived = Arrived(
        batch.device,
        seat.roster.members[batch.device].public,
        effect.name,
        effect.raw,
        batch.first,
        effect.header.epoch,
        batch.previous,
        batch.bodies,
        batch.revisions,
        batch.hashes,
        batch.written,
    )
    applying.apply(tx, arrived, effect.new_from, gap=effect.gap)
    arrivals.forget(connection, effect.name)
    if batch.device in seat.devices and batch.device != seat.own.device_id:
        settle_identity(tx, seat)  # more of what it wrote before has come back, and counts


def _renew(tx: Transaction, known: str, inspection: Inspection) -> None:
    """Write under a new identity from now on, if it is the present one that others know more of."""
    if device.own(tx.connection)[1] != known:
        return
    device.renew(tx.connection, inspection.identity_wrap)
    targets.forget_everything(tx.connection)
    settle_identity(tx, inspection.seats.seat(tx))


def _put_aside(tx: Transaction, effect: Effect, source: str) -> None:
    connection, now = tx.connection, tx.clock.now()
    match effect:
        case effects.Park():
            wait = effect.wait
            arrivals.keep(
                connection,
                effect.name,
                arrivals.WAITING,
                wait.reason.value,
                header=effect.header,
                wait=(wait.device, wait.number),
                raw=effect.raw,
                source=source,
                at=now,
            )
        case effects.Quarantine():
            arrivals.keep(
                connection,
                effect.name,
                arrivals.QUARANTINED,
                effect.fault,
                header=effect.header,
                raw=effect.raw,
                source=source,
                at=now,
            )
        case effects.Unreadable():
            arrivals.keep(
                connection,
                effect.name,
                arrivals.UNREADABLE,
                "",
                header=effect.header,
                source=source,
                at=now,
            )
        case effects.Refuse():
            arrivals.keep(
                connection, effect.name, arrivals.REFUSED, effect.fault, source=source, at=now
            )
        case effects.Skip():
            arrivals.keep(connection, effect.name, arrivals.SKIPPED, "", source=source, at=now)
        case _:
            raise AssertionError(f"no way to carry out {type(effect).__name__}")
