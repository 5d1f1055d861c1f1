"""Which revisions count: those of a laptop that was removed, or said two things, up to a number.

The others are held all the same, and derived records are as if they weren't.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.changes import Changes
from app.store import records, revisions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.store.transaction import Transaction


def set_counting(tx: Transaction, limits: Mapping[str, int]) -> Changes:
    """Make exactly the revisions up to these limits count, and derive anew what that touches.

    What this laptop writes under its present identity always counts here: nobody's own words may
    vanish from under their hands. Whoever is limited gets another identity first.
    """
    connection = tx.connection
    # Also of those of whom nothing is held yet: it may arrive after what limits it.
    connection.executemany(
        "INSERT OR IGNORE INTO device (id) VALUES (?)", [(device,) for device in sorted(limits)]
    )
    known = connection.execute("SELECT id, cut FROM device WHERE is_self = 0").fetchall()
    touched: set[str] = set()
    for device, old in known:
        new = limits.get(device)
        if old == new:
            continue
        bounds = [one for one in (old, new) if one is not None]
        rows = connection.execute(
            "SELECT DISTINCT r.record FROM revision r JOIN device d ON d.key = r.device "
            "WHERE d.id = ? AND r.number > ? AND r.number <= ?",
            (device, min(bounds), max(bounds) if len(bounds) > 1 else revisions.MOST),
        )
        touched.update(str(row[0]) for row in rows)
        connection.execute("UPDATE device SET cut = ? WHERE id = ?", (new, device))
    return derive_again(tx, touched)


def derive_again(tx: Transaction, touched: Collection[str]) -> Changes:
    """Derive records anew from what counts; one of which nothing counts any more goes."""
    if not touched:
        return Changes()
    connection = tx.connection
    kinds = records.existing(connection, touched)
    held = revisions.of_records(connection, touched)
    derived = [records.derive(one) for one in held.values()]
    records.save(connection, derived)
    records.drop(connection, set(touched) - held.keys())
    kinds |= {one.row.id: one.row.kind for one in derived}
    tx.touch(kinds)
    return Changes(frozenset(kinds), frozenset(kinds.values()))
