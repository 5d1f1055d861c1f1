"""Receipts as they are kept: of each device the newest, and when it came."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from app.crypto import receipts
from app.domain.revisions import canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from app.crypto.receipts import Receipt
    from app.store.engine import Connection


def keep(connection: Connection, name: str, raw: bytes, receipt: Receipt, now: datetime) -> None:
    """Keep a device's receipt in place of the one before."""
    connection.execute(
        "INSERT OR IGNORE INTO replaced_receipt SELECT name, device FROM receipt WHERE device = ?",
        (receipt.device,),
    )
    connection.execute(
        "INSERT INTO receipt (device, progress, body, name, raw, at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (device) DO UPDATE SET progress = excluded.progress, body = excluded.body, "
        "name = excluded.name, raw = excluded.raw, at = excluded.at",
        (receipt.device, receipt.progress, receipt.body().decode(), name, raw, now.isoformat()),
    )


def progress(connection: Connection, device: str) -> int:
    """Return how far the newest receipt of a device goes; 0 where there is none."""
    row = connection.execute("SELECT progress FROM receipt WHERE device = ?", (device,)).fetchone()
    return 0 if row is None else int(row[0])


def every(connection: Connection) -> dict[str, tuple[Receipt, datetime]]:
    """Return the newest receipt of each device, and when it came."""
    rows = connection.execute("SELECT device, body, at FROM receipt")
    return {
        str(device): (receipts.read(str(body).encode(), str(device)), datetime.fromisoformat(at))
        for device, body, at in rows
    }


def replaced(connection: Connection, device: str, names: Collection[str]) -> list[str]:
    """Return those of the names that are a device's receipts from before its newest."""
    rows = connection.execute("SELECT name FROM replaced_receipt WHERE device = ?", (device,))
    return [str(row[0]) for row in rows if row[0] in names]


class Spread(NamedTuple):
    """Who holds all of a record. ``is_sealed`` tells that all of it can be handed over."""

    laptops: frozenset[str]
    is_sealed: bool


def spread(connection: Connection, wanted: Iterable[str]) -> dict[str, Spread]:
    """Return for each record that is here which laptops have signed that they hold all of it.

    This one counts among them. Asked for a whole list at once: it takes two questions.
    """
    rows = connection.execute(
        "SELECT r.record, d.id, max(r.number), d.sealed IS NULL OR max(r.number) <= "
        "coalesce((SELECT max(e.last) FROM envelope e WHERE e.device = d.key), 0) "
        "FROM revision r JOIN device d ON d.key = r.device "
        "WHERE r.record IN (SELECT value FROM json_each(?)) GROUP BY r.record, d.key",
        (canonical(sorted(set(wanted))),),
    ).fetchall()
    newest: dict[str, dict[str, int]] = {}
    unsealed: set[str] = set()
    for record, device, number, is_sealed in rows:
        newest.setdefault(record, {})[device] = number
        if not is_sealed:
            unsealed.add(record)
    own = str(connection.execute("SELECT id FROM device WHERE is_self = 1").fetchone()[0])
    held = {device: receipt.vector for device, (receipt, _at) in every(connection).items()}
    return {
        record: Spread(
            frozenset(
                device
                for device, vector in held.items()
                if all(vector.get(one, 0) >= number for one, number in needed.items())
            )
            | {own},
            record not in unsealed,
        )
        for record, needed in newest.items()
    }
