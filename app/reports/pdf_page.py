"""What stands around the text on every page of a PDF, and what the file says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFName, PDFString
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.reports.pdf_styles import BOLD, INK, QUIET, REGULAR, drawable

if TYPE_CHECKING:
    from app.reports.blocks import Document

_SIZE: Final = 10.0
_HEAD: Final = A4[1] - 14 * mm
_FOOT: Final = 12 * mm
_SIDE: Final = 25 * mm
# More than any line could hold; measuring a page of text once per page would take minutes.
_LONGEST_LINE: Final = 300


def page_canvas(document: Document) -> type[Canvas]:
    """Return the kind of canvas that draws this document's margins.

    A class, because the layout library makes its canvas itself. Pages are kept until the last
    is laid out: only then is the number of pages known.
    """

    class PageCanvas(Canvas):
        """Numbers its pages and states title, marking and language, and nothing of its maker."""

        def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - passes on what it is given
            super().__init__(*args, **more)
            self._laid: list[dict[str, Any]] = []
            self._doc.info = _Info(document)  # type: ignore[attr-defined] # left out of the hints
            self.setViewerPreference("DisplayDocTitle", "true")

        def showPage(self) -> None:  # noqa: N802 - the library's name
            self._laid.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined] # left out of the hints

        def save(self) -> None:
            pages = self._laid
            for page in pages:
                self.__dict__.update(page)
                _draw_margins(self, document, len(pages))
                super().showPage()
            super().save()

    return PageCanvas


class _Info(PDFInfo):
    """The file's description of itself: no author, no program, no date but the document's."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        day = f"D:{document.date:%Y%m%d}000000Z" if document.date else ""
        self._said = {
            "Title": drawable(document.title),
            "Subject": drawable(document.subject),
            "Keywords": drawable(document.marking),
            "CreationDate": day,
            "ModDate": day,
        }

    def format(self, document: object) -> bytes:
        """Return the entries that have something to say."""
        held: dict[str, object] = {
            name: PDFString(said) for name, said in self._said.items() if said
        }
        made: bytes = PDFDictionary(held | {"Trapped": PDFName("False")}).format(document)
        return made


def _draw_margins(canvas: Canvas, document: Document, pages: int) -> None:
    middle, right = A4[0] / 2, A4[0] - _SIDE
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, _SIZE)
    marking = _shortened(document.marking, BOLD, A4[0] - 2 * _SIDE)
    canvas.drawCentredString(middle, _HEAD, marking)
    canvas.drawCentredString(middle, _FOOT, marking)
    canvas.setFillColor(QUIET)
    canvas.setFont(REGULAR, _SIZE)
    canvas.drawString(_SIDE, _HEAD - 5 * mm, _shortened(document.header, REGULAR, middle))
    canvas.drawString(_SIDE, _FOOT + 5 * mm, _shortened(document.footer, REGULAR, middle))
    canvas.drawRightString(right, _FOOT + 5 * mm, f"Page {canvas.getPageNumber()} of {pages}")


def _shortened(text: str, font: str, width: float) -> str:
    """Return the text in one line, cut with an ellipsis where it is wider than the page."""
    whole = " ".join(drawable(text[:_LONGEST_LINE]).split())
    if len(text) <= _LONGEST_LINE and stringWidth(whole, font, _SIZE) <= width:
        return whole
    line = whole
    while line and stringWidth(f"{line}…", font, _SIZE) > width:
        line = line[:-1]
    return f"{line}…"
