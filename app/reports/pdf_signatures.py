"""The closing words and signatures of a PDF letter: two in a row, or one above another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table, TableStyle

from app.reports.blocks import Run, plain
from app.reports.pdf_box import depth_of
from app.reports.pdf_styles import QUIET, REGULAR
from app.reports.pdf_words import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.reports.blocks import Signature, Signatures
    from app.reports.pdf_styles import Styles

_SPACE_TO_SIGN: Final = 42.0
_COLUMNS: Final = 2


def signature_flowables(
    block: Signatures, styles: Styles, width: float, depth: float
) -> Iterator[Flowable]:
    """Yield the closing words and signatures, on one page wherever one page can hold them."""
    laid: list[Flowable] = []
    if block.closing:
        laid.append(paragraph(block.closing, styles.closing))
    if block.layout == "grid" and block.each:
        laid.append(_grid(block.each, styles, width))
    else:
        for one in block.each:
            parts = [*_parts(one, styles), Spacer(0, 14)]
            laid += [CondPageBreak(min(depth_of(parts, width), depth)), *parts]
    needed = depth_of(laid, width)
    if needed <= depth:
        yield CondPageBreak(needed)
    yield from laid


def _parts(one: Signature, styles: Styles) -> list[Flowable]:
    style = styles.signature
    head = [paragraph((Run(one.heading, bold=True),), style)] if one.heading else []
    name = [paragraph((Run(one.name, bold=True),), style)] if one.name else []
    titles = [paragraph(plain(title), style) for title in one.titles]
    return [*head, Spacer(0, _SPACE_TO_SIGN), *name, *titles]


def _grid(each: tuple[Signature, ...], styles: Styles, width: float) -> Table:
    cells = [_parts(one, styles) for one in each]
    rows = [cells[at : at + _COLUMNS] for at in range(0, len(cells), _COLUMNS)]
    rows[-1] += [[] for _ in range(_COLUMNS - len(rows[-1]))]
    rule = ("GRID", (0, 0), (-1, -1), 0.8, QUIET)
    padding = [
        (f"{side}PADDING", (0, 0), (-1, -1), 8) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")
    ]
    # The library's own choice for cells is a typeface that would not be embedded.
    font = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
    top = ("VALIGN", (0, 0), (-1, -1), "TOP")
    return Table(
        rows,
        colWidths=[width / _COLUMNS] * _COLUMNS,
        style=TableStyle([rule, *padding, font, top]),
        splitInRow=1,
    )
