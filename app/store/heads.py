"""The newest revision: how many there are, compared with what stands outside, and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.crypto import identity
from app.crypto.store_key import EMPTY_HEAD, Head
from app.domain.revisions import Dot
from app.store import device, revisions

if TYPE_CHECKING:
    from app.crypto.inspection_keys import InspectionKeys
    from app.store.engine import Connection


class Behind(NamedTuple):
    """A store that lacks what its key file has seen. ``missing`` is at least that many changes.

    0 missing: as many as there should be, but not the same ones. None: nobody can tell.
    """

    missing: int | None


def newest(connection: Connection) -> Head:
    """Return how many revisions are held and the hash of the one that arrived last."""
    row = connection.execute("SELECT seq, hash FROM revision ORDER BY seq DESC LIMIT 1").fetchone()
    return EMPTY_HEAD if row is None else Head(int(row[0]), bytes(row[1]))


def compare(connection: Connection, outside: Head | None) -> Behind | None:
    """Return None when all that the key file has seen is held, or what is lacking."""
    if outside is None:
        return Behind(None)
    if outside.count == 0:
        return None
    held = newest(connection)
    if held.count < outside.count:
        return Behind(outside.count - held.count)
    arrived = _arrived_as(connection, outside.count)
    return None if arrived == outside.hash else Behind(0)


def _arrived_as(connection: Connection, count: int) -> bytes | None:
    """Return the hash of the revision that arrived so many-th, be it aside by now."""
    found = "SELECT hash FROM {} WHERE seq = ?"
    row = connection.execute(found.format("revision"), (count,)).fetchone()
    # A store that has not been brought up to date has nothing aside.
    if row is None and connection.execute("PRAGMA table_info(aside)").fetchone() is not None:
        row = connection.execute(found.format("aside"), (count,)).fetchone()
    return None if row is None else bytes(row[0])


def sign(connection: Connection, keys: InspectionKeys) -> None:
    """Sign this device's newest revision, unless that was done or there is none."""
    key, _id = device.own(connection)
    head = revisions.head_of(connection, key)
    signed = connection.execute(
        "SELECT 1 FROM signature WHERE device = ? AND number = ?", (key, head.number)
    ).fetchone()
    if head.number == 0 or signed is not None:
        return
    own = device.own_identity(connection, keys.identity_wrap)
    signature = identity.sign_head(own, keys.inspection_id, head.number, head.hash)
    connection.execute(
        "INSERT INTO signature (device, number, signature) VALUES (?, ?, ?)",
        (key, head.number, signature),
    )


def false_signatures(connection: Connection, inspection_id: bytes) -> list[Dot]:
    """Return the revisions whose signature is not their device's own."""
    rows = connection.execute(
        "SELECT d.id, d.public, s.number, s.signature, r.hash FROM signature s "
        "JOIN device d ON d.key = s.device "
        "LEFT JOIN revision r ON r.device = s.device AND r.number = s.number "
        "ORDER BY d.id, s.number"
    )
    return [
        Dot(str(device_id), int(number))
        for device_id, public, number, signature, revision_hash in rows
        if public is None
        or revision_hash is None
        or identity.device_id(bytes(public)) != device_id
        or not identity.head_is_signed(
            bytes(public), bytes(signature), inspection_id, int(number), bytes(revision_hash)
        )
    ]
