"""Where this laptop hands over, and what is known to lie there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.store.engine import Connection


class Kept(NamedTuple):
    """A place as it is kept. ``last_good`` is when it last went well there."""

    key: int
    kind: str
    address: str
    is_on: bool
    last_good: datetime | None


def every(connection: Connection) -> list[Kept]:
    """Return the places, in the order they were added."""
    rows = connection.execute(
        "SELECT key, kind, address, is_on, last_good FROM target ORDER BY key"
    )
    return [
        Kept(
            int(key), str(kind), str(address), bool(on), datetime.fromisoformat(at) if at else None
        )
        for key, kind, address, on, at in rows
    ]


def add(connection: Connection, kind: str, address: str) -> int:
    """Add a place, or switch the one on that has this address; return its key."""
    connection.execute(
        "INSERT INTO target (kind, address) VALUES (?, ?) "
        "ON CONFLICT (kind, address) DO UPDATE SET is_on = 1",
        (kind, address),
    )
    row = connection.execute(
        "SELECT key FROM target WHERE kind = ? AND address = ?", (kind, address)
    ).fetchone()
    return int(row[0])


def remove(connection: Connection, key: int) -> bool:
    """Forget a place; return whether there was one."""
    connection.execute("DELETE FROM placed WHERE target = ?", (key,))
    return connection.execute("DELETE FROM target WHERE key = ?", (key,)).rowcount > 0


def switch(connection: Connection, key: int, *, on: bool) -> None:
    """Pause at a place, or go on."""
    connection.execute("UPDATE target SET is_on = ? WHERE key = ?", (int(on), key))


def cursor(connection: Connection, key: int) -> str:
    """Return where the list of a place was read to."""
    row = connection.execute("SELECT cursor FROM target WHERE key = ?", (key,)).fetchone()
    return "" if row is None else str(row[0])


def placed(connection: Connection, key: int) -> set[str]:
    """Return the names that are known to lie at a place."""
    rows = connection.execute("SELECT name FROM placed WHERE target = ?", (key,))
    return {str(row[0]) for row in rows}


def keep_place(
    connection: Connection, key: int, read_to: str, there: Collection[str], now: datetime
) -> None:
    """Keep what was found at a place and what was put there. One that was forgotten stays so."""
    known = connection.execute(
        "UPDATE target SET cursor = ?, last_good = ? WHERE key = ?", (read_to, now.isoformat(), key)
    )
    if not known.rowcount:
        return
    before = placed(connection, key)
    now_there = set(there)
    connection.executemany(
        "DELETE FROM placed WHERE target = ? AND name = ?",
        [(key, name) for name in before - now_there],
    )
    connection.executemany(
        "INSERT INTO placed (target, name) VALUES (?, ?)",
        [(key, name) for name in sorted(now_there - before)],
    )


def forget_everything(connection: Connection) -> None:
    """Believe nothing of what lies where, after the store was put back to an older state."""
    connection.execute("DELETE FROM placed")
    connection.execute("UPDATE target SET cursor = ''")
