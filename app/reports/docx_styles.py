"""The styles of DOCX documents, by the names that Word and its screen readers know.

Sizes are in half points and distances in twentieths of a point, as the format has them.
"""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import quoteattr

_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BORDERS: Final = ("top", "left", "bottom", "right")
_INNER: Final = (*_BORDERS, "insideH", "insideV")


def _margins(side: int) -> str:
    return (
        f'<w:tblCellMar><w:top w:w="{side}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="{side // 2}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
        "</w:tblCellMar>"
    )


_REFERENCE: Final = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference">'
    '<w:name w:val="footnote reference"/><w:basedOn w:val="DefaultParagraphFont"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)
_PLAIN_TABLE: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    f'<w:name w:val="Normal Table"/><w:tblPr>{_margins(0)}</w:tblPr></w:style>'
)


def styles_xml(language: str, *, large: bool) -> str:
    """Return the style part; ``large`` sets headings and text to be read from a lectern."""
    body, title, first, second = (44, 52, 48, 44) if large else (24, 30, 28, 25)
    named = (
        _paragraph("Normal", "Normal", after=160, quick=True, default=True),
        _paragraph("Title", "Title", size=title, bold=True, after=200, before=160, keep=True),
        _heading(1, first, 320),
        _heading(2, second, 240),
        _heading(3, body, 160),
        _paragraph("ListBullet", "List Bullet", number=0, quick=True),
        _paragraph("ListBullet2", "List Bullet 2", number=1, quick=True),
        _paragraph("NumberedParagraph", "Numbered Paragraph", left=680, hanging=680),
        _paragraph("Addressee", "Addressee", after=20),
        _paragraph("Closing", "Closing", before=160, after=160, keep=True),
        _paragraph("Signature", "Signature", after=20, lines=True),
        _paragraph("BoxText", "Box Text"),
        _paragraph("BoxHeading", "Box Heading", base="Heading3", size=second, before=60, keep=True),
        _paragraph("BoxEnd", "Box End", size=12, after=0),
        _paragraph("SpokenPoint", "Spoken Point", size=44, after=360, lines=True),
        _paragraph("Speaker", "Speaker", size=24, after=40, before=80, keep=True),
        _paragraph("SupportLine", "Support Line", size=20, after=60, left=680),
        _paragraph("FootnoteText", "footnote text", size=20, after=40),
        _paragraph("Header", "header", size=20, after=0, tabs=True),
        _paragraph("Footer", "footer", size=20, after=0, tabs=True),
        _REFERENCE,
        _PLAIN_TABLE,
        _table("BoxFrame", "Box Frame", _BORDERS),
        _table("SignatureGrid", "Signature Grid", _INNER),
    )
    said = quoteattr(language)
    return (
        f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
        f'<w:sz w:val="{body}"/><w:szCs w:val="{body}"/>'
        f"<w:lang w:val={said} w:eastAsia={said} w:bidi={said}/>"
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="160" w:line="288" w:lineRule="auto"/>'
        f"</w:pPr></w:pPrDefault></w:docDefaults>{''.join(named)}</w:styles>"
    )


def _heading(level: int, size: int, before: int) -> str:
    return _paragraph(
        f"Heading{level}",
        f"heading {level}",
        size=size,
        bold=True,
        before=before,
        after=120,
        keep=True,
        outline=level - 1,
    )


def _paragraph(  # noqa: PLR0913 - each is one property of the format, named where it is set
    style_id: str,
    name: str,
    *,
    base: str = "Normal",
    size: int = 0,
    bold: bool = False,
    before: int = 0,
    after: int = 160,
    left: int = 0,
    hanging: int = 0,
    number: int | None = None,
    outline: int | None = None,
    keep: bool = False,
    lines: bool = False,
    tabs: bool = False,
    quick: bool = False,
    default: bool = False,
) -> str:
    """Return a paragraph style. The order of elements is fixed by the format."""
    listed = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr>'
    stops = (
        '<w:tabs><w:tab w:val="center" w:pos="4535"/><w:tab w:val="right" w:pos="9070"/></w:tabs>'
    )
    properties = "".join(
        (
            "<w:keepNext/>" if keep else "",
            "<w:keepLines/>" if keep or lines else "",
            "<w:widowControl/>",
            listed if number is not None else "",
            stops if tabs else "",
            f'<w:spacing w:before="{before}" w:after="{after}"/>',
            f'<w:ind w:left="{left}" w:hanging="{hanging}"/>' if left else "",
            f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "",
        )
    )
    weight = "<w:b/><w:bCs/>" if bold else ""
    face = f'{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else weight
    opening = ' w:default="1"' if default else ""
    basis = "" if default else f'<w:basedOn w:val="{base}"/>'
    return (
        f'<w:style w:type="paragraph"{opening} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f"{basis}{'<w:qFormat/>' if quick or outline is not None else ''}"
        f"<w:pPr>{properties}</w:pPr><w:rPr>{face}</w:rPr></w:style>"
    )


def _table(style_id: str, name: str, edges: tuple[str, ...]) -> str:
    rules = "".join(
        f'<w:{edge} w:val="single" w:sz="6" w:space="0" w:color="444444"/>' for edge in edges
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders>{_margins(142)}</w:tblPr></w:style>"
    )
