"""Reads the cells of a spreadsheet as plain text: .xlsx, .ods or .csv, whatever it is called.

Values are those that were saved; no formula is evaluated. Whatever is wrong with a file is said in
one sentence, and it is never read in part.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineWorkbook

from app.interchange.workbook_guard import MOST_CELLS, guarded, refused

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES: Final = 20 << 20
_MOST_IN_CELL: Final = 2_000
_ZIP: Final = b"PK\x03\x04"
_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"  # .xls, or an .xlsx under a password
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 64
_DAMAGED: Final = "is damaged. Open it in a spreadsheet program and save it again"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a spreadsheet: its name and its rows, each a tuple of texts."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_tables(untrusted: bytes) -> tuple[Table, ...]:
    """Return the tables of a spreadsheet, in their order.

    Raises:
        InvalidInputError: it is too large, damaged, protected, or none that is read here.

    """
    if not untrusted:
        raise refused("is empty")
    if len(untrusted) > MOST_BYTES:
        raise refused(f"is larger than {MOST_BYTES >> 20} MiB")
    if untrusted.startswith(_OLD_OR_LOCKED):
        raise refused("is protected by a password, or an old .xls. Save it as .xlsx without one")
    if untrusted.startswith(_ZIP):
        return _workbook(guarded(untrusted))
    return (Table("", _csv(_decoded(untrusted))),)


def _workbook(content: bytes) -> tuple[Table, ...]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = list(book.sheet_names)
            return tuple(
                Table(_text(name), _rows(book.get_sheet_by_name(name).iter_rows()))
                for name in names
            )
    except (CalamineError, ValueError, OverflowError):
        raise refused(_DAMAGED) from None
    except BaseException as problem:
        # The library is not written in Python: what it did not foresee comes as this.
        if type(problem).__name__ == "PanicException":
            raise refused(_DAMAGED) from None
        raise


def _rows(rows: Iterable[Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_text(cell) for cell in row) for row in rows)


def _text(cell: object) -> str:
    """Return a cell as people would write it on one line."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    words = " ".join(str(cell)[:_MOST_IN_CELL].split()) if cell is not None else ""
    return "".join(one for one in words if one.isprintable())


def _decoded(untrusted: bytes) -> str:
    try:
        if untrusted.startswith(_UTF_16):
            return untrusted.decode("utf-16")
        return untrusted.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes on a British Windows; each byte is some character there but five.
        return untrusted.decode("cp1252", "replace")


def _csv(text: str) -> tuple[tuple[str, ...], ...]:
    if "\0" in text:
        raise refused("is none that Siteweek reads: .xlsx, .ods and .csv are")
    lines = text.splitlines()[:_SAMPLE]
    delimiter = max(_DELIMITERS, key=lambda one: sum(line.count(one) for line in lines))
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells += len(row) or 1
            if cells > MOST_CELLS:
                raise refused(f"has a table of more than {MOST_CELLS:,} cells")
            rows.append(tuple(_text(cell) for cell in row))
    except csv.Error:
        raise refused(_DAMAGED) from None
    if not any(len(row) > 1 for row in rows):
        raise refused("is none that Siteweek reads: .xlsx, .ods and .csv are")
    return tuple(rows)
