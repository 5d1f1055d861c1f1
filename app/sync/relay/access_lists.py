"""Takes in the lead's list of devices: the first with a mailbox's code, then by succession."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.crypto.access import follows, read
from app.crypto.primitives import sha256
from app.errors import RefusedAccessError
from app.sync.relay.mailboxes import held_list, open_mailbox, opened_by, take
from app.sync.relay.refusals import does_not_follow, is_closed, malformed, not_a_member
from app.sync.relay.replays import note

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.crypto.access import AccessList, SignedList
    from app.sync.relay.gate import Knock


class Judged(NamedTuple):
    """A list that may be taken, and for which mailbox. None: it is held already."""

    mailbox: int
    access: AccessList | None


def parsed(untrusted: bytes) -> SignedList:
    """Return a list as it arrived.

    Raises:
        Refusal: it is none.

    """
    try:
        return read(untrusted)
    except RefusedAccessError:
        raise malformed("That is no access list.") from None


def judge(
    connection: Connection, knock: Knock, body: bytes, signed: SignedList, code: str
) -> Judged:
    """Decide whether a list may be taken. Changes nothing.

    A later one is sent by a device on the held list, the first by the lead it names.

    Raises:
        Refusal: it may not.

    """
    held = held_list(connection, knock.inspection)
    if held is not None and not (held.is_closed and code):
        public = held.access.devices.get(knock.device)
        if public is None:
            raise not_a_member()
        knock.check(public, sha256(body))
        if held.is_closed:
            raise is_closed()
        if held.list_hash == sha256(body):
            return Judged(held.mailbox, None)
        return Judged(held.mailbox, _following(held.access, signed, knock.inspection))
    mailbox = opened_by(connection, code) if code else None
    if mailbox is None:
        raise not_a_member()
    access = _following(None, signed, knock.inspection)
    if knock.device != access.lead:
        raise not_a_member()
    knock.check(access.devices[access.lead], sha256(body))
    return Judged(mailbox, access)


def put(connection: Connection, knock: Knock, body: bytes, signed: SignedList, code: str) -> None:
    """Take a list in, judged again now that nobody else can change the one held.

    Raises:
        Refusal: it may not be taken.

    """
    note(connection, knock.asked())
    judged = judge(connection, knock, body, signed, code)
    if judged.access is not None:
        take(connection, judged.mailbox, judged.access, sha256(body))


def seed(connection: Connection, inspection: bytes, body: bytes, today: int) -> None:
    """Take in a list that the relay's own admin brings, as a room does: no code is needed.

    Raises:
        Refusal: it is no list, is not this inspection's, or doesn't follow the one held.

    """
    held = held_list(connection, inspection)
    if held is not None and held.list_hash == sha256(body):
        return
    signed = parsed(body)
    access = _following(held.access if held else None, signed, inspection)
    if held is not None:
        take(connection, held.mailbox, access, sha256(body))
        return
    _reference, code = open_mailbox(connection, today)
    mailbox = opened_by(connection, code)
    if mailbox is not None:
        take(connection, mailbox, access, sha256(body))


def _following(held: AccessList | None, signed: SignedList, inspection: bytes) -> AccessList:
    try:
        access = follows(held, signed)
    except RefusedAccessError:
        raise does_not_follow() from None
    if access.inspection != inspection or access.lead not in access.devices:
        raise does_not_follow()
    return access
