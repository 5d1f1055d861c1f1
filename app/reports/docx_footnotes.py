"""Real footnotes for DOCX: a part of the package that the text refers to by number.

The library that writes the rest has no call for them, so their XML is made here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from lxml import etree

from app.reports.docx_template import NO_FOOTNOTES

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

    from app.reports.blocks import Footnote


class Footnotes:
    """Gathers a document's footnotes and sets their marks in the text."""

    def __init__(self) -> None:
        """Begin with the two rules that every document with footnotes must have."""
        self._part = parse_xml(NO_FOOTNOTES.encode())
        self._count = 0
        self._numbered = 0

    def add(self, paragraph: Paragraph, note: Footnote) -> None:
        """Set a mark at the paragraph's end so far, and its note in the notes' part.

        A mark that Word's own counting would give is left to Word, so that the numbers stay
        right when someone adds a footnote; any other mark is kept as it was given.
        """
        self._count += 1
        counted = note.mark == str(self._numbered + 1)
        self._numbered += counted
        reference = OxmlElement("w:footnoteReference")
        if not counted:
            reference.set(qn("w:customMarkFollows"), "1")
        reference.set(qn("w:id"), str(self._count))
        paragraph._p.append(_mark(reference, "" if counted else note.mark))  # noqa: SLF001 - no public way to a run of one's own
        self._part.append(self._note(note, counted=counted))

    def xml(self) -> bytes:
        """Return the notes' part."""
        made: bytes = etree.tostring(
            self._part, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return made

    def _note(self, note: Footnote, *, counted: bool) -> BaseOxmlElement:
        made = OxmlElement("w:footnote")
        made.set(qn("w:id"), str(self._count))
        paragraph = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), "FootnoteText")
        properties.append(style)
        paragraph.append(properties)
        own = OxmlElement("w:footnoteRef") if counted else None
        paragraph.append(_mark(own, "" if counted else note.mark))
        run = OxmlElement("w:r")
        run.text = f" {note.text}"
        paragraph.append(run)
        made.append(paragraph)
        return made


def _mark(inside: BaseOxmlElement | None, mark: str) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    style = OxmlElement("w:rStyle")
    style.set(qn("w:val"), "FootnoteReference")
    properties.append(style)
    run.append(properties)
    if inside is not None:
        run.append(inside)
    if mark:
        text = OxmlElement("w:t")
        text.text = mark
        run.append(text)
    return run
