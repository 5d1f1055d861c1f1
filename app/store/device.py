"""This laptop's identity within one inspection, and what it alone remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto import identity
from app.errors import DamagedFileError

if TYPE_CHECKING:
    from app.crypto.identity import Identity
    from app.crypto.keys import IdentityWrapKey
    from app.store.engine import Connection


def own(connection: Connection) -> tuple[int, str]:
    """Return this device's key and id in the store.

    Raises:
        DamagedFileError: the store has no identity; opening it would have made one.

    """
    row = connection.execute("SELECT key, id FROM device WHERE is_self = 1").fetchone()
    if row is None:
        raise _no_identity()
    return int(row[0]), str(row[1])


def own_identity(connection: Connection, wrap: IdentityWrapKey) -> Identity:
    """Return this device's private keys, having checked that they are each other's.

    Raises:
        DamagedFileError: they are damaged, exchanged or missing.

    """
    row = connection.execute("SELECT sealed, public FROM device WHERE is_self = 1").fetchone()
    if row is None or row[0] is None:
        raise _no_identity()
    return identity.unseal(bytes(row[0]), bytes(row[1]), wrap)


def identities(connection: Connection, wrap: IdentityWrapKey) -> tuple[Identity, ...]:
    """Return every identity this laptop has had here, the present one first.

    Raises:
        DamagedFileError: one of them doesn't open.

    """
    rows = connection.execute(
        "SELECT sealed, public FROM device WHERE sealed IS NOT NULL ORDER BY is_self DESC, key DESC"
    ).fetchall()
    return tuple(identity.unseal(bytes(sealed), bytes(public), wrap) for sealed, public in rows)


def keyless(connection: Connection) -> frozenset[str]:
    """Return the ids under which this laptop wrote before laptops had keys."""
    rows = connection.execute(
        "SELECT d.id FROM device d JOIN head h ON h.device = d.key "
        "WHERE d.is_self = 0 AND d.public IS NULL AND d.sealed IS NULL"
    )
    return frozenset(str(row[0]) for row in rows)


def establish(connection: Connection, wrap: IdentityWrapKey) -> None:
    """Make sure that this device has an identity whose keys open.

    Raises:
        DamagedFileError: it has one, and that one is damaged.

    """
    row = connection.execute("SELECT sealed FROM device WHERE is_self = 1").fetchone()
    if row is None or row[0] is None:
        renew(connection, wrap)
    else:
        own_identity(connection, wrap)


def renew(connection: Connection, wrap: IdentityWrapKey) -> str:
    """Give this device a new identity and return its id. What the old one wrote stays its own."""
    made = identity.create()
    connection.execute("UPDATE device SET is_self = 0 WHERE is_self = 1")
    connection.execute(
        "INSERT INTO device (id, is_self, public, sealed) VALUES (?, 1, ?, ?)",
        (made.device_id, made.public, identity.seal(made, wrap)),
    )
    return made.device_id


def reseal(connection: Connection, old: IdentityWrapKey, new: IdentityWrapKey) -> None:
    """Seal the private keys of every identity this laptop had under another key.

    Raises:
        DamagedFileError: one of them doesn't open.

    """
    rows = connection.execute(
        "SELECT key, sealed, public FROM device WHERE sealed IS NOT NULL"
    ).fetchall()
    for key, sealed, public in rows:
        held = identity.unseal(bytes(sealed), bytes(public), old)
        connection.execute(
            "UPDATE device SET sealed = ? WHERE key = ?", (identity.seal(held, new), key)
        )


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


def _no_identity() -> DamagedFileError:
    return DamagedFileError(
        "The inspection’s store holds no identity of this laptop. Nothing was changed. Restore a "
        "backup, or run: siteweek salvage"
    )
