"""Items that are put into a mailbox: checked from outside, and stored all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Row, bindparam, delete, insert, select, update

from app.crypto.envelope import Form, check_signature, parse
from app.errors import NewerVersionError, RefusedEnvelopeError
from app.sync.items import Kind, is_whole, kind_of
from app.sync.relay.framing import unframe
from app.sync.relay.listings import sizes_of
from app.sync.relay.refusals import (
    Refusal,
    is_closed,
    malformed,
    not_a_member,
    quota_of_day,
    quota_of_inspection,
    too_large,
)
from app.sync.relay.replays import Asked, note
from app.sync.relay.tables import DEVICES, ITEMS, MAILBOXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from app.sync.relay.mailboxes import Member
    from app.sync.relay.settings import Settings

MOST_ITEMS: Final = 2_000
# What an item costs beside its bytes: rows and indexes. So that many tiny ones aren't for nothing.
OVERHEAD: Final = 256
_MOST_NUMBER: Final = 2**63
# Put together once: that takes longer than to carry them out.
_STANDING: Final = (
    select(
        MAILBOXES.c.newest,
        MAILBOXES.c.item_count,
        MAILBOXES.c.item_bytes,
        MAILBOXES.c.closed,
        DEVICES.c.day,
        DEVICES.c.stored,
    )
    .join(DEVICES, DEVICES.c.mailbox == MAILBOXES.c.id)
    .where(MAILBOXES.c.id == bindparam("box"), DEVICES.c.device == bindparam("by"))
    .with_for_update()  # of both rows: whoever waited sees both as they are then
)
_GROW: Final = (
    update(MAILBOXES)
    .where(MAILBOXES.c.id == bindparam("box"))
    .values(newest=bindparam("to"), item_count=bindparam("count"), item_bytes=bindparam("held"))
)
_SENT: Final = (
    update(DEVICES)
    .where(DEVICES.c.mailbox == bindparam("box"), DEVICES.c.device == bindparam("by"))
    .values(day=bindparam("on"), stored=bindparam("so_far"))
)
_INSERT: Final = insert(ITEMS)
_FORMS: Final = {
    Kind.ENVELOPE: Form.REVISIONS,
    Kind.ROSTER: Form.ROSTER,
    Kind.RECEIPT: Form.RECEIPT,
}


@dataclass(frozen=True, slots=True)
class Deposit:
    """An item that was checked; of a receipt, whose it is and how far it goes."""

    name: str
    content: bytes
    receipt_of: str | None = None
    progress: int = 0


class Stored(NamedTuple):
    """What came of a request to store, and how far the mailbox goes now."""

    stored: int
    held: int
    bytes: int
    newest: int


class _Chosen(NamedTuple):
    """What is new, and the receipts it takes the place of."""

    new: list[Deposit]
    replaced: list[Row[Any, Any, Any]]

    @property
    def cost(self) -> int:
        return sum(len(one.content) + OVERHEAD for one in self.new)

    @property
    def freed(self) -> int:
        return sum(one.size + OVERHEAD for one in self.replaced)


def checked(inspection: bytes, untrusted: bytes) -> list[Deposit]:
    """Return the items of a body, each found to be what its name says and of this inspection.

    Raises:
        Refusal: one of them is not, so none is taken.

    """
    found: dict[str, Deposit] = {}
    for name, content in unframe(untrusted):
        if len(found) == MOST_ITEMS:
            raise too_large(f"At most {MOST_ITEMS:,} items are taken in one request.")
        kind = kind_of(name)
        if kind is None or not is_whole(name, content):
            raise malformed("An item is not what its name says, or is larger than its kind may be.")
        found[name] = _read(kind, name, content, inspection)
    return list(found.values())


def store(
    connection: Connection,
    member: Member,
    items: Sequence[Deposit],
    asked: Asked,
    settings: Settings,
) -> Stored:
    """Store what isn't held yet. Nobody else stores into this mailbox until it is committed.

    Raises:
        Refusal: answered before, no member any more, or more than may be stored.

    """
    note(connection, asked)
    standing = _locked(connection, member)
    chosen = _choose(connection, member.mailbox, items)
    today = chosen.cost + (standing.stored if standing.day == asked.today else 0)
    in_all = chosen.cost - chosen.freed + standing.item_bytes
    if chosen.new:
        if today > settings.bytes_a_day:
            raise quota_of_day()
        if in_all > settings.bytes_per_inspection:
            raise quota_of_inspection()
        _insert(connection, member.mailbox, standing.newest, chosen)
        count = standing.item_count + len(chosen.new) - len(chosen.replaced)
        newest = standing.newest + len(chosen.new)
        grown = {"box": member.mailbox, "to": newest, "count": count, "held": in_all}
        connection.execute(_GROW, grown)
        sent = {"box": member.mailbox, "by": member.device, "on": asked.today, "so_far": today}
        connection.execute(_SENT, sent)
    stored = len(chosen.new)
    written = sum(len(one.content) for one in chosen.new)
    return Stored(stored, len(items) - stored, written, standing.newest + stored)


def _locked(connection: Connection, member: Member) -> Row[Any, Any, Any, Any, Any, Any]:
    """Return how the mailbox stands and what the device stored, locked until the commit."""
    asked = {"box": member.mailbox, "by": member.device}
    row = connection.execute(_STANDING, asked).one_or_none()
    if row is None:
        raise not_a_member()
    if row.closed is not None:
        raise is_closed()
    return row


def _read(kind: Kind, name: str, content: bytes, inspection: bytes) -> Deposit:
    """Return a deposit, its open header read where its kind has one."""
    form = _FORMS.get(kind)
    if form is None:
        return Deposit(name, content)
    try:
        header = parse(content)
    except NewerVersionError:
        raise Refusal(
            400, "newer", "An item was made by a newer Siteweek than this relay."
        ) from None
    except RefusedEnvelopeError:
        raise malformed("An item is no envelope.") from None
    if header.form is not form or header.inspection != inspection:
        raise malformed("An envelope belongs to another inspection, or is of another kind.")
    if kind is not Kind.RECEIPT:
        return Deposit(name, content)
    if header.first >= _MOST_NUMBER:
        raise malformed("A receipt goes further than there are numbers.")
    return Deposit(name, content, header.device, header.first)


def _choose(connection: Connection, mailbox: int, items: Sequence[Deposit]) -> _Chosen:
    held = sizes_of(connection, mailbox, [one.name for one in items])
    wanted = [one for one in items if one.name not in held]
    chosen = _Chosen([one for one in wanted if one.receipt_of is None], [])
    for receipt in _newest(one for one in wanted if one.receipt_of is not None):
        _check_receipt(connection, mailbox, receipt)
        older = connection.execute(
            select(ITEMS.c.number, ITEMS.c.size, ITEMS.c.progress).where(
                ITEMS.c.mailbox == mailbox, ITEMS.c.receipt_of == receipt.receipt_of
            )
        ).one_or_none()
        if older is None or (older.progress or 0) < receipt.progress:
            chosen.new.append(receipt)
            chosen.replaced.extend([older] if older else [])
    return chosen


def _newest(receipts: Iterable[Deposit]) -> Iterable[Deposit]:
    """Return of each device's receipts the one that goes furthest."""
    newest: dict[str | None, Deposit] = {}
    for one in sorted(receipts, key=lambda receipt: receipt.progress):
        newest[one.receipt_of] = one
    return newest.values()


def _check_receipt(connection: Connection, mailbox: int, receipt: Deposit) -> None:
    """Let nobody push a device's receipt out by one they made for it."""
    public = connection.scalar(
        select(DEVICES.c.public).where(
            DEVICES.c.mailbox == mailbox, DEVICES.c.device == receipt.receipt_of
        )
    )
    if public is None:
        return  # of a device that was removed: nobody relies on it any more
    try:
        check_signature(receipt.content, bytes(public))
    except RefusedEnvelopeError:
        raise malformed("A receipt is not signed by the device it names.") from None


def _insert(connection: Connection, mailbox: int, newest: int, chosen: _Chosen) -> None:
    for older in chosen.replaced:
        connection.execute(
            delete(ITEMS).where(ITEMS.c.mailbox == mailbox, ITEMS.c.number == older.number)
        )
    connection.execute(
        _INSERT,
        [
            {
                "mailbox": mailbox,
                "number": number,
                "name": one.name,
                "size": len(one.content),
                "receipt_of": one.receipt_of,
                "progress": one.progress if one.receipt_of else None,
                "content": one.content,
            }
            for number, one in enumerate(chosen.new, newest + 1)
        ],
    )
