"""Tables of a DOCX document: the one-cell frame of a box and the grid of signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_TEXT_WIDTH = 9070


def add_table(made: Document, rows: int, columns: int, style: str, said: str) -> Table:
    """Add a table as wide as the text; ``said`` is what a screen reader says it is."""
    table: Table = made.add_table(rows, columns, style=made.styles[style])
    table.autofit = False
    for column in table.columns:
        column.width = Twips(_TEXT_WIDTH // columns)
        for cell in column.cells:
            cell.width = Twips(_TEXT_WIDTH // columns)
    if said:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), said)
        table._tbl.tblPr.append(caption)  # noqa: SLF001 - the library has no call for it
    return table
