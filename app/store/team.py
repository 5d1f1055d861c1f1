"""The roster as it is kept: its entries in order, and the envelope that each travels in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto.primitives import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.store.engine import Connection


def length(connection: Connection) -> int:
    """Return how many entries there are."""
    return int(connection.execute("SELECT count(*) FROM roster").fetchone()[0])


def entries(connection: Connection, start: int = 0) -> Iterator[bytes]:
    """Yield the entries from a place on, in order."""
    rows = connection.execute("SELECT entry FROM roster WHERE place >= ? ORDER BY place", (start,))
    for (entry,) in rows.fetchall():
        yield bytes(entry)


def hashes(connection: Connection) -> list[bytes]:
    """Return the hash of every entry, in order."""
    return [sha256(entry) for entry in entries(connection)]


def append(
    connection: Connection,
    place: int,
    entry: bytes,
    name: str | None = None,
    parcel: bytes | None = None,
) -> None:
    """Add the entry at the next place, with the envelope it came or goes in; again is nothing."""
    connection.execute(
        "INSERT INTO roster (place, entry, name, parcel) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (place) DO UPDATE SET name = coalesce(name, excluded.name), "
        "parcel = coalesce(parcel, excluded.parcel)",
        (place, entry, name, parcel),
    )
