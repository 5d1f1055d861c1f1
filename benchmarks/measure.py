"""How things are measured: many runs, percentiles, and a plain limit beside each figure."""

from __future__ import annotations

import gc
import random
import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.interchange.inspection_json import Document, ImportedRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

PARAGRAPH_WORDS = 60
# Ordinary words of the work, common ones more often, so that the index looks like a real one's.
WORDS = """
the child family school police health social worker notice plan record visit meeting seen  heard
alone risk harm domestic abuse referral assessment strategy enquiry review manager  supervision
practitioner partner agency information sharing decision threshold early help  safeguarding team
evidence impact quickly delay weekly nursery midwife probation housing  mother father sibling baby
unborn injury history cumulative coercive control safety home  contact hub screening rationale
recorded clearly challenge escalation leader audit data  training caseload pressure staff turnover
improving strong consistent variable weak late
""".split()  # noqa: SIM905 - a list of eighty literals reads worse


_PLAIN_SCHEMA = """
PRAGMA journal_mode = WAL;;
PRAGMA synchronous = FULL;;
CREATE TABLE paragraph (key INTEGER PRIMARY KEY, id TEXT UNIQUE, note TEXT, text TEXT);;
CREATE VIRTUAL TABLE words USING fts5 (
  text, content = 'paragraph', content_rowid = 'key', tokenize = 'porter unicode61');;
CREATE TRIGGER added AFTER INSERT ON paragraph BEGIN
  INSERT INTO words (rowid, text) VALUES (new.key, new.text);
END;;
CREATE TABLE line (text TEXT)
"""


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Seconds at the middle and at the 95th of a hundred."""

    p50: float
    p95: float

    def __str__(self) -> str:
        """Return both in milliseconds."""
        return f"p50 {self.p50 * 1000:8.2f} ms   p95 {self.p95 * 1000:8.2f} ms"


def percentiles(seconds: Sequence[float]) -> Percentiles:
    """Return the middle and 95th percentile."""
    ordered = sorted(seconds)
    return Percentiles(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)])


def each(count: int, run: Callable[[int], object]) -> Percentiles:
    """Run something ``count`` times, after a tenth as many to warm up; time each run alone."""
    for number in range(count // 10):
        run(-1 - number)
    gc.collect()
    seconds = []
    for number in range(count):
        start = time.perf_counter()
        run(number)
        seconds.append(time.perf_counter() - start)
    return percentiles(seconds)


def once(run: Callable[[], object]) -> float:
    """Return the seconds one run takes."""
    gc.collect()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def sentence_maker(seed: int) -> Callable[[], str]:
    """Return a maker of paragraphs of sixty words, the same ones for the same seed."""
    source = random.Random(seed)
    weights = [1 / (rank + 3) for rank in range(len(WORDS))]
    rare = [f"ref{number}" for number in range(5000)]

    def make() -> str:
        words = source.choices(WORDS, weights, k=PARAGRAPH_WORDS - 2)
        return " ".join([*words, *source.choices(rare, k=2)]).capitalize() + "."

    return make


def document(paragraphs: int, seed: int = 1, prefix: str = "") -> Document:
    """Return an inspection of so many paragraphs, forty to a note; ids begin with a prefix."""
    make = sentence_maker(seed)
    records = []
    if not prefix:
        described = {"area": "Wexcombe", "theme": "bench"}
        records.append(ImportedRecord("inspection", "inspection", described))
    for note in range((paragraphs + 39) // 40):
        fields = {"title": f"Note {note}", "date": "2026-10-12"}
        records.append(ImportedRecord(f"{prefix}n-{note}", "professional_interview", fields))
    for number in range(paragraphs):
        fields = {
            "note": f"{prefix}n-{number // 40}",
            "position": f"{number % 40:03}",
            "type": "evidence",
            "text": make(),
            "typed_at": "2026-10-12T09:00:00+01:00",
        }
        records.append(ImportedRecord(f"{prefix}p-{number}", "paragraph", fields))
    return Document(tuple(records), {})


class PlainStore:
    """The limit: plain SQLite with full-text search, nothing encrypted, nothing kept twice."""

    def __init__(self, path: Path) -> None:
        """Open with the same promises about power loss as the real store makes."""
        self.connection = sqlite3.connect(path, isolation_level=None)
        for statement in _PLAIN_SCHEMA.split(";;"):
            self.connection.execute(statement)

    def fill(self, filled: Document) -> None:
        """Insert every paragraph, indexed, in one transaction."""
        rows = [
            (one.id, one.fields["note"], one.fields["text"])
            for one in filled.records
            if one.kind == "paragraph"
        ]
        self.connection.execute("BEGIN")
        self.connection.executemany("INSERT INTO paragraph (id, note, text) VALUES (?, ?, ?)", rows)
        self.connection.execute("COMMIT")

    def commit(self, text: str) -> None:
        """Make one text durable: the least that saving it can cost on this disk."""
        self.connection.execute("INSERT INTO line (text) VALUES (?)", (text,))

    def search(self, words: str) -> list[tuple[str, str]]:
        """Return the first fifty hits with snippets."""
        found = self.connection.execute(
            "SELECT paragraph.id, snippet(words, 0, '[', ']', '…', 24) FROM words "
            "JOIN paragraph ON paragraph.key = words.rowid WHERE words MATCH ? "
            "ORDER BY rank LIMIT 50",
            (words,),
        )
        return found.fetchall()
