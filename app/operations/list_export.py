"""Writes a list that is on screen as a table that a spreadsheet opens: .xlsx or .csv."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.errors import InvalidInputError
from app.interchange.table_csv import csv_lines
from app.interchange.table_xlsx import xlsx_bytes
from app.operations.files import write_bytes
from app.reports.characters import fit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from app.domain.tables import Table
    from app.operations.inspection import Inspection
    from app.operations.view import View

# As a save dialog offers them; the ending of the name decides.
KINDS_OF_TABLE: Final = ("Workbook (*.xlsx)", "Plain table (*.csv)")
_UNFIT: Final = '\\/:*?"<>|'


def export_name(view: View, title: str) -> str:
    """Return the name that a list is offered: where it is from, what it is and its marking."""
    held = view.inspection
    parts = (held.text("area"), title.lower(), held.text("marking"))
    name = " ".join(part for part in parts if part)
    return "".join(" " if one in _UNFIT or not one.isprintable() else one for one in name) + ".xlsx"


def write_list(inspection: Inspection, table: Table, path: Path) -> int:
    """Write a table to a file of the kind that its name ends in; return how many rows it has.

    Raises:
        InvalidInputError: the name ends in neither, or there is more than a workbook can hold.
        OutputError: it could not be written; what stood there before is as it was.

    """
    kind = path.suffix.lower()
    if kind not in {".xlsx", ".csv"}:
        raise InvalidInputError(
            f"A list is written as .xlsx or .csv, and {path.name} ends in neither. Nothing was "
            "written.",
            str(path),
        )
    fitting = _fit(table)
    if kind == ".csv":
        pieces: Iterable[bytes] = (one.encode() for one in csv_lines(fitting))
    else:
        area, marking = inspection.ask(
            lambda view: (view.inspection.text("area"), view.inspection.text("marking"))
        )
        pieces = (xlsx_bytes(fitting, fit(area), fit(marking)),)
    write_bytes(path, pieces)
    return len(table.rows)


def _fit(table: Table) -> Table:
    """Return a table with nothing in its words that a file can't hold or that hides."""
    return replace(
        table,
        title=fit(table.title),
        headings=tuple(fit(one) for one in table.headings),
        rows=tuple(
            tuple(fit(one) if isinstance(one, str) else one for one in row) for row in table.rows
        ),
    )
