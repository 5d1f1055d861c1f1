"""Words on screen that are not yet a revision: one draft a record, the newest wins."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from app.domain.revisions import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.revisions import Json
    from app.store.engine import Connection


class Draft(NamedTuple):
    """What was on screen for one record; ``at`` is an ISO instant in UTC."""

    record: str
    kind: str
    fields: Mapping[str, Json]
    at: str


def keep(connection: Connection, draft: Draft) -> None:
    """Store a draft in place of any earlier one of the same record."""
    connection.execute(
        "INSERT INTO draft (record, kind, fields, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, fields = excluded.fields, "
        "at = excluded.at",
        (draft.record, draft.kind, canonical(draft.fields), draft.at),
    )


def drop(connection: Connection, record: str) -> None:
    """Forget a record's draft, once its words are a revision or were put aside."""
    connection.execute("DELETE FROM draft WHERE record = ?", (record,))


def every(connection: Connection) -> list[Draft]:
    """Return all drafts, oldest first."""
    rows = connection.execute("SELECT record, kind, fields, at FROM draft ORDER BY at, record")
    return [Draft(record, kind, json.loads(fields), at) for record, kind, fields, at in rows]
