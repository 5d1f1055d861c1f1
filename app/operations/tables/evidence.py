"""Quotes as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.tables import Table
from app.operations.evidence import WEIGHT_WORDS
from app.operations.tables.cells import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.quotes import Quote
    from app.domain.tables import Cell
    from app.operations.evidence import Evidence

_HEADINGS: Final = (
    *("Words", "Criterion", "Weight", "Agency", "Children", "Kind of source", "Whose words"),
    *("Day", "Time", "Note", "Kind of note", "Written by", "Inspectorate", "Remark"),
)


def quotes_table(evidence: Evidence, quotes: Iterable[Quote]) -> Table:
    """Return quotes in the order they are given."""
    title = "Evidence not coded yet" if evidence.is_uncoded else "Evidence"
    return Table(title, _HEADINGS, tuple(_cells(evidence, one) for one in quotes))


def _cells(evidence: Evidence, one: Quote) -> tuple[Cell, ...]:
    names = evidence.names
    return (
        one.words,
        evidence.criterion(one.criterion),
        WEIGHT_WORDS.get(one.weight, one.weight),
        names.get(one.agency, ""),
        ", ".join(names.get(child, "") for child in one.children),
        one.source,
        one.speaker,
        day(one.day),
        one.time,
        one.ref,
        one.note_kind,
        names.get(one.author, ""),
        names.get(one.inspectorate, ""),
        "words changed since" if one.is_adrift else "",
    )
