"""The record table: every record as its revisions leave it, and who refers to whom.

Derived, so nothing here is the only copy of anything.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from app.domain.kinds.registry import links_of, owner_of, searched_text
from app.domain.records import Record
from app.domain.revisions import DELETED, canonical, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.domain.revisions import Json, Revision
    from app.store.engine import Connection

_NESTED: Final = frozenset({list, dict})
_COLUMNS: Final = "id, kind, fields, forks, changed_at"
_STORED: Final = "id, kind, owner, position, is_deleted, changed_at, fields, forks, is_plain, words"


class Row(NamedTuple):
    """A record as it is stored, in the order of the table's columns after its key.

    ``is_plain`` tells that the words to be found are those of the field ``text``, so that they
    need not be stored once more; others are in ``words``.
    """

    id: str
    kind: str
    owner: str
    position: str
    is_deleted: int
    changed_at: int
    fields: str
    forks: str | None
    is_plain: int
    words: str | None


class Derived(NamedTuple):
    """A record as its revisions leave it: its row, its links as (field, target), its words."""

    row: Row
    links: list[tuple[str, str]]
    text: str | None


def derive(revisions: Sequence[Revision], written: str | None = None) -> Derived:
    """Return what one record's revisions make.

    ``written`` is the canonical text of the fields of the only one, where it is at hand.
    """
    first = revisions[0]
    if len(revisions) == 1:
        # Nearly every record of an import: no merge is needed to know its state.
        values: Mapping[str, Json] = first.fields
        forks: dict[str, tuple[Json, ...]] = {}
        at = first.at
    else:
        state = merge(revisions)
        values, forks = state.values(), state.forks()
        at = max(one.at for one in revisions)
        # Whatever came first here, the same one on every laptop.
        first = min(revisions, key=lambda one: one.dot)
        written = None
    kind = first.kind
    position = values.get("position")
    text = searched_text(kind, values)
    is_plain = text is not None and _is_plain(text, values)
    row = Row(
        first.record,
        kind,
        owner_of(kind, values),
        position if isinstance(position, str) else "",
        int(values.get(DELETED) is True),
        at,
        canonical(values) if written is None else written,
        canonical(forks) if forks else None,
        int(is_plain),
        None if is_plain else text,
    )
    return Derived(row, links_of(kind, values), text)


def _is_plain(text: str, values: Mapping[str, Json]) -> bool:
    """Whether the engine reads the same words out of the fields, whatever else is in them."""
    if values.get("text") != text or "\0" in text:
        return False
    return _NESTED.isdisjoint(map(type, values.values()))


def save(connection: Connection, derived: Iterable[Derived]) -> None:
    """Store rows, links and words to be found, in place of what stood there."""
    listed = list(derived)
    ids = canonical([one.row.id for one in listed])
    before: dict[str, tuple[int, str | None]] = {
        row[0]: (row[1], row[2])
        for row in connection.execute(
            "SELECT id, key, text FROM record WHERE id IN (SELECT value FROM json_each(?))", (ids,)
        )
    }
    if len(before) < len(listed):
        add(connection, [one for one in listed if one.row.id not in before])
    changed = [(*before[one.row.id], one) for one in listed if one.row.id in before]
    if changed:
        _change(connection, changed)


def add(connection: Connection, new: Sequence[Derived]) -> None:
    """Store records none of which is here yet."""
    row = connection.execute("SELECT coalesce(max(key), 0) + 1 FROM record").fetchone()
    first = int(row[0])
    connection.executemany(
        f"INSERT INTO record (key, {_STORED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(key, *one.row) for key, one in enumerate(new, first)],
    )
    _index(connection, [(key, one.text) for key, one in enumerate(new, first)])
    _link(connection, enumerate(new, first))


def _change(connection: Connection, changed: Sequence[tuple[int, str | None, Derived]]) -> None:
    connection.executemany(
        f"UPDATE record SET ({_STORED}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE key = ?",
        [(*one.row, key) for key, _before, one in changed],
    )
    other = [(key, before, one.text) for key, before, one in changed if before != one.text]
    _unindex(connection, [(key, before) for key, before, _text in other])
    _index(connection, [(key, text) for key, _before, text in other])
    connection.executemany("DELETE FROM link WHERE source = ?", [(one[0],) for one in changed])
    _link(connection, ((key, one) for key, _before, one in changed))


def drop(connection: Connection, gone: Iterable[str]) -> None:
    """Remove the rows, links and words of records that no revision makes any more."""
    ids = canonical(sorted(gone))
    rows = connection.execute(
        "SELECT key, text FROM record WHERE id IN (SELECT value FROM json_each(?))", (ids,)
    ).fetchall()
    _unindex(connection, rows)
    connection.executemany("DELETE FROM link WHERE source = ?", [(row[0],) for row in rows])
    connection.executemany("DELETE FROM record WHERE key = ?", [(row[0],) for row in rows])


def _index(connection: Connection, words: Iterable[tuple[int, str | None]]) -> None:
    # Not by triggers: for each row they cost more than the index itself.
    connection.executemany(
        "INSERT INTO passage (rowid, text) VALUES (?, ?)",
        [one for one in words if one[1] is not None],
    )


def _unindex(connection: Connection, words: Iterable[tuple[int, str | None]]) -> None:
    connection.executemany(
        "INSERT INTO passage (passage, rowid, text) VALUES ('delete', ?, ?)",
        [one for one in words if one[1] is not None],
    )


def _link(connection: Connection, derived: Iterable[tuple[int, Derived]]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO link (target, field, source) VALUES (?, ?, ?)",
        [(target, name, key) for key, one in derived for name, target in one.links],
    )


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


def changed_since(connection: Connection, stamp: int, *kinds: str) -> Iterator[Record]:
    """Yield the records of these kinds, not deleted, that changed at a hybrid stamp or later."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM record WHERE changed_at >= ? AND is_deleted = 0 "
        "AND kind IN (SELECT value FROM json_each(?)) ORDER BY id",
        (stamp, canonical(list(kinds))),
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


def beginnings(connection: Connection, owners: Iterable[str], kind: str) -> dict[str, str]:
    """Return the first 120 letters of the first part of a kind that each owner has."""
    wanted = canonical(sorted(set(owners) - {""}))
    rows = connection.execute(
        "SELECT value, (SELECT substr(text, 1, 120) FROM record WHERE owner = value "
        "AND owner <> '' AND kind = ? AND is_deleted = 0 ORDER BY position, id LIMIT 1) "
        "FROM json_each(?)",
        (kind, wanted),
    )
    return {owner: text for owner, text in rows if text}


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
