"""Sets words as paragraphs of a PDF without ever passing through markup.

The layout library reads a small markup language; what inspectors write must never reach it. So
paragraphs are built from fragments directly, and a footnote's mark is a fragment that carries
the footnote, which lets a page find out which footnotes stand on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus.paraparser import ParaFrag

from app.reports.blocks import Footnote, Run, separated
from app.reports.pdf_styles import BOLD, drawable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.lib.styles import ParagraphStyle

    from app.reports.blocks import Words

_MARK_SIZE: Final = 0.65
_MARK_RISE: Final = 0.33


class HeadingParagraph(Paragraph):
    """A paragraph that must not stand last on a page."""


class LabelledParagraph(Paragraph):
    """A paragraph with a label to the left of its first line: a square, or a number."""

    def __init__(self, *args: Any, label: str = "", square: bool = False, **more: Any) -> None:  # noqa: ANN401 - passes on what it is given
        """Keep the label; the rest is the paragraph's own."""
        super().__init__(*args, **more)
        self.label = label
        self.square = square

    def draw(self) -> None:
        """Draw the label on the first line's base, then the words."""
        style = self.style
        base = self.height - style.fontSize
        self.canv.saveState()
        self.canv.setFillColor(style.textColor)
        if self.square:
            side = style.fontSize * 0.32
            left = max(0.0, style.leftIndent - style.fontSize * 1.25)
            self.canv.rect(left, base + style.fontSize * 0.2, side, side, stroke=0, fill=1)
        if self.label:
            self.canv.setFont(style.fontName, style.fontSize)
            self.canv.drawString(0, base, self.label)
        self.canv.restoreState()
        super().draw()

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Split as a paragraph does; the label stays with the first part."""
        parts = super().split(available_width, available_height)
        for place, part in enumerate(parts):
            if isinstance(part, LabelledParagraph) and part is not self:
                part.label = self.label if place == 0 else ""
                part.square = self.square and place == 0
        return parts


def paragraph(
    words: Words, style: ParagraphStyle, *, label: str = "", square: bool = False
) -> Paragraph:
    """Return the words as a paragraph, with a label beside it if one is given."""
    fragments = list(_fragments(words, style))
    if label or square:
        label = drawable(label)
        wide = stringWidth(label, style.fontName, style.fontSize) + 4 > style.leftIndent
        if wide:
            fragments.insert(0, _fragment(style, f"{label} "))
        return LabelledParagraph(
            "", style, frags=fragments, label="" if wide else label, square=square
        )
    return Paragraph("", style, frags=fragments)


def heading(words: Words, style: ParagraphStyle) -> HeadingParagraph:
    """Return the words as a heading."""
    return HeadingParagraph("", style, frags=list(_fragments(words, style)))


def footnotes_in(part: Paragraph) -> Iterator[Footnote]:
    """Yield the footnotes whose marks stand in a paragraph, or in part of a split one."""
    for held in part.frags:
        # Once measured, a paragraph holds words: a width, then pairs of fragment and text.
        fragments = [pair[0] for pair in held[1:]] if isinstance(held, list) else [held]
        for fragment in fragments:
            note = getattr(fragment, "footnote", None)
            if isinstance(note, Footnote):
                yield note


def _fragments(words: Words, style: ParagraphStyle) -> Iterator[ParaFrag]:
    size, rise = style.fontSize * _MARK_SIZE, style.fontSize * _MARK_RISE
    for one, comma in separated(words):
        if isinstance(one, Run):
            yield from _lines(one, style)
        else:
            mark = _fragment(style, comma + drawable(one.mark), size=size, rise=rise)
            mark.footnote = one
            yield mark


def _lines(run: Run, style: ParagraphStyle) -> Iterator[ParaFrag]:
    font = BOLD if run.bold else style.fontName
    for place, line in enumerate(drawable(run.text).split("\n")):
        if place:
            turn = _fragment(style, "", font=font)
            turn.lineBreak = True
            yield turn
        if line:
            yield _fragment(style, line, font=font)


def _fragment(
    style: ParagraphStyle, text: str, *, font: str = "", size: float = 0.0, rise: float = 0.0
) -> ParaFrag:
    name = font or style.fontName
    return ParaFrag(
        text=text,
        fontName=name,
        fontSize=size or style.fontSize,
        textColor=style.textColor,
        bold=int(name == BOLD),
        italic=0,
        rise=rise,
        greek=0,
        link=[],
        us_lines=[],
    )
