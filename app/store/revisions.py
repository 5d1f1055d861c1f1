"""The revisions table: append-only, one hash chain per device.

The body of a revision is canonical JSON; its hash covers a label and that text, and the body
names the hash before it, so a chain's newest hash vouches for all of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from app.domain.chains import FIRST, body_with, hash_of, parse
from app.domain.revisions import Dot, Revision, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.domain.revisions import Json
    from app.store.engine import Connection


class Head(NamedTuple):
    """The newest revision of one device: its number, hash and hybrid stamp."""

    number: int
    hash: bytes
    at: int


MOST: Final = 2**63 - 1  # past every number
NO_HEAD: Final = Head(0, FIRST, 0)


class Added(NamedTuple):
    """A revision that was added, and its fields as they are written in its body."""

    revision: Revision
    written: str


class Unsaved(NamedTuple):
    """A change about to become a revision of this device."""

    record: str
    kind: str
    fields: Mapping[str, Json]
    context: Mapping[str, int]


def append(
    connection: Connection, device: tuple[int, str], head: Head, changes: Sequence[Unsaved], at: int
) -> tuple[list[Added], Head]:
    """Add changes as the next revisions of one device, in order, with rising stamps.

    ``device`` is its key in this store and its id. Returns what was added and the new head,
    which is stored too.
    """
    key, device_id = device
    added: list[Added] = []
    rows: list[tuple[int, int, str, str, bytes]] = []
    number, newest, _ = head
    for one in changes:
        number += 1
        revision = Revision(
            Dot(device_id, number), one.record, one.kind, at, one.fields, one.context
        )
        written = canonical(one.fields)
        body = body_with(revision, written, newest)
        newest = hash_of(body)
        rows.append((key, number, one.record, body, newest))
        added.append(Added(revision, written))
        at += 1
    connection.executemany(
        "INSERT INTO revision (device, number, record, body, hash) VALUES (?, ?, ?, ?, ?)", rows
    )
    after = Head(number, newest, at - 1)
    set_head(connection, key, after)
    return added, after


def set_head(connection: Connection, device: int, head: Head) -> None:
    """Note the newest revision of a device, given by its key."""
    connection.execute(
        "INSERT INTO head (device, number, hash, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (device) DO UPDATE SET number = excluded.number, hash = excluded.hash, "
        "at = excluded.at",
        (device, *head),
    )


def head_of(connection: Connection, device: int) -> Head:
    """Return the newest revision's number, hash and stamp for a device key."""
    row = connection.execute(
        "SELECT number, hash, at FROM head WHERE device = ?", (device,)
    ).fetchone()
    return NO_HEAD if row is None else Head(*row)


def newest_stamp(connection: Connection, latest: int) -> int:
    """Return the latest hybrid stamp held here that is not past ``latest``, or 0.

    One laptop whose clock runs ahead must not pull everybody's along.
    """
    row = connection.execute("SELECT coalesce(max(at), 0) FROM head WHERE at <= ?", (latest,))
    return int(row.fetchone()[0])


def hash_at(connection: Connection, device: int, number: int) -> bytes | None:
    """Return the hash of a revision of a device, given by its key, or None."""
    row = connection.execute(
        "SELECT hash FROM revision WHERE device = ? AND number = ?", (device, number)
    ).fetchone()
    return None if row is None else bytes(row[0])


def cuts(connection: Connection) -> dict[str, int]:
    """Return the devices whose revisions don't all count, and the last number that does."""
    return dict(connection.execute("SELECT id, cut FROM device WHERE cut IS NOT NULL").fetchall())


def counting(held: Iterable[Revision], limits: Mapping[str, int]) -> list[Revision]:
    """Return those revisions that count."""
    if not limits:
        return list(held)
    return [one for one in held if one.dot.number <= limits.get(one.dot.device, one.dot.number)]


def of_record(connection: Connection, record: str) -> list[Revision]:
    """Return every revision of one record, in order of arrival here."""
    rows = connection.execute("SELECT body FROM revision WHERE record = ? ORDER BY seq", (record,))
    return [parse(row[0]) for row in rows]


def arrived_since(connection: Connection, stamp: int) -> set[str]:
    """Return the records of which others' revisions came after this device's last one by a stamp.

    Empty where this device had written nothing by then: nothing tells what was new to it.
    """
    rows = connection.execute(
        "SELECT DISTINCT r.record FROM revision r JOIN device d ON d.key = r.device "
        "WHERE d.sealed IS NULL AND d.is_self = 0 AND r.seq > (SELECT own.seq FROM revision own "
        "WHERE own.device = (SELECT key FROM device WHERE is_self = 1) "
        "AND own.body ->> '$[5]' <= ? ORDER BY own.number DESC LIMIT 1)",
        (stamp,),
    )
    return {str(row[0]) for row in rows}


def since_number(connection: Connection, device: str, number: int) -> list[str]:
    """Return the records that a device wrote of after one of its numbers, the newest first."""
    rows = connection.execute(
        "SELECT r.record FROM revision r JOIN device d ON d.key = r.device "
        "WHERE d.id = ? AND r.number > ? ORDER BY r.number DESC",
        (device, number),
    )
    return list(dict.fromkeys(str(row[0]) for row in rows))


def of_records(connection: Connection, records: Iterable[str]) -> dict[str, list[Revision]]:
    """Return the revisions that count of those records that have any, in order of arrival."""
    found: dict[str, list[Revision]] = {}
    limits = cuts(connection)
    wanted = canonical(sorted(set(records)))
    rows = connection.execute(
        "SELECT record, body FROM revision WHERE record IN (SELECT value FROM json_each(?)) "
        "ORDER BY seq",
        (wanted,),
    )
    for record, body in rows:
        kept = counting((parse(body),), limits)
        if kept:
            found.setdefault(record, []).extend(kept)
    return found


def everything(connection: Connection) -> Iterator[Revision]:
    """Yield every revision that counts, in order of arrival here."""
    limits = cuts(connection)
    for row in connection.execute("SELECT body FROM revision ORDER BY seq"):
        yield from counting((parse(row[0]),), limits)


def broken_links(connection: Connection) -> list[Dot]:
    """Return the revisions whose hash does not cover their body or the one before."""
    broken: list[Dot] = []
    newest: dict[int, tuple[int, bytes]] = {}
    # What comes just before these was sealed for others alone: nothing here can vouch for it.
    gaps = set(connection.execute("SELECT device, first FROM envelope WHERE gap = 1").fetchall())
    rows = connection.execute(
        "SELECT r.device, d.id, r.number, r.body, r.hash FROM revision r "
        "JOIN device d ON d.key = r.device ORDER BY r.device, r.number"
    )
    for device, device_id, number, body, stored in rows:
        last, previous = newest.get(device, (0, FIRST))
        follows = number == last + 1 and json.loads(body)[-1] == previous.hex()
        follows = follows or (number > last + 1 and (device, number) in gaps)
        if not follows or hash_of(body) != stored:
            broken.append(Dot(device_id, number))
        newest[device] = (number, stored)
    return broken
