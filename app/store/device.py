"""This laptop's identity within one inspection, and what it alone remembers."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.store.engine import Connection

ID_BYTES: Final = 16


def own(connection: Connection) -> tuple[int, str]:
    """Return this device's key and id in the store, making an identity at the first call.

    Identities differ between inspections, so that inspections can't be linked by them.
    """
    row = connection.execute("SELECT key, id FROM device WHERE is_self = 1").fetchone()
    if row is not None:
        return int(row[0]), str(row[1])
    made = secrets.token_hex(ID_BYTES)
    connection.execute("INSERT INTO device (id, is_self) VALUES (?, 1)", (made,))
    return own(connection)


def recall(connection: Connection, name: str) -> str:
    """Return what was remembered under a name, or nothing."""
    row = connection.execute("SELECT value FROM local WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])


def remember(connection: Connection, name: str, value: str) -> None:
    """Remember a value on this laptop alone; it is never handed over."""
    connection.execute(
        "INSERT INTO local (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
