"""Whether what was derived from the revisions is what they make now."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from app.store import engine, records, revisions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.domain.revisions import Revision
    from app.store.engine import Connection

_COLUMNS: Final = (
    "id, kind, owner, position, is_deleted, changed_at, fields, forks, is_plain, words"
)
_WORD: Final = re.compile(r"[^\W_]+")
_FRESH: Final = "fresh_passage"
_SPECS: Final = (("passage", "held_words"), (_FRESH, "fresh_words"))
_COMPARABLE: Final = (
    (
        f"CREATE VIRTUAL TABLE {_FRESH} USING fts5 (text, content = '', "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    ),
    f"INSERT INTO {_FRESH} (rowid, text) SELECT key, text FROM record WHERE text IS NOT NULL",
    *(f"CREATE VIRTUAL TABLE {words} USING fts5vocab ({index}, 'row')" for index, words in _SPECS),
)
# Each word with its counts, and each record with how many words it has, both ways round.
_TABLES: Final = (("held_words", "fresh_words"), ("passage_docsize", f"{_FRESH}_docsize"))
_DIFFERENCES: Final = tuple(
    f"SELECT * FROM {one} EXCEPT SELECT * FROM {other}"
    for pair in _TABLES
    for one, other in (pair, pair[::-1])
)


def differences(connection: Connection, is_cancelled: Callable[[], bool]) -> Iterator[str]:
    """Yield a sentence for every record whose row or links are not what its revisions make."""
    histories: defaultdict[str, list[Revision]] = defaultdict(list)
    for revision in revisions.everything(connection):
        histories[revision.record].append(revision)
        if is_cancelled():
            return
    links: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for record, name, target in connection.execute(
        "SELECT record.id, link.field, link.target FROM link "
        "LEFT JOIN record ON record.key = link.source"
    ):
        links[str(record)].add((name, target))
    for row in connection.execute(f"SELECT {_COLUMNS} FROM record ORDER BY key"):
        if is_cancelled():
            return
        history = histories.pop(row[0], None)
        if history is None:
            yield f"The record {row[0]} has no changes that it could be made from."
            continue
        derived = records.derive(history)
        if tuple(row) != tuple(derived.row) or links.pop(row[0], set()) != set(derived.links):
            yield f"The record {row[0]} is not what its changes make."
    for record in histories:
        yield f"The record {record} is missing."
    for record in links:
        yield f"There are links of {record}, which there is no record for."


def search_faults(copy: Connection, is_cancelled: Callable[[], bool]) -> Iterator[str]:
    """Yield a sentence if the search index isn't what the records' words make.

    Another index is made beside it and compared, so this needs a copy that may be written to.
    """
    try:
        copy.execute("INSERT INTO passage (passage) VALUES ('integrity-check')")
        for statement in _COMPARABLE:
            copy.execute(statement)
        if any(copy.execute(statement).fetchone() for statement in _DIFFERENCES):
            yield "The search index does not fit the notes."
        elif not _finds_alike(copy, is_cancelled):
            yield "Searching does not find all that it should."
    except engine.DriverError as problem:
        yield f"The search index could not be read: {engine.reason(problem)}."


def _finds_alike(copy: Connection, is_cancelled: Callable[[], bool]) -> bool:
    """Whether both indexes find the same for every word there is.

    Their contents are equal by now; what leads to them may still be of an older file.
    """
    words: set[str] = set()
    for row in copy.execute("SELECT text FROM record WHERE text IS NOT NULL"):
        words.update(_WORD.findall(row[0]))
    counted = "SELECT count(*), total(rowid) FROM {0} WHERE {0} MATCH ?"
    held, fresh = counted.format("passage"), counted.format(_FRESH)
    for word in words:
        if is_cancelled():
            return True
        asked = (f'"{word}"',)
        if copy.execute(held, asked).fetchone() != copy.execute(fresh, asked).fetchone():
            return False
    return True
