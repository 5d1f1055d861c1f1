"""A sheet that is no letter and no brief: one story on plain A4, with the running head and foot."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from app.reports.pdf_page import page_canvas
from app.reports.pdf_styles import REGULAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.platypus import Flowable

    from app.reports.blocks import Document

SIDE: Final = 25 * mm
WIDTH: Final = A4[0] - 2 * SIDE
_TOP: Final = 24 * mm
_BOTTOM: Final = 22 * mm


def sheet_of(document: Document, story: Iterable[Flowable]) -> bytes:
    """Return the story as the bytes of a PDF file; what doesn't fit a page goes on overleaf.

    The typeface has to be loaded by then. The same story gives the same bytes.
    """
    made = BytesIO()
    frame = Frame(
        SIDE,
        _BOTTOM,
        WIDTH,
        A4[1] - _TOP - _BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
        id="text",
    )
    template = BaseDocTemplate(
        made,
        pagesize=A4,
        initialFontName=REGULAR,
        lang=document.language,
        invariant=1,
        pageTemplates=[PageTemplate("page", [frame])],
    )
    template.build(list(story), canvasmaker=page_canvas(document))
    return made.getvalue()
