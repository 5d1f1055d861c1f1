"""Envelopes as they are kept and offered: what this laptop seals, what arrived, what goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.domain.chains import FIRST
from app.domain.revisions import canonical
from app.store import device as devices
from app.store import revisions
from app.store.revisions import Head

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from app.store.engine import Connection

_NO_ENVELOPE: Final = bytes(32)
# So much is readable on the other side at once, and a change of a paragraph is one envelope.
MOST_CHARACTERS: Final = 1024 * 1024
MOST_REVISIONS: Final = 5_000


class Unsealed(NamedTuple):
    """This laptop's next revisions that lie in no envelope: as texts, and what they follow."""

    first: int
    previous: bytes
    previous_envelope: bytes
    bodies: tuple[str, ...]


def unsealed(connection: Connection) -> Unsealed | None:
    """Return what fits the next envelope of this laptop, or None when all is sealed."""
    key, _id = devices.own(connection)
    row = connection.execute(
        "SELECT last, name FROM envelope WHERE device = ? ORDER BY last DESC LIMIT 1", (key,)
    ).fetchone()
    last, name = (0, "") if row is None else (int(row[0]), str(row[1]))
    bodies: list[str] = []
    size = 0
    for (body,) in connection.execute(
        "SELECT body FROM revision WHERE device = ? AND number > ? ORDER BY number LIMIT ?",
        (key, last, MOST_REVISIONS),
    ):
        size += len(body)
        if bodies and size > MOST_CHARACTERS:
            break
        bodies.append(body)
    if not bodies:
        return None
    previous = revisions.hash_at(connection, key, last) if last else FIRST
    sealed = bytes.fromhex(name.partition(".")[0]) if name else _NO_ENVELOPE
    return Unsealed(last + 1, previous or FIRST, sealed, tuple(bodies))


class Sealed(NamedTuple):
    """An envelope and the numbers in it. With ``gap`` those just before are never held here."""

    name: str
    raw: bytes
    first: int
    last: int
    epoch: int
    gap: bool = False


def keep(connection: Connection, device: int, sealed: Sealed) -> None:
    """Keep an envelope of a device, given by its key."""
    connection.execute(
        "INSERT INTO envelope (device, name, raw, first, last, epoch, gap) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (device, *sealed),
    )


def keep_own(
    connection: Connection, name: str, raw: bytes, first: int, last: int, epoch: int
) -> None:
    """Keep an envelope that this laptop sealed."""
    keep(connection, devices.own(connection)[0], Sealed(name, raw, first, last, epoch))


def sealed_up_to(connection: Connection, wanted: Collection[str]) -> dict[str, int]:
    """Return for each of these devices the highest number that lies in an envelope, or 0."""
    rows = connection.execute(
        "SELECT d.id, max(e.last) FROM envelope e JOIN device d ON d.key = e.device GROUP BY d.id"
    )
    found = {str(device): int(last) for device, last in rows}
    return {device: found.get(device, 0) for device in wanted}


def heads(connection: Connection) -> dict[str, Head]:
    """Return the newest revision that counts of every device that has one, by its id.

    So two laptops that hold the same words tell the same, also where one of them holds more of a
    laptop that was removed than the other was ever given.
    """
    rows = connection.execute(
        "SELECT d.key, d.id, d.cut, h.number, h.hash, h.at FROM head h "
        "JOIN device d ON d.key = h.device"
    )
    found: dict[str, Head] = {}
    for key, device, cut, number, newest, at in rows.fetchall():
        if cut is None or cut >= number:
            found[str(device)] = Head(int(number), bytes(newest), int(at))
        elif cut and (last := revisions.hash_at(connection, key, cut)) is not None:
            found[str(device)] = Head(int(cut), last, int(at))
    return found


def with_number(connection: Connection, device: str, number: int) -> str:
    """Return the name of the envelope that holds a revision, or nothing."""
    row = connection.execute(
        "SELECT e.name FROM envelope e JOIN device d ON d.key = e.device "
        "WHERE d.id = ? AND e.last >= ? AND e.first <= ? ORDER BY e.last LIMIT 1",
        (device, number, number),
    ).fetchone()
    return "" if row is None else str(row[0])


_KNOWN: Final = (
    "SELECT name FROM envelope WHERE name IN (SELECT value FROM json_each(?1)) "
    "UNION SELECT name FROM roster WHERE name IN (SELECT value FROM json_each(?1)) "
    "UNION SELECT name FROM receipt WHERE name IN (SELECT value FROM json_each(?1)) "
    "UNION SELECT name FROM replaced_receipt WHERE name IN (SELECT value FROM json_each(?1)) "
    "UNION SELECT name FROM arrival WHERE name IN (SELECT value FROM json_each(?1))"
)


def unknown(connection: Connection, names: Iterable[str]) -> list[str]:
    """Return those of the named items that were never dealt with, in the order given."""
    asked = list(names)
    known = {str(row[0]) for row in connection.execute(_KNOWN, (canonical(asked),))}
    return [name for name in asked if name not in known]


def is_known(connection: Connection, name: str) -> bool:
    """Whether an item was dealt with: held, waiting, put aside, or nothing new."""
    return not unknown(connection, [name])


def offered(connection: Connection) -> list[str]:
    """Return the names of all that others may need: the team, envelopes in order, receipts.

    Of a laptop that said two things, both: whoever is given only one would count it.
    """
    rows = connection.execute(
        "SELECT name FROM (SELECT 0 AS rank, place AS turn, name FROM roster "
        "WHERE parcel IS NOT NULL UNION ALL SELECT 1, 0, name FROM admission "
        "UNION ALL SELECT 2, key, name FROM envelope "
        "UNION ALL SELECT 2, arrival.key, name FROM arrival JOIN fork ON other = name "
        "WHERE raw IS NOT NULL "
        "UNION ALL SELECT 3, 0, name FROM receipt) ORDER BY rank, turn, name"
    )
    return [str(row[0]) for row in rows]


_CONTENT: Final = (
    "SELECT raw FROM envelope WHERE name = ?1 UNION ALL "
    "SELECT parcel FROM roster WHERE name = ?1 UNION ALL "
    "SELECT raw FROM receipt WHERE name = ?1 UNION ALL "
    "SELECT raw FROM admission WHERE name = ?1 UNION ALL "
    "SELECT raw FROM arrival JOIN fork ON other = name WHERE name = ?1 AND raw IS NOT NULL"
)


def content(connection: Connection, name: str) -> bytes | None:
    """Return the bytes of an item that is offered, or None when it is no longer."""
    row = connection.execute(_CONTENT, (name,)).fetchone()
    return None if row is None else bytes(row[0])


def keep_admission(connection: Connection, name: str, raw: bytes) -> None:
    """Keep an admission, to be picked up by the newcomer it is for."""
    connection.execute("INSERT OR IGNORE INTO admission (name, raw) VALUES (?, ?)", (name, raw))


def counted_with(connection: Connection, device: str) -> tuple[int, int]:
    """Return how many envelopes of a device are held, and up to which number."""
    row = connection.execute(
        "SELECT count(*), coalesce(max(e.last), 0) FROM envelope e "
        "JOIN device d ON d.key = e.device WHERE d.id = ?",
        (device,),
    ).fetchone()
    return int(row[0]), int(row[1])
