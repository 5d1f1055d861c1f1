"""Reads finished documents back, with tools other than those that wrote them where there are."""

from __future__ import annotations

import shutil
import subprocess
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from app.reports.write import Format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Elements(HTMLParser):
    """An HTML file's elements in order and its text, as a browser would see them."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._hidden = False
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden = tag == "style"

    def handle_endtag(self, _tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes, Format], str]:
    """Return a reader of a document's visible text."""

    def text(content: bytes, form: Format) -> str:
        if form is Format.HTML:
            return Elements(content).text
        if form is Format.DOCX:
            made = docx.Document(BytesIO(content))
            return "\n".join(one.text for one in every_paragraph(made))
        return pdf_text(content, tmp_path)

    return text


def every_paragraph(made) -> list:
    cells = [cell for table in made.tables for row in table.rows for cell in row.cells]
    return [*made.paragraphs, *(one for cell in cells for one in cell.paragraphs)]


def pdf_text(content: bytes, folder: Path, *options: str) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler's pdftotext is not installed, so no second reader of PDF is here")
    path = folder / "made.pdf"
    path.write_bytes(content)
    made = subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, check=True)
    return made.stdout.decode()
