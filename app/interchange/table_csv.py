"""Tables as CSV that a spreadsheet opens and none of which it runs.

A cell that would begin a formula is written behind an apostrophe, which every spreadsheet shows
or hides and none evaluates; whatever else is in a cell is as it was.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain.tables import Cell, Table

# Also in the wide forms that some spreadsheets read as the narrow ones.
_BEGINS_FORMULA: Final = tuple("=+-@|%＝＋－＠\t\r\n")
_MARK: Final = "\ufeff"  # tells a spreadsheet that the letters are UTF-8


def csv_lines(table: Table) -> Iterator[str]:
    """Yield a table line by line, its headings first."""
    yield _MARK + _line(table.headings)
    for one in table.rows:
        yield _line(one)


def begins_formula(cell: str) -> bool:
    """Whether some spreadsheet could take a cell for a formula, however it trims what it reads."""
    return cell.startswith(_BEGINS_FORMULA) or cell.strip().startswith(_BEGINS_FORMULA)


def _line(cells: Sequence[Cell]) -> str:
    # Every cell in quotes: a separator that a country's spreadsheet prefers splits none of them.
    quoted = (_words(one).replace("\0", "").replace('"', '""') for one in cells)
    return ",".join(f'"{one}"' for one in quoted) + "\r\n"


def _words(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if begins_formula(cell) else cell
    return cell.isoformat() if isinstance(cell, date) else str(cell)
