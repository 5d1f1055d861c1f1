"""Tables as CSV that a spreadsheet opens and none of which it runs.

A cell that would begin a formula is written behind an apostrophe, which every spreadsheet shows
or hides and none evaluates; whatever else is in a cell is as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Also in the wide forms that some spreadsheets read as the narrow ones.
_BEGINS_FORMULA: Final = tuple("=+-@|%＝＋－＠\t\r\n")
_MARK: Final = "\ufeff"  # tells a spreadsheet that the letters are UTF-8


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table line by line, its headings first."""
    yield _MARK + _line(headings)
    for one in rows:
        yield _line(one)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, however it trims what it reads."""
    begins = cell.startswith(_BEGINS_FORMULA) or cell.strip().startswith(_BEGINS_FORMULA)
    return f"'{cell}" if begins else cell


def _line(cells: Sequence[str]) -> str:
    # Every cell in quotes: a separator that a country's spreadsheet prefers splits none of them.
    quoted = (harmless(one).replace("\0", "").replace('"', '""') for one in cells)
    return ",".join(f'"{one}"' for one in quoted) + "\r\n"
