"""The record table: every record as its revisions leave it, and who refers to whom.

Derived, so nothing here is the only copy of anything.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from app.domain.kinds.registry import KINDS, owner_of, references, searched_text
from app.domain.records import Record
from app.domain.revisions import DELETED, canonical, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.domain.revisions import Json, Revision
    from app.store.engine import Connection

_COLUMNS: Final = "id, kind, fields, forks, changed_at"


class Row(NamedTuple):
    """A record as it is stored, in the order of the table's columns after its key."""

    id: str
    kind: str
    owner: str
    position: str
    is_deleted: int
    changed_at: int
    fields: str
    forks: str | None
    text: str | None


def derive(revisions: Sequence[Revision]) -> tuple[Row, list[tuple[str, str]]]:
    """Return the row that one record's revisions make, and its links as (field, target)."""
    if len(revisions) == 1:
        # Nearly every record of an import: no merge is needed to know its state.
        values: Mapping[str, Json] = revisions[0].fields
        forks: dict[str, tuple[Json, ...]] = {}
        at = revisions[0].at
    else:
        state = merge(revisions)
        values, forks = state.values(), state.forks()
        at = max(one.at for one in revisions)
    # Whatever came first here, the same one on every laptop.
    first = revisions[0] if len(revisions) == 1 else min(revisions, key=lambda one: one.dot)
    position = values.get("position")
    row = Row(
        first.record,
        first.kind,
        owner_of(first.kind, values),
        position if isinstance(position, str) else "",
        int(values.get(DELETED) is True),
        at,
        canonical(values),
        canonical(forks) if forks else None,
        searched_text(first.kind, values),
    )
    owner_field = KINDS[first.kind].owner if first.kind in KINDS else ""
    links = [one for one in references(first.kind, values) if one[0] != owner_field]
    return row, links


def save(connection: Connection, derived: Iterable[tuple[Row, list[tuple[str, str]]]]) -> None:
    """Store rows and their links, replacing what stood there; the index follows by trigger."""
    listed = list(derived)
    connection.executemany(
        "INSERT INTO record (id, kind, owner, position, is_deleted, changed_at, fields, forks, "
        "text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "kind = excluded.kind, owner = excluded.owner, position = excluded.position, "
        "is_deleted = excluded.is_deleted, changed_at = excluded.changed_at, "
        "fields = excluded.fields, forks = excluded.forks, text = excluded.text",
        [row for row, _links in listed],
    )
    ids = canonical([row.id for row, _links in listed])
    keys: dict[str, int] = dict(
        connection.execute(
            "SELECT id, key FROM record WHERE id IN (SELECT value FROM json_each(?))", (ids,)
        ).fetchall()
    )
    connection.executemany("DELETE FROM link WHERE source = ?", [(key,) for key in keys.values()])
    connection.executemany(
        "INSERT OR IGNORE INTO link (target, field, source) VALUES (?, ?, ?)",
        [(target, name, keys[row.id]) for row, links in listed for name, target in links],
    )


def drop(connection: Connection, gone: Iterable[str]) -> None:
    """Remove the rows and links of records that no revision makes any more."""
    for record in gone:
        connection.execute(
            "DELETE FROM link WHERE source IN (SELECT key FROM record WHERE id = ?)", (record,)
        )
        connection.execute("DELETE FROM record WHERE id = ?", (record,))


def get(connection: Connection, record: str) -> Record | None:
    """Return one record, deleted ones too, or None where there is none."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM record WHERE id = ?", (record,)).fetchone()
    return None if row is None else _record(row)


def get_many(connection: Connection, ids: Iterable[str]) -> dict[str, Record]:
    """Return those of the named records that exist, deleted ones too, by id."""
    wanted = canonical(sorted(set(ids)))
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM record WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return {row[0]: _record(row) for row in rows}


def of_kind(connection: Connection, *kinds: str) -> Iterator[Record]:
    """Yield the records of these kinds that are not deleted, by kind, place and id."""
    for kind in kinds:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM record WHERE kind = ? AND is_deleted = 0 "
            "ORDER BY position, id",
            (kind,),
        )
        yield from map(_record, rows)


def parts_of(connection: Connection, owner: str, kind: str) -> list[Record]:
    """Return one record's parts of a kind that are not deleted, by place and id."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM record WHERE owner = ? AND owner <> '' AND kind = ? "
        "AND is_deleted = 0 ORDER BY position, id",
        (owner, kind),
    )
    return [_record(row) for row in rows]


def parts_of_each(
    connection: Connection, owners: Iterable[str], kind: str
) -> dict[str, list[Record]]:
    """Return several records' parts of a kind that are not deleted, by owner, in one question."""
    wanted = canonical(sorted(set(owners) - {""}))
    rows = connection.execute(
        f"SELECT owner, {_COLUMNS} FROM record WHERE owner IN (SELECT value FROM json_each(?)) "
        "AND owner <> '' AND kind = ? AND is_deleted = 0 ORDER BY owner, position, id",
        (wanted, kind),
    )
    found: dict[str, list[Record]] = {}
    for owner, *rest in rows:
        found.setdefault(owner, []).append(_record(tuple(rest)))
    return found


def places(connection: Connection, owner: str, kind: str) -> list[tuple[str, str]]:
    """Return id and place of each sibling, in their order; for an empty owner, of the kind."""
    condition = "owner = ? AND owner <> ''" if owner else "owner = ?"
    rows = connection.execute(
        f"SELECT id, position FROM record WHERE {condition} AND kind = ? AND is_deleted = 0 "
        "ORDER BY position, id",
        (owner, kind),
    )
    return [(row[0], row[1]) for row in rows]


def referring_to(connection: Connection, target: str) -> list[Record]:
    """Return the records that refer to one, its parts among them, without deleted ones."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM record WHERE is_deleted = 0 AND (key IN "
        "(SELECT source FROM link WHERE target = ?) OR (owner = ? AND owner <> '')) "
        "ORDER BY kind, position, id",
        (target, target),
    )
    return [_record(row) for row in rows]


def forked(connection: Connection) -> list[Record]:
    """Return the records that have two versions of some field."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM record WHERE forks IS NOT NULL ORDER BY id")
    return [_record(row) for row in rows]


def everything(connection: Connection) -> Iterator[Record]:
    """Yield every record, deleted ones too, in the order they first came."""
    yield from map(_record, connection.execute(f"SELECT {_COLUMNS} FROM record ORDER BY key"))


def counts(connection: Connection) -> dict[str, int]:
    """Return how many records of each kind there are, without deleted ones."""
    return dict(
        connection.execute(
            "SELECT kind, count(*) FROM record WHERE is_deleted = 0 GROUP BY kind"
        ).fetchall()
    )


def part_counts(connection: Connection, kind: str) -> dict[str, int]:
    """Return how many parts of a kind each owner has, without deleted ones."""
    return dict(
        connection.execute(
            "SELECT owner, count(*) FROM record WHERE kind = ? AND is_deleted = 0 "
            "AND owner <> '' GROUP BY owner",
            (kind,),
        ).fetchall()
    )


def existing(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return id and kind of those of the named records that exist, deleted ones too."""
    wanted = canonical(sorted(set(ids)))
    return dict(
        connection.execute(
            "SELECT id, kind FROM record WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
        ).fetchall()
    )


def _record(row: tuple[str, str, str, str | None, int]) -> Record:
    record, kind, fields, forks, changed_at = row
    parsed = {} if forks is None else json.loads(forks)
    return Record(
        record,
        kind,
        json.loads(fields),
        {name: tuple(values) for name, values in parsed.items()},
        changed_at,
    )
