"""Reads documents back with other people's readers, as the texts in the order they stand."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.oxml.xmlchemy import BaseOxmlElement


def words(text: str) -> list[str]:
    """The words of a text, whatever stands between them."""
    return text.split()


def docx_texts(path: Path) -> list[tuple[str, str]]:
    """(style, text) of every paragraph with words, also in tables, in the order of the file."""
    document = docx.Document(str(path))
    styles = {one.style_id: one.name for one in document.styles}
    found = []
    for paragraph in _paragraphs(document.element.body):
        text = "".join(_runs(paragraph))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = styles.get(style.get(qn("w:val")), "") if style is not None else ""
        if text.strip():
            found.append((name, text))
    return found


def docx_footnotes(path: Path) -> list[str]:
    """The words of every real footnote, in their order."""
    document = docx.Document(str(path))
    parts = [
        one.target_part.blob
        for one in document.part.rels.values()
        if one.reltype.endswith("/footnotes")
    ]
    texts = []
    for blob in parts:
        for note in re.findall(rb"<w:footnote .*?</w:footnote>", blob, re.DOTALL):
            text = b"".join(re.findall(rb"<w:t[^>]*>([^<]*)</w:t>", note)).decode().strip()
            if text:
                texts.append(text)
    return texts


def pdf_words(path: Path) -> list[str]:
    """The words of every page in reading order, as poppler sees them, without page numbers."""
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True
    )
    lines = done.stdout.decode().replace("\f", "\n").splitlines()
    return words("\n".join(one for one in lines if not re.fullmatch(r"Page \d+ of \d+", one)))


def html_texts(path: Path) -> list[str]:
    """The texts of the page's blocks in their order."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return [one for one in map(str.strip, reader.texts) if one]


def _paragraphs(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for child in element.iterchildren():
        if child.tag == qn("w:p"):
            yield child
        else:
            yield from _paragraphs(child)


def _runs(paragraph: BaseOxmlElement) -> Iterator[str]:
    for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        yield node.text or "" if node.tag == qn("w:t") else "\n"


class _Reader(HTMLParser):
    _SKIPPED = frozenset({"style", "title", "script"})
    _INLINE = frozenset({"span", "a", "sup", "strong", "em", "b", "i"})

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = [""]
        self._skipping = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += tag in self._SKIPPED
        if tag not in self._INLINE:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._skipping -= tag in self._SKIPPED
        if tag not in self._INLINE:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.texts[-1] += data
