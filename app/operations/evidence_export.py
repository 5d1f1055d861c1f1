"""Writes the quotes that are on screen as a table that a spreadsheet opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.interchange.table_csv import csv_lines
from app.operations.dates import long_date
from app.operations.evidence import WEIGHT_WORDS
from app.operations.files import write_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.domain.quotes import Quote
    from app.operations.evidence import Evidence
    from app.operations.view import View

_HEADINGS: Final = (
    "Words",
    "Criterion",
    "Weight",
    "Agency",
    "Children",
    "Kind of source",
    "Whose words",
    "Day",
    "Time",
    "Note",
    "Kind of note",
    "Written by",
    "Inspectorate",
)
_UNFIT: Final = '\\/:*?"<>|'


def export_name(view: View) -> str:
    """Return the name that a file of quotes is offered: where it is from and its marking."""
    held = view.inspection
    parts = (held.text("area"), "evidence", held.text("marking"))
    name = " ".join(part for part in parts if part)
    return "".join(" " if one in _UNFIT or not one.isprintable() else one for one in name) + ".csv"


def write_quotes(evidence: Evidence, quotes: Sequence[Quote], path: Path) -> int:
    """Write quotes in the order they are given; return how many.

    Raises:
        OutputError: it could not be written; what stood there before is as it was.

    """
    write_text(path, csv_lines(_HEADINGS, (_cells(evidence, one) for one in quotes)))
    return len(quotes)


def _cells(evidence: Evidence, one: Quote) -> tuple[str, ...]:
    names = evidence.names
    return (
        one.words,
        evidence.criterion(one.criterion),
        WEIGHT_WORDS.get(one.weight, one.weight),
        names.get(one.agency, ""),
        ", ".join(names.get(child, "") for child in one.children),
        one.source,
        one.speaker,
        long_date(one.day),
        one.time,
        one.ref,
        one.note_kind,
        names.get(one.author, ""),
        names.get(one.inspectorate, ""),
    )
