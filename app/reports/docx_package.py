"""Finishes a DOCX file: what it says of itself, its footnotes, and the order of its bytes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.reports.docx_template import FOOTNOTES

if TYPE_CHECKING:
    from docx.document import Document as Made

    from app.reports.blocks import Document

# The earliest time a ZIP can hold: the time of writing is nobody's business, and would make
# two files of the same letter differ.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_FIRST: Final = "[Content_Types].xml"
_LONGEST_PROPERTY: Final = 255


def finished(made: Made, document: Document, footnotes: bytes) -> bytes:
    """Return the file's bytes, its parts in one order and without a time of their own."""
    _describe(made, document)
    saved = BytesIO()
    made.save(saved)
    packed = BytesIO()
    with ZipFile(saved) as parts, ZipFile(packed, "w") as package:
        for name in sorted(parts.namelist(), key=lambda one: (one != _FIRST, one)):
            held = footnotes if name == FOOTNOTES else parts.read(name)
            entry = ZipInfo(name, _NO_TIME)
            # Otherwise the entry would tell which system wrote it.
            entry.create_system = 0
            package.writestr(entry, held, ZIP_DEFLATED)
    return packed.getvalue()


def _describe(made: Made, document: Document) -> None:
    """State title, subject, marking and language; no author, no program, no other date."""
    said = made.core_properties
    said.title = document.title[:_LONGEST_PROPERTY]
    said.subject = document.subject[:_LONGEST_PROPERTY]
    said.language = document.language[:_LONGEST_PROPERTY]
    if document.marking:
        said.category = document.marking[:_LONGEST_PROPERTY]
    if document.date:
        day = datetime.combine(document.date, time(), UTC)
        said.created = said.modified = day
