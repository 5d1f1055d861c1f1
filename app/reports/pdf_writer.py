"""Writes a document as a PDF: embedded typeface, marking and page numbers on every page.

Equal documents give equal bytes: the file holds no time of its making, no machine's name and
no random number. Text never passes through the layout library's markup.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from app.reports import blocks as b
from app.reports.pdf_box import Box, depth_of
from app.reports.pdf_notes import LateNotes, NotesFrame
from app.reports.pdf_page import page_canvas
from app.reports.pdf_signatures import signature_flowables
from app.reports.pdf_styles import REGULAR, Styles, load_typeface, styles
from app.reports.pdf_words import HeadingParagraph, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportlab.pdfgen.canvas import Canvas

_SIDE: Final = 25 * mm
_TOP: Final = 25 * mm
_BOTTOM: Final = 24 * mm
_WIDTH: Final = A4[0] - 2 * _SIDE
_DEPTH: Final = A4[1] - _TOP - _BOTTOM
_LINES_WITH_HEADING: Final = 3


def write_pdf(document: b.Document) -> bytes:
    """Return the document as the bytes of a PDF file.

    Raises:
        OutputError: a font file of the app is missing or damaged.

    """
    load_typeface()
    setting = styles(large=document.large)
    made = BytesIO()
    frame = NotesFrame(
        _SIDE,
        _BOTTOM,
        _WIDTH,
        _DEPTH,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
        id="text",
        style=setting.footnote,
    )

    def draw_notes(canvas: Canvas, _template: BaseDocTemplate) -> None:
        frame.draw_notes(canvas)

    template = BaseDocTemplate(
        made,
        pagesize=A4,
        initialFontName=REGULAR,
        lang=document.language,
        invariant=1,
        pageTemplates=[PageTemplate("page", [frame], onPageEnd=draw_notes)],
    )
    story = [*_Setting(setting).all(document.blocks), LateNotes()]
    template.build(_with_room(story, setting), canvasmaker=page_canvas(document))
    return made.getvalue()


class _Setting:
    """Turns blocks into flowables in the styles of one document."""

    def __init__(self, setting: Styles) -> None:
        self._styles = setting

    def all(self, blocks: Iterable[b.Block]) -> Iterator[Flowable]:
        """Yield the flowables of all blocks."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: b.Block) -> Iterator[Flowable]:
        own = self._styles
        match block:
            case b.Title(words):
                yield heading(words, own.title)
            case b.Heading(words, level):
                yield heading(words, own.headings[min(level, len(own.headings)) - 1])
            case b.Paragraph(words):
                yield paragraph(words, own.body)
            case b.NumberedParagraph(number, words):
                yield paragraph(words, own.numbered, label=number)
            case b.Bullet(words, level):
                style = own.bullets[min(level, len(own.bullets)) - 1]
                yield paragraph(words, style, square=True)
            case b.SupportLine(words):
                yield paragraph(words, own.support)
            case b.KeyLine(key, value):
                yield paragraph((b.Run(f"{key}: ", bold=True), b.Run(value)), own.support)
            case b.PageBreak():
                yield PageBreak()
            case _:
                yield from self._group(block)

    def _group(
        self, block: b.Box | b.Addressees | b.Signatures | b.SpokenPoint
    ) -> Iterator[Flowable]:
        own = self._styles
        match block:
            case b.Box(title, inside):
                head = [heading(title, own.box_title)] if title else []
                yield Box([*head, *self.all(inside)])
            case b.Addressees(lines):
                yield Spacer(0, 6)
                yield from (paragraph(one.words, own.addressee) for one in lines)
                yield Spacer(0, 12)
            case b.SpokenPoint(words, speaker):
                if speaker:
                    yield heading(b.plain(speaker), own.speaker)
                yield paragraph(words, own.spoken)
            case b.Signatures():
                yield from signature_flowables(block, own, _WIDTH, _DEPTH)


def _with_room(story: list[Flowable], setting: Styles) -> list[Flowable]:
    """Put before headings a break that is taken where the next lines would not fit as well.

    A point to be spoken is not torn: nobody turns a page in the middle of a sentence.
    """
    laid: list[Flowable] = []
    ahead: list[Flowable] = []
    for one in story:
        if isinstance(one, HeadingParagraph):
            ahead.append(one)
            continue
        is_spoken = isinstance(one, Paragraph) and one.style is setting.spoken
        if ahead or is_spoken:
            depth = depth_of([one], _WIDTH)
            lines = setting.body.leading * _LINES_WITH_HEADING
            room = depth_of(ahead, _WIDTH) + (depth if is_spoken else min(depth, lines))
            laid += [CondPageBreak(min(room, _DEPTH)), *ahead]
            ahead = []
        laid.append(one)
    return [*laid, *ahead]
