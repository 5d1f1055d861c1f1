"""Taking another laptop's revisions in: chain, records, links, index and envelope, all or nothing.

Whoever calls has checked the envelope; here the chain is checked once more, because a store that
holds a broken one could never hand it on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.domain.changes import Changes
from app.domain.revisions import canonical
from app.errors import StoreError
from app.store import envelopes, records, revisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain.revisions import Revision
    from app.store.engine import Connection
    from app.store.transaction import Transaction


class Arrived(NamedTuple):
    """An envelope that was checked. ``revisions`` and ``hashes`` go with ``bodies``.

    So does ``written``, where it is at hand: each revision's fields as they stand in its body.
    """

    device: str
    public: bytes
    name: str
    raw: bytes
    first: int
    epoch: int
    previous: bytes  # the hash of the revision before the first
    bodies: Sequence[str]
    revisions: Sequence[Revision]
    hashes: Sequence[bytes]
    written: Sequence[str] = ()


def apply(tx: Transaction, arrived: Arrived, new_from: int, *, gap: bool = False) -> Changes:
    """Add an envelope's revisions from ``new_from`` on; return what they changed.

    With ``gap`` the ones just before are not held, and never will be.

    Raises:
        StoreError: they don't follow what is held.

    """
    connection = tx.connection
    device = device_key(connection, arrived.device, arrived.public)
    head = revisions.head_of(connection, device)
    skip = new_from - arrived.first
    before = arrived.hashes[skip - 1] if skip else arrived.previous
    follows = new_from == head.number + 1 and (head.hash == before or not head.number)
    if not follows and not (gap and new_from > head.number):
        raise StoreError("Changes that don’t follow each other were not taken in.")
    fresh = arrived.revisions[skip:]
    last = arrived.first + len(arrived.bodies) - 1
    connection.executemany(
        "INSERT INTO revision (device, number, record, body, hash) VALUES (?, ?, ?, ?, ?)",
        [
            (device, one.dot.number, one.record, body, digest)
            for one, body, digest in zip(
                fresh, arrived.bodies[skip:], arrived.hashes[skip:], strict=True
            )
        ],
    )
    revisions.set_head(connection, device, revisions.Head(last, arrived.hashes[-1], fresh[-1].at))
    kept = envelopes.Sealed(arrived.name, arrived.raw, arrived.first, last, arrived.epoch, gap=gap)
    envelopes.keep(connection, device, kept)
    return _derive(tx, fresh, arrived.written[skip:])


def device_key(connection: Connection, device: str, public: bytes) -> int:
    """Return a device's key in this store, which is made at the first call."""
    connection.execute(
        "INSERT INTO device (id, public) VALUES (?, ?) ON CONFLICT (id) DO UPDATE "
        "SET public = excluded.public WHERE public IS NULL",
        (device, public),
    )
    row = connection.execute("SELECT key FROM device WHERE id = ?", (device,)).fetchone()
    return int(row[0])


def standing(connection: Connection, wanted: Iterable[str]) -> int:
    """Return how many of these records are here and not deleted."""
    row = connection.execute(
        "SELECT count(*) FROM record WHERE is_deleted = 0 "
        "AND id IN (SELECT value FROM json_each(?))",
        (canonical(sorted(set(wanted))),),
    ).fetchone()
    return int(row[0])


def size(connection: Connection) -> int:
    """Return how many records are here and not deleted."""
    row = connection.execute("SELECT count(*) FROM record WHERE is_deleted = 0").fetchone()
    return int(row[0])


def _derive(tx: Transaction, fresh: Sequence[Revision], written: Sequence[str]) -> Changes:
    connection = tx.connection
    limits = revisions.cuts(connection)
    new: dict[str, list[Revision]] = {}
    for one in revisions.counting(fresh, limits) if limits else fresh:
        new.setdefault(one.record, []).append(one)
    existing = records.existing(connection, new)
    texts = {one.record: text for one, text in zip(fresh, written, strict=False)}
    # Nearly all of what a laptop gets that was away: each revision is all of its record.
    added = [
        records.derive(listed, texts.get(record))
        for record, listed in new.items()
        if record not in existing
    ]
    records.add(connection, added)
    again = revisions.of_records(connection, existing) if existing else {}
    changed = [records.derive(listed) for listed in again.values()]
    records.save(connection, changed)
    kinds = {one.row.id: one.row.kind for one in (*added, *changed)}
    tx.touch(kinds)
    return Changes(frozenset(kinds), frozenset(kinds.values()))
