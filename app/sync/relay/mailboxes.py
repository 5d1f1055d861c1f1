"""Mailboxes: opened by the relay's admin, taken by an inspection's lead, closed by the admin.

The relay knows an inspection by a hash, its laptops by their ids and public keys, and nobody by
name. What stands on a mailbox's list was signed by the lead.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update

from app.crypto.access import AccessList
from app.crypto.primitives import random_bytes, sha256
from app.crypto.recovery_text import ALPHABET
from app.sync.relay.tables import DEVICES, ITEMS, MAILBOXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

_CODE_LETTERS: Final = 26
_REFERENCE_LETTERS: Final = 8
_ERA_BYTES: Final = 16
TOLD_DAYS: Final = 30  # for so long, those who were members are told that a mailbox was closed

# Statements that every request needs are put together once: that takes longer than to ask them.
_MEMBER: Final = (
    select(
        MAILBOXES.c.id,
        DEVICES.c.device,
        DEVICES.c.public,
        MAILBOXES.c.era,
        MAILBOXES.c.newest,
        MAILBOXES.c.closed.is_not(None),
    )
    .join(DEVICES, DEVICES.c.mailbox == MAILBOXES.c.id)
    .where(
        MAILBOXES.c.inspection == bindparam("inspection"), DEVICES.c.device == bindparam("device")
    )
)


class Standing(NamedTuple):
    """A mailbox as its admin sees it. Days are counted from 1970."""

    reference: str
    opened: int
    closed: int | None
    is_taken: bool
    devices: int
    items: int
    bytes: int


class Member(NamedTuple):
    """A device that may use a mailbox, and how the mailbox stands."""

    mailbox: int
    device: str
    public: bytes
    era: str
    newest: int
    is_closed: bool


class Held(NamedTuple):
    """A mailbox with the list it holds."""

    mailbox: int
    access: AccessList
    list_hash: bytes
    is_closed: bool


def open_mailbox(connection: Connection, today: int) -> tuple[str, str]:
    """Open a mailbox; return what the admin calls it, and the code that is shown once."""
    reference, code = _letters(_REFERENCE_LETTERS), _letters(_CODE_LETTERS)
    connection.execute(
        insert(MAILBOXES).values(
            reference=reference, code_hash=hash_of(code), era=_era(), opened=today
        )
    )
    return reference, code


def list_mailboxes(connection: Connection) -> Sequence[Standing]:
    """Return every mailbox, the oldest first."""
    counted = select(DEVICES.c.mailbox, func.count().label("devices")).group_by(DEVICES.c.mailbox)
    devices = counted.subquery()
    rows = connection.execute(
        select(
            MAILBOXES.c.reference,
            MAILBOXES.c.opened,
            MAILBOXES.c.closed,
            MAILBOXES.c.inspection.is_not(None),
            func.coalesce(devices.c.devices, 0),
            MAILBOXES.c.item_count,
            MAILBOXES.c.item_bytes,
        )
        .outerjoin(devices, devices.c.mailbox == MAILBOXES.c.id)
        .order_by(MAILBOXES.c.id)
    )
    return [Standing(*row) for row in rows]


def close_mailbox(connection: Connection, reference: str, today: int) -> bool:
    """Delete what a mailbox holds and refuse everyone from now on; whether there was one open."""
    mailbox = connection.scalar(
        select(MAILBOXES.c.id)
        .where(MAILBOXES.c.reference == reference, MAILBOXES.c.closed.is_(None))
        .with_for_update()
    )
    if mailbox is None:
        return False
    connection.execute(delete(ITEMS).where(ITEMS.c.mailbox == mailbox))
    connection.execute(
        update(MAILBOXES)
        .where(MAILBOXES.c.id == mailbox)
        .values(closed=today, code_hash=None, item_count=0, item_bytes=0)
    )
    return True


def new_eras(connection: Connection) -> int:
    """Let every reader begin anew, as is needed once an older copy of the database is served.

    Readers go on after a number. In an older copy the same numbers are given out a second time.
    """
    open_ones = connection.scalars(select(MAILBOXES.c.id).where(MAILBOXES.c.closed.is_(None))).all()
    for mailbox in open_ones:
        connection.execute(update(MAILBOXES).where(MAILBOXES.c.id == mailbox).values(era=_era()))
    return len(open_ones)


def member(connection: Connection, inspection: bytes, device: str) -> Member | None:
    """Return a device's place in an inspection's mailbox, if it has one."""
    asked = {"inspection": inspection, "device": device}
    row = connection.execute(_MEMBER, asked).one_or_none()
    return Member(row[0], row[1], bytes(row[2]), row[3], row[4], bool(row[5])) if row else None


def held_list(connection: Connection, inspection: bytes) -> Held | None:
    """Return the list of an inspection's mailbox; within a change, nobody else changes it."""
    row = connection.execute(
        select(MAILBOXES).where(MAILBOXES.c.inspection == inspection).with_for_update()
    ).one_or_none()
    if row is None:
        return None
    devices = connection.execute(
        select(DEVICES.c.device, DEVICES.c.public).where(DEVICES.c.mailbox == row.id)
    )
    known = {device: bytes(public) for device, public in devices}
    access = AccessList(inspection, row.list_number, known, row.lead, row.deputy)
    return Held(row.id, access, bytes(row.list_hash or b""), row.closed is not None)


def opened_by(connection: Connection, code: str) -> int | None:
    """Return the mailbox that a code opens, as long as nobody has taken it."""
    return connection.scalar(
        select(MAILBOXES.c.id)
        .where(MAILBOXES.c.code_hash == hash_of(code), MAILBOXES.c.closed.is_(None))
        .with_for_update()
    )


def take(connection: Connection, mailbox: int, access: AccessList, list_hash: bytes) -> None:
    """Put a list that was checked in place of the one a mailbox holds."""
    # A mailbox that was closed gives its inspection up to a new one.
    old = select(MAILBOXES.c.id).where(
        MAILBOXES.c.inspection == access.inspection, MAILBOXES.c.id != mailbox
    )
    for gone in connection.scalars(old).all():
        _forget(connection, gone)
    connection.execute(
        update(MAILBOXES)
        .where(MAILBOXES.c.id == mailbox)
        .values(
            inspection=access.inspection,
            code_hash=None,
            list_number=access.number,
            list_hash=list_hash,
            lead=access.lead,
            deputy=access.deputy,
        )
    )
    keys = {
        device: bytes(public)
        for device, public in connection.execute(
            select(DEVICES.c.device, DEVICES.c.public).where(DEVICES.c.mailbox == mailbox)
        )
    }
    for device in keys.keys() - access.devices.keys():
        connection.execute(
            delete(DEVICES).where(DEVICES.c.mailbox == mailbox, DEVICES.c.device == device)
        )
    for device, public in access.devices.items():
        if device not in keys:
            connection.execute(
                insert(DEVICES).values(mailbox=mailbox, device=device, public=public)
            )
        elif keys[device] != public:
            connection.execute(
                update(DEVICES)
                .where(DEVICES.c.mailbox == mailbox, DEVICES.c.device == device)
                .values(public=public)
            )


def forget_closed(connection: Connection, today: int) -> None:
    """Delete what is left of mailboxes that were closed long ago."""
    gone = select(MAILBOXES.c.id).where(MAILBOXES.c.closed < today - TOLD_DAYS)
    for mailbox in connection.scalars(gone).all():
        _forget(connection, mailbox)


def hash_of(code: str) -> bytes:
    """Return what is kept of a mailbox's code, however it was typed."""
    plain = "".join(code.split()).replace("-", "").upper()
    return sha256(plain.translate(str.maketrans("OIL", "011")).encode())


def _forget(connection: Connection, mailbox: int) -> None:
    connection.execute(delete(ITEMS).where(ITEMS.c.mailbox == mailbox))
    connection.execute(delete(DEVICES).where(DEVICES.c.mailbox == mailbox))
    connection.execute(delete(MAILBOXES).where(MAILBOXES.c.id == mailbox))


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _era() -> str:
    return random_bytes(_ERA_BYTES).hex()
