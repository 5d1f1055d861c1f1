"""Tables as workbooks: one sheet, words only ever as text, and nothing in it that is evaluated.

No formula, link, macro, name of a person or time of writing is in it; nothing is written beside it
on the way. The same table gives the same bytes.
"""

from __future__ import annotations

import io
import itertools
import re
from datetime import UTC, date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from app.errors import InvalidInputError
from app.interchange.table_csv import begins_formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from app.domain.tables import Cell, Table

MOST_IN_CELL: Final = 32_767
MOST_ROWS: Final = 1_048_576
# What is written has to be kept in memory (on a disk it would lie there unencrypted meanwhile), and
# words that look like numbers, links or formulas stay words.
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_BEGINNING: Final = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # stands for no time
_FIRST_DAY: Final = date(1900, 3, 1)  # before it workbooks count a day that never was
_A4: Final = 9
_AS_TEXT: Final = 49  # the format’s own number for “text”
_NARROWEST: Final = 8  # letters
_CAPS: Final = (60, 48, 36, 28, 22, 18)  # letters in a column; narrower where there are many
_ACROSS: Final = 170  # letters that a sheet of paper on its side holds in a size that can be read
_LETTERS: Final = 1.1  # as wide as a column’s unit, the digit 0
_LINE: Final = 15.0  # points
_HIGHEST: Final = 409.0  # points; no row is higher
_MOST_IN_NAME: Final = 31
_NOT_IN_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_MOST_IN_MARGIN: Final = 80  # of each part; Excel opens no workbook with more than 255 in a line


def xlsx_bytes(table: Table, about: str = "", marking: str = "") -> bytes:
    """Return a table as a workbook; what it is about and its marking stand on every printed page.

    The words have to be such as XML can hold.

    Raises:
        InvalidInputError: there is more than a workbook can hold.

    """
    _require_room(table)
    made = io.BytesIO()
    book = Workbook(made, _OPTIONS)
    book.set_properties({"created": _BEGINNING})
    sheet = book.add_worksheet(_name(table.title))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(_margin(about) + _marked(marking, "&R"))
    sheet.set_footer(_margin(table.title) + _marked(marking, "&C") + "&R&P / &N")
    widths = _widths(table)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    # Not every spreadsheet finds out by itself how high a row has to be for its words.
    for at, row in enumerate((table.headings, *table.rows)):
        sheet.set_row(at, _height(row, widths))
    _Cells(book, sheet).write(table)
    book.close()
    return made.getvalue()


class _Cells:
    """Writes cells, each as what it is."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._sheet = sheet
        top = {"text_wrap": True, "valign": "top"}
        self._head = book.add_format({**top, "num_format": _AS_TEXT, "bold": True})
        self._text = book.add_format({**top, "num_format": _AS_TEXT})
        # Text that begins as a formula stays text when somebody edits the cell.
        self._quoted = book.add_format({**top, "num_format": _AS_TEXT, "quote_prefix": True})
        self._number = book.add_format({**top, "num_format": "0", "align": "left"})
        self._day = book.add_format({**top, "num_format": "yyyy-mm-dd"})

    def write(self, table: Table) -> None:
        """Write the headings, and every row beneath."""
        for column, words in enumerate(table.headings):
            self._words(0, column, words, self._head)
        for at, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                self._cell(at, column, cell)

    def _cell(self, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, int):
            self._sheet.write_number(row, column, cell, self._number)
        elif isinstance(cell, date) and cell >= _FIRST_DAY:
            self._sheet.write_datetime(row, column, cell, self._day)
        else:
            words = cell.isoformat() if isinstance(cell, date) else cell
            self._words(row, column, words, self._quoted if begins_formula(words) else self._text)

    def _words(self, row: int, column: int, words: str, shown: Format) -> None:
        if words:
            self._sheet.write_string(row, column, words, shown)
        else:
            self._sheet.write_blank(row, column, None, shown)


def _require_room(table: Table) -> None:
    if len(table.rows) >= MOST_ROWS:
        raise InvalidInputError(
            f"A workbook holds {MOST_ROWS:,} rows and this list has more. Nothing was written. "
            "Give the file a name that ends in .csv."
        )
    for row in (table.headings, *table.rows):
        for cell in row:
            # As the format counts letters.
            if isinstance(cell, str) and len(cell.encode("utf-16-le")) > 2 * MOST_IN_CELL:
                raise InvalidInputError(
                    f"A cell of a workbook holds {MOST_IN_CELL:,} letters and something in this "
                    "list is longer. Nothing was written. Give the file a name that ends in .csv."
                )


def _name(title: str) -> str:
    return _NOT_IN_NAME.sub(" ", title)[:_MOST_IN_NAME].strip(" '") or "List"


def _widths(table: Table) -> list[int]:
    """Return how wide each column is: as its longest line, where that leaves room for all.

    A heading is wrapped at its words.
    """
    longest = [
        max(_NARROWEST, *(len(line) + 2 for line in itertools.chain(*map(_lines, column))))
        for column in zip(
            (one.replace(" ", "\n") for one in table.headings), *table.rows, strict=True
        )
    ]
    fitting = ([min(cap, one) for one in longest] for cap in _CAPS)
    narrowest = [min(_CAPS[-1], one) for one in longest]
    return next((one for one in fitting if sum(one) <= _ACROSS), narrowest)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """Return how high a row is for all the lines of its highest cell, wrapped at whole words."""
    lines = max(
        sum(max(1, len(wrap(line, round(width * _LETTERS)))) for line in _lines(one))
        for one, width in zip(row, widths, strict=True)
    )
    return min(_HIGHEST, lines * _LINE)


def _lines(cell: Cell) -> list[str]:
    return cell.split("\n") if isinstance(cell, str) else [str(cell)]


def _margin(words: str) -> str:
    return f"&L{_plain(words)}" if words else ""


def _marked(words: str, where: str) -> str:
    return f"{where}&B{_plain(words)}" if words else ""


def _plain(words: str) -> str:
    """Return words of which a header takes no letter for one of its own orders."""
    # A number right after an order would be read as a size.
    return " " + " ".join(words.split())[:_MOST_IN_MARGIN].replace("&", "&&")
