"""What arrived and was not taken in: it waits, is in quarantine, or is remembered by name alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.domain.revisions import canonical

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.crypto.envelope import Header
    from app.store.engine import Connection

WAITING: Final = "waiting"
QUARANTINED: Final = "quarantined"
REFUSED: Final = "refused"
UNREADABLE: Final = "unreadable"
SKIPPED: Final = "skipped"
_COLUMNS: Final = (
    "name, state, reason, wait_device, wait_number, device, first, previous, epoch, "
    "coalesce(length(raw), 0), source, at"
)


class Arrival(NamedTuple):
    """An item as it is remembered. ``previous`` and ``first`` are of its header."""

    name: str
    state: str
    reason: str
    wait_device: str
    wait_number: int
    device: str
    first: int
    previous: bytes
    epoch: int
    size: int
    source: str
    at: datetime


def keep(  # noqa: PLR0913 - a row of the table
    connection: Connection,
    name: str,
    state: str,
    reason: str,
    *,
    header: Header | None = None,
    wait: tuple[str, int] = ("", 0),
    raw: bytes | None = None,
    source: str = "",
    at: datetime,
) -> None:
    """Remember an item in a state, in place of what was remembered of it."""
    opened = ("", 0, b"", 0)
    if header is not None:
        opened = (header.device, header.first, header.previous, header.epoch)
    connection.execute(
        "INSERT INTO arrival (name, state, reason, wait_device, wait_number, device, first, "
        "previous, epoch, raw, source, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET state = excluded.state, reason = excluded.reason, "
        "wait_device = excluded.wait_device, wait_number = excluded.wait_number, "
        "raw = CASE WHEN excluded.state IN ('waiting', 'quarantined') "
        "THEN coalesce(excluded.raw, raw) END",
        (name, state, reason, *wait, *opened, raw, source, at.isoformat()),
    )


def forget(connection: Connection, name: str) -> None:
    """Remember an item no longer: it was taken in."""
    connection.execute("DELETE FROM arrival WHERE name = ?", (name,))


def in_state(connection: Connection, *states: str) -> list[Arrival]:
    """Return what is in these states, by device and number."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM arrival WHERE state IN ({', '.join('?' * len(states))}) "
        "ORDER BY device, first, key",
        states,
    )
    return [_arrival(tuple(row)) for row in rows]


def unreadable(connection: Connection, device: str) -> list[Arrival]:
    """Return the envelopes of a device that this laptop may not read."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM arrival WHERE state = ? AND device = ? ORDER BY first",
        (UNREADABLE, device),
    )
    return [_arrival(tuple(row)) for row in rows]


def load(connection: Connection, devices: Collection[str]) -> tuple[int, int]:
    """Return how many items of these devices wait, and how many bytes they are."""
    return _load(connection, "IN", devices)


def load_of_others(connection: Connection, devices: Collection[str]) -> tuple[int, int]:
    """Return how many items of all but these devices wait, and how many bytes they are."""
    return _load(connection, "NOT IN", devices)


def content(connection: Connection, name: str) -> bytes | None:
    """Return the bytes of an item that waits or is in quarantine, or None."""
    row = connection.execute("SELECT raw FROM arrival WHERE name = ?", (name,)).fetchone()
    return None if row is None or row[0] is None else bytes(row[0])


def _load(connection: Connection, which: str, devices: Collection[str]) -> tuple[int, int]:
    row = connection.execute(
        "SELECT count(*), coalesce(sum(length(raw)), 0) FROM arrival "
        f"WHERE state = ? AND device {which} (SELECT value FROM json_each(?))",
        (WAITING, canonical(sorted(devices))),
    ).fetchone()
    return int(row[0]), int(row[1])


def accuse(connection: Connection, device: str, number: int, held: str, other: str) -> None:
    """Keep the proof that a device said two things; the lowest number counts."""
    connection.execute(
        "INSERT INTO fork (device, number, held, other) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (device) DO UPDATE SET number = excluded.number, held = excluded.held, "
        "other = excluded.other WHERE excluded.number < number",
        (device, number, held, other),
    )


def forks(connection: Connection) -> dict[str, int]:
    """Return the devices that said two things, and the first number of which they did."""
    return {str(one): int(n) for one, n in connection.execute("SELECT device, number FROM fork")}


def _arrival(row: tuple[Any, ...]) -> Arrival:
    *rest, at = row
    return Arrival._make((*rest, datetime.fromisoformat(at)))
