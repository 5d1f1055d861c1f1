"""A list as it leaves the window: its title, what stands over its columns, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | int | date


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as they were on screen, in that order; every row has a cell for each heading.

    Numbers and days are kept as what they are; all else is text.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
