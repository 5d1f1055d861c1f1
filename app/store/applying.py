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
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from app.domain.revisions import Json, Revision
    from app.store.engine import Connection
    from app.store.transaction import Transaction


class Arrived(NamedTuple):
    """An envelope that was checked. ``revisions`` and ``hashes`` go with ``bodies``."""

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
    numbers = range(new_from, new_from + len(arrived.bodies) - skip)
    fresh = arrived.revisions[skip:]
    connection.executemany(
        "INSERT INTO revision (device, number, record, body, hash) VALUES (?, ?, ?, ?, ?)",
        [
            (device, number, one.record, body, digest)
            for number, one, body, digest in zip(
                numbers, fresh, arrived.bodies[skip:], arrived.hashes[skip:], strict=True
            )
        ],
    )
    newest = (numbers[-1], arrived.hashes[-1], max(head.at, *(one.at for one in fresh)))
    connection.execute(
        "INSERT INTO head (device, number, hash, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (device) DO UPDATE SET number = excluded.number, hash = excluded.hash, "
        "at = excluded.at",
        (device, *newest),
    )
    last = arrived.first + len(arrived.bodies) - 1
    envelopes.keep(
        connection, device, arrived.name, arrived.raw, arrived.first, last, arrived.epoch
    )
    return _derive(tx, fresh)


def device_key(connection: Connection, device: str, public: bytes) -> int:
    """Return a device's key in this store, which is made at the first call."""
    connection.execute(
        "INSERT INTO device (id, public) VALUES (?, ?) ON CONFLICT (id) DO UPDATE "
        "SET public = excluded.public WHERE public IS NULL",
        (device, public),
    )
    row = connection.execute("SELECT key FROM device WHERE id = ?", (device,)).fetchone()
    return int(row[0])


def set_counting(tx: Transaction, limits: Mapping[str, int]) -> Changes:
    """Make exactly the revisions up to these limits count, and derive anew what that touches."""
    connection = tx.connection
    before = revisions.cuts(connection)
    if before == dict(limits):
        return Changes()
    touched: set[str] = set()
    for device in before.keys() | limits.keys():
        old, new = before.get(device), limits.get(device)
        if old == new:
            continue
        lowest = min(one for one in (old, new) if one is not None)
        rows = connection.execute(
            "SELECT DISTINCT r.record FROM revision r JOIN device d ON d.key = r.device "
            "WHERE d.id = ? AND r.number > ?",
            (device, lowest),
        )
        touched.update(str(row[0]) for row in rows)
        connection.execute("UPDATE device SET cut = ? WHERE id = ?", (new, device))
    return _derive_again(tx, touched)


def adopt(tx: Transaction, earlier: Collection[str], limits: Mapping[str, int]) -> None:
    """Write again, as this laptop is now, what it wrote before and nobody will ever get.

    Each record that an earlier identity of this laptop changed past its limit gets a revision
    with its present values: on this laptop nothing looks different, and the others get the words.
    """
    connection = tx.connection
    present = revisions.cuts(connection)
    written: list[tuple[str, str, Mapping[str, Json], Mapping[str, int] | None]] = []
    for device in sorted(earlier):
        if device in present and present[device] <= limits[device]:
            continue  # that was done when it stopped counting
        rows = connection.execute(
            "SELECT DISTINCT r.record FROM revision r JOIN device d ON d.key = r.device "
            "WHERE d.id = ? AND r.number > ?",
            (device, limits[device]),
        )
        for (record,) in rows.fetchall():
            held = records.get(connection, record)
            if held is None:
                continue
            changed = _changed_by(connection, record, earlier, limits)
            values = {name: held.fields.get(name) for name in changed}
            context = _context(connection, record, limits)
            written.append((record, held.kind, values, context))
    if written:
        tx.append(written)


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


def _changed_by(
    connection: Connection, record: str, earlier: Collection[str], limits: Mapping[str, int]
) -> set[str]:
    names: set[str] = set()
    for one in revisions.of_record(connection, record):
        if one.dot.device in earlier and one.dot.number > limits[one.dot.device]:
            names.update(one.fields)
    return names


def _context(connection: Connection, record: str, limits: Mapping[str, int]) -> dict[str, int]:
    """Return what was seen of a record, without what nobody will ever get."""
    seen: dict[str, int] = {}
    for one in revisions.of_record(connection, record):
        device, number = one.dot
        if number <= limits.get(device, number):
            seen[device] = max(number, seen.get(device, 0))
    return seen


def _derive(tx: Transaction, fresh: Sequence[Revision]) -> Changes:
    connection = tx.connection
    by_record: dict[str, list[Revision]] = {}
    for one in revisions.counting(fresh, revisions.cuts(connection)):
        by_record.setdefault(one.record, []).append(one)
    existing = records.existing(connection, by_record)
    if existing:
        by_record.update(revisions.of_records(connection, existing))
    records.save(connection, map(records.derive, by_record.values()))
    touched = {record: held[0].kind for record, held in by_record.items()}
    tx.touch(touched)
    return Changes(frozenset(touched), frozenset(touched.values()))


def _derive_again(tx: Transaction, touched: Collection[str]) -> Changes:
    connection = tx.connection
    kinds = records.existing(connection, touched)
    held = revisions.of_records(connection, touched)
    records.save(connection, map(records.derive, held.values()))
    records.drop(connection, touched - held.keys())
    kinds |= {record: listed[0].kind for record, listed in held.items()}
    tx.touch(kinds)
    return Changes(frozenset(kinds), frozenset(kinds.values()))
