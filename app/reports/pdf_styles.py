"""The typeface and paragraph styles of PDF documents.

The typeface is read from the app's own resources when a PDF is first written, and embedded, so
that a page looks the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from app.errors import OutputError
from app.paths import resources

REGULAR: Final = "Siteweek-Regular"
BOLD: Final = "Siteweek-Bold"
INK: Final = Color(0.07, 0.07, 0.07)
QUIET: Final = Color(0.3, 0.3, 0.3)

_FILES: Final = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}
_BODY: Final = 12.0
_SPOKEN: Final = 22.0


def load_typeface() -> None:
    """Register the typeface, once.

    Raises:
        OutputError: a font file of the app is missing or damaged.

    """
    known = pdfmetrics.getRegisteredFontNames()
    for name, file in _FILES.items():
        if name in known:
            continue
        try:
            pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / file)))
        except (TTFError, OSError) as error:
            raise OutputError(
                f"The app's font {file} cannot be read, so no PDF was written. "
                "Install Siteweek again, or write DOCX or HTML instead."
            ) from error
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR)


def drawable(text: str) -> str:
    """Return text of which every character shows, if only as a box.

    Marks without a shape are dropped; what lies beyond the first plane (emoji, rare letters)
    is replaced, as a PDF made here can name such characters to no reader.
    """
    kept = (one for one in text if one not in _SHAPELESS)
    return "".join(one if ord(one) <= _FIRST_PLANE else "\ufffd" for one in kept)


_FIRST_PLANE: Final = 0xFFFF
_SHAPELESS: Final = frozenset("\ufe0e\ufe0f\u061c\u180e\ufeff")


def _style(name: str, size: float, leading: float, **more: float | str | Color) -> ParagraphStyle:
    settings: dict[str, Any] = {
        "fontName": REGULAR,
        "fontSize": size,
        "leading": leading,
        "textColor": INK,
        "allowWidows": 0,
        "allowOrphans": 0,
        "spaceAfter": leading * 0.6,
    }
    return ParagraphStyle(name, **(settings | more))


@dataclass(frozen=True)
class Styles:
    """Every style a document uses. They hold no state between documents."""

    title: ParagraphStyle
    headings: tuple[ParagraphStyle, ...]
    body: ParagraphStyle
    numbered: ParagraphStyle
    bullets: tuple[ParagraphStyle, ...]
    addressee: ParagraphStyle
    box_title: ParagraphStyle
    closing: ParagraphStyle
    signature: ParagraphStyle
    spoken: ParagraphStyle
    speaker: ParagraphStyle
    support: ParagraphStyle
    footnote: ParagraphStyle = field(
        default_factory=lambda: _style("footnote", 9.5, 12.5, spaceAfter=2, leftIndent=0)
    )


def styles(*, large: bool) -> Styles:
    """Return the styles of a letter, or those of a document to be read from a lectern."""
    title, first, second, third = (26.0, 24.0, 22.0, 22.0) if large else (15.0, 14.0, 12.5, 12.0)
    body = _SPOKEN if large else _BODY
    leading = body * 1.4
    heading: dict[str, Any] = {"fontName": BOLD, "spaceAfter": 6}
    return Styles(
        title=_style("title", title, title * 1.3, **heading | {"spaceBefore": 6, "spaceAfter": 10}),
        headings=(
            _style("heading 1", first, first * 1.3, **heading, spaceBefore=16),
            _style("heading 2", second, second * 1.3, **heading, spaceBefore=12),
            _style("heading 3", third, third * 1.3, **heading, spaceBefore=8),
        ),
        body=_style("body", body, leading),
        numbered=_style("numbered", body, leading, leftIndent=12 * mm),
        bullets=(
            _style("bullet 1", body, leading, leftIndent=6.5 * mm),
            _style("bullet 2", body, leading, leftIndent=13 * mm),
        ),
        addressee=_style("addressee", body, leading, spaceAfter=1),
        box_title=_style("box title", second, second * 1.3, **heading),
        closing=_style("closing", body, leading, spaceBefore=8, spaceAfter=6),
        signature=_style("signature", body, leading, spaceAfter=1),
        spoken=_style("spoken", _SPOKEN, _SPOKEN * 1.35, spaceAfter=18),
        speaker=_style("speaker", 12, 15, textColor=QUIET, spaceAfter=2, spaceBefore=4),
        support=_style("support", 10, 13.5, leftIndent=12 * mm, spaceAfter=3),
    )
