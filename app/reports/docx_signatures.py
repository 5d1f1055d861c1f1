"""The signatures of a DOCX letter: a grid of two columns, or one above another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Pt

from app.reports.docx_tables import add_table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

    from app.reports.blocks import Signature, Signatures

_COLUMNS = 2
_SPACE_TO_SIGN = Pt(42)
_SPACE_BETWEEN = Pt(14)


def add_signatures(made: Document, block: Signatures) -> None:
    """Add every signature, each kept whole on its page."""
    if block.layout == "list":
        for one in block.each:
            _add(made, made, one)
            made.paragraphs[-1].paragraph_format.space_after = _SPACE_BETWEEN
        return
    rows = -(-len(block.each) // _COLUMNS)
    if not rows:
        return
    grid = add_table(made, rows, _COLUMNS, "Signature Grid", "Signatures")
    for place, one in enumerate(block.each):
        cell = grid.cell(*divmod(place, _COLUMNS))
        _add(made, cell, one)
        if len(cell.paragraphs) > 1:
            empty = cell.paragraphs[0]._p  # noqa: SLF001 - paragraphs have no public way to go
            empty.getparent().remove(empty)


def _add(made: Document, place: Document | _Cell, one: Signature) -> None:
    """Add heading, space to sign in, name and titles, held together by their formats."""
    lines = [(one.heading, True), (one.name, True), *((title, False) for title in one.titles)]
    shown = [(text, bold) for text, bold in lines if text]
    for at, (text, bold) in enumerate(shown):
        paragraph = place.add_paragraph(style=made.styles["Signature"])
        paragraph.add_run(text).bold = bold or None
        paragraph.paragraph_format.keep_with_next = at < len(shown) - 1 or None
        if text is one.name:
            paragraph.paragraph_format.space_before = _SPACE_TO_SIGN
