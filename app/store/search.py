"""Full-text search over every paragraph, finding, point and block, inside the encrypted store.

Any text is a safe question: words are quoted by this module, never passed on as syntax.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.store.engine import Connection

MOST_WORDS: Final = 16
MOST_CHARACTERS: Final = 400
MOST_HITS: Final = 50
# Ranking reads every candidate; past this many the newest are the likelier ones anyway.
MOST_RANKED: Final = 1_000
# A shorter beginning is the beginning of half the language: it is looked up as a whole word.
SHORTEST_BEGINNING: Final = 3
# Marks around found words in a snippet; control characters that no stored text has to hold.
HIT_START: Final = "\x02"
HIT_END: Final = "\x03"
_SNIPPET_WORDS: Final = 24
_CHUNK: Final = re.compile(r'"([^"]*)"?|(\S+)')
_WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)


class Hit(NamedTuple):
    """One found record: its id and kind, the record it is part of, and the words around."""

    record: str
    kind: str
    owner: str
    snippet: str


def question(text: str, synonyms: Sequence[Sequence[str]] = ()) -> str:
    """Return the index's question for what somebody typed, or nothing where it has no words.

    Every word also finds words that begin with it (``child`` finds ``children``); words in
    quote marks, or joined by a hyphen, are found next to each other; ``synonyms`` are groups
    of names for the same thing, any of which finds the others.
    """
    groups = [tuple(_phrase(name) for name in group) for group in synonyms]
    parts: list[str] = []
    for phrase in _phrases(text):
        ways = {phrase: None}
        for group in groups:
            if phrase in group:
                ways.update(dict.fromkeys(group))
        quoted = [_quoted(way) for way in ways if way]
        parts.append(quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})")
    return " AND ".join(parts)


def search(connection: Connection, asked: str, most: int = MOST_HITS) -> list[Hit]:
    """Return the best hits for a ``question``, best first, none for an empty one."""
    if not asked:
        return []
    best = connection.execute(
        "SELECT found FROM (SELECT rowid AS found, bm25(passage) AS score FROM passage "
        "WHERE passage MATCH ? ORDER BY rowid DESC LIMIT ?) ORDER BY score, found DESC LIMIT ?",
        (asked, MOST_RANKED, most),
    ).fetchall()
    if not best:
        return []
    keys = [int(row[0]) for row in best]
    # The range lets the index skip to the few; the unary plus keeps the planner from asking
    # the index once for each of them, which would look every word up again each time.
    rows = connection.execute(
        "SELECT passage.rowid, record.id, record.kind, record.owner, "
        "snippet(passage, 0, ?, ?, '…', ?) FROM passage "
        "CROSS JOIN record ON record.key = passage.rowid "
        "WHERE passage MATCH ? AND passage.rowid BETWEEN ? AND ? "
        "AND +passage.rowid IN (SELECT value FROM json_each(?))",
        (HIT_START, HIT_END, _SNIPPET_WORDS, asked, min(keys), max(keys), json.dumps(keys)),
    )
    hits = {int(key): Hit(*rest) for key, *rest in rows}
    return [hits[key] for key in keys]


def _quoted(phrase: tuple[str, ...]) -> str:
    beginning = "*" if len(phrase[-1]) >= SHORTEST_BEGINNING else ""
    return f'"{" ".join(phrase)}"{beginning}'


def _phrases(text: str) -> Iterator[tuple[str, ...]]:
    plain = unicodedata.normalize("NFC", text.replace("\x00", " "))[:MOST_CHARACTERS]
    words = 0
    for quoted, bare in _CHUNK.findall(plain):
        phrase = _phrase(quoted or bare)[: MOST_WORDS - words]
        words += len(phrase)
        if phrase:
            yield phrase


def _phrase(text: str) -> tuple[str, ...]:
    # A lone surrogate can't reach the database; nothing stored holds one either.
    clean = text.encode("utf-8", "ignore").decode()
    return tuple(word.casefold() for word in _WORD.findall(clean))
