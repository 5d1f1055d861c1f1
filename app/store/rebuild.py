"""Throws away all that is derived and makes it again from the revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store import records, revisions

if TYPE_CHECKING:
    from app.domain.revisions import Revision
    from app.store.transaction import Transaction


def rebuild(transaction: Transaction) -> int:
    """Rebuild records, links and the search index; return how many records there are.

    Keys follow the order of arrival, so a rebuilt store equals one that was never harmed.
    """
    connection = transaction.connection
    held: dict[str, list[Revision]] = {}
    for revision in revisions.everything(connection):
        held.setdefault(revision.record, []).append(revision)
    connection.execute("DELETE FROM link")
    # Emptied and refilled whole: row-wise deletion would trust the old index's idea of the text.
    connection.execute("DELETE FROM record")
    connection.execute("INSERT INTO passage (passage) VALUES ('rebuild')")
    records.add(connection, [records.derive(one) for one in held.values()])
    return len(held)
