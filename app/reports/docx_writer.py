"""Writes a document as DOCX with real styles, lists, headings and footnotes, for Word to edit.

Equal documents give equal bytes: no time, name or machine stands in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from app.reports import blocks as b
from app.reports.docx_footnotes import Footnotes
from app.reports.docx_package import finished
from app.reports.docx_signatures import add_signatures
from app.reports.docx_tables import add_table
from app.reports.docx_template import empty_package

if TYPE_CHECKING:
    from docx.document import Document as Made
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_LAST_HEADING = 3
_LAST_BULLET = 2
_IN_BOX = {"Normal": "Box Text"}


def write_docx(document: b.Document) -> bytes:
    """Return the document as the bytes of a DOCX file."""
    made = docx.Document(empty_package(document.language, large=document.large))
    footnotes = Footnotes()
    writer = _Writer(made, made, footnotes)
    for block in document.blocks:
        writer.add(block)
    _margins(made, document)
    return finished(made, document, footnotes.xml())


class _Writer:
    """Adds blocks to the text or to a box in it."""

    def __init__(self, made: Made, place: Made | _Cell, footnotes: Footnotes) -> None:
        self._made = made
        self._place = place
        self._footnotes = footnotes

    def add(self, block: b.Block) -> None:
        """Add one block."""
        match block:
            case b.Title(words):
                self._paragraph("Title", words)
            case b.Heading(words, level):
                deeper = level + 1 if self._in_box else level
                self._paragraph(f"Heading {min(deeper, _LAST_HEADING)}", words)
            case b.Paragraph(words):
                self._paragraph("Normal", words)
            case b.NumberedParagraph(number, words):
                self._paragraph("Numbered Paragraph", (b.Run(f"{number}\t"), *words))
            case b.Bullet(words, level):
                self._paragraph("List Bullet" if level < _LAST_BULLET else "List Bullet 2", words)
            case b.SupportLine(words):
                self._paragraph("Support Line", words)
            case b.KeyLine(key, value):
                self._paragraph("Support Line", (b.Run(f"{key}: ", bold=True), b.Run(value)))
            case b.PageBreak():
                self._made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case _:
                self._group(block)

    def _group(self, block: b.Box | b.Addressees | b.Signatures | b.SpokenPoint) -> None:
        match block:
            case b.Box(title, inside):
                self._box(title, inside)
            case b.Addressees(lines):
                for one in lines:
                    self._paragraph("Addressee", one.words)
                if lines:
                    self._made.paragraphs[-1].paragraph_format.space_after = 228600
            case b.SpokenPoint(words, speaker):
                if speaker:
                    self._paragraph("Speaker", b.plain(speaker))
                self._paragraph("Spoken Point", words)
            case b.Signatures():
                if block.closing:
                    self._paragraph("Closing", block.closing)
                add_signatures(self._made, block)

    @property
    def _in_box(self) -> bool:
        return self._place is not self._made

    def _box(self, title: b.Words, inside: tuple[b.Block, ...]) -> None:
        table = add_table(self._made, 1, 1, "Box Frame", b.text_of(title))
        cell = table.cell(0, 0)
        within = _Writer(self._made, cell, self._footnotes)
        if title:
            within._paragraph("Box Heading", title)
        for block in inside:
            within.add(block)
        # A new cell comes with an empty paragraph; it must keep one, but not beside others.
        if len(cell.paragraphs) > 1:
            first = cell.paragraphs[0]._p  # noqa: SLF001 - paragraphs have no public way to go
            first.getparent().remove(first)
        # Without a paragraph between them two boxes would become one.
        self._made.add_paragraph(style="Box End")

    def _paragraph(self, style: str, words: b.Words) -> Paragraph:
        named = _IN_BOX.get(style, style) if self._in_box else style
        made = self._place.add_paragraph(style=self._made.styles[named])
        for one, comma in b.separated(words):
            if isinstance(one, b.Footnote):
                if comma:
                    made.add_run(comma, self._made.styles["footnote reference"])
                self._footnotes.add(made, one)
            else:
                run = made.add_run(one.text)
                run.bold = one.bold or None
        return made


def _margins(made: Made, document: b.Document) -> None:
    """Set the marking and page numbers in the margins, which Word repeats on every page."""
    section = made.sections[0]
    header = section.header.paragraphs[0]
    header.add_run(f"{document.header}\t")
    header.add_run(document.marking).bold = True
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{document.footer}\t")
    footer.add_run(document.marking).bold = True
    footer.add_run("\tPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))  # noqa: SLF001 - the library has no call for fields
