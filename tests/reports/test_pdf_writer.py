"""PDF as another reader sees it: words, pages, footnotes, fonts, what the file says of itself."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from app.reports import blocks as b
from app.reports.letter import letter_document
from app.reports.write import Format, render
from tests.reports.conftest import pdf_text
from tests.reports.samples import ACT, MARKING, letter

if TYPE_CHECKING:
    from pathlib import Path

LINE = "Children told inspectors what would help them and were heard. "


def pages(document: b.Document, folder: Path) -> list[str]:
    text = pdf_text(render(document, Format.PDF), folder, "-layout")
    return text.split("\f")[:-1]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_words_are_the_letters_words(tmp_path: Path) -> None:
    text = flat(pdf_text(render(letter_document(letter("grid", 4)), Format.PDF), tmp_path))
    for words in (
        "9 July 2024",
        "Siân Pryce OBE, Director, Wexcombe Council",
        "Joint targeted area inspection of Wexcombe",
        "Thirty staff met us.",
        "above all at night",
        "1.1 Numbered in print.",
        "One child was met at once.",
        "Yours sincerely",
        "Signer 4 CBE",
    ):
        assert words in text


def test_marking_and_number_stand_on_every_page(tmp_path: Path) -> None:
    document = b.Document("x", (b.Paragraph(b.plain(LINE * 150)),), marking=MARKING)
    made = pages(document, tmp_path)
    assert len(made) > 2
    for number, page in enumerate(made, start=1):
        assert page.count(MARKING) == 2
        assert f"Page {number} of {len(made)}" in page


@pytest.mark.parametrize("lines", range(18, 50, 3))
def test_a_footnote_stands_on_the_page_of_its_mark(lines: int, tmp_path: Path) -> None:
    noted = (b.Run(LINE * 2 + "Marked"), b.Footnote("1", ACT), b.Run(f". {LINE * 12}"))
    document = b.Document("x", (b.Paragraph(b.plain(LINE * lines)), b.Paragraph(noted)))
    made = [flat(one) for one in pages(document, tmp_path)]
    marked = [at for at, page in enumerate(made) if "Marked" in page]
    assert marked == [at for at, page in enumerate(made) if ACT in page]
    page = made[marked[0]]
    assert page.index("Marked") < page.index(ACT) < page.index("Page ")


def test_a_footnote_in_a_box_stands_on_its_page_too(tmp_path: Path) -> None:
    noted = b.Paragraph((b.Run("Marked"), b.Footnote("1", ACT)))
    filler = b.Paragraph(b.plain(LINE * 5))
    document = b.Document("x", (b.Box(b.plain("Box"), (*[filler] * 12, noted, *[filler] * 4)),))
    for page in map(flat, pages(document, tmp_path)):
        assert ("Marked" in page) == (ACT in page)


def test_footnotes_too_tall_for_any_page_are_still_printed_whole(tmp_path: Path) -> None:
    tall = b.Footnote("1", f"Tall. {LINE * 200} Done.")
    crowd = [b.Footnote(str(at), f"Note{at}. {LINE * 20}") for at in range(2, 12)]
    document = b.Document("x", (b.Paragraph((b.Run("Words"), tall, *crowd)),))
    text = flat(" ".join(pages(document, tmp_path)))
    assert "Done." in text
    assert all(f"Note{at}." in text for at in range(2, 12))


def test_footnotes_side_by_side_are_both_printed(tmp_path: Path) -> None:
    words = (b.Run("Words"), b.Footnote("1", "First note."), b.Footnote("2", "Second note."))
    text = " ".join(pages(b.Document("x", (b.Paragraph(words),)), tmp_path))
    assert "Words1,2" in text
    assert "First note." in text
    assert "Second note." in text


@pytest.mark.parametrize("lines", range(20, 60, 2))
def test_no_heading_stands_last_on_a_page(lines: int, tmp_path: Path) -> None:
    blocks = (
        b.Paragraph(b.plain(LINE * lines)),
        b.Heading(b.plain("First heading")),
        b.Heading(b.plain("Second heading"), 2),
        b.Paragraph(b.plain(f"Below. {LINE * 10}")),
    )
    made = pages(b.Document("x", blocks), tmp_path)
    (page,) = [one for one in made if "First heading" in one]
    assert "Second heading" in page
    assert "Below." in page


def test_a_box_runs_over_pages_and_loses_nothing(tmp_path: Path) -> None:
    inside = tuple(b.Paragraph(b.plain(f"Part{at}. {LINE * 9}")) for at in range(20))
    made = pages(b.Document("x", (b.Box(b.plain("Long box"), inside),)), tmp_path)
    assert len(made) > 2
    text = " ".join(made)
    assert all(f"Part{at}." in text for at in range(20))
    assert flat(text).count("would help them") == 180


def test_signatures_share_a_page_with_the_closing_words(tmp_path: Path) -> None:
    signatures = letter_document(letter("grid", 4)).blocks[-1]
    for lines in range(20, 40, 4):
        made = pages(b.Document("x", (b.Paragraph(b.plain(LINE * lines)), signatures)), tmp_path)
        (page,) = [one for one in made if "Yours sincerely" in one]
        assert page.count("Signer") == 4


def test_welsh_and_typographic_letters_are_there(tmp_path: Path) -> None:
    words = "Tŷ’r Gŵyl ŵ ŷ â î ô “quoted” ‘so’ – — … é £ \ufffd"
    assert words in " ".join(pages(b.Document("x", (b.Paragraph(b.plain(words)),)), tmp_path))


def test_every_font_is_embedded_and_the_title_is_stated(tmp_path: Path) -> None:
    if shutil.which("pdffonts") is None:
        pytest.skip("poppler's pdffonts and pdfinfo are not installed")
    path = tmp_path / "letter.pdf"
    path.write_bytes(render(letter_document(letter("grid", 3)), Format.PDF))
    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True).stdout.decode()
    rows = fonts.splitlines()[2:]
    assert rows
    assert all("NotoSans" in row and " yes yes yes " in row for row in rows)
    said = subprocess.run(["pdfinfo", path], capture_output=True, check=True).stdout.decode()
    assert "Joint targeted area inspection of Wexcombe" in said
    assert MARKING in said
    assert "Jul" in said.split("CreationDate:")[1].splitlines()[0]
    assert "Author" not in said
    assert "ReportLab" not in said


def test_language_and_shown_title_are_in_the_catalogue() -> None:
    made = render(b.Document("x", (), language="en-GB"), Format.PDF)
    assert b"/Lang (en-GB)" in made
    assert b"/DisplayDocTitle true" in made
    assert b"CreationDate" not in made


@pytest.mark.parametrize("sentences", [2, 3, 4])
def test_no_point_to_be_spoken_is_torn_between_pages(sentences: int, tmp_path: Path) -> None:
    spoken = tuple(
        b.SpokenPoint(b.plain(f"Begins. {LINE * sentences}Ends."), "Lead" if at % 2 else "")
        for at in range(12)
    )
    made = pages(b.Document("x", spoken, large=True), tmp_path)
    assert len(made) > 2
    for page in made:
        assert page.count("Begins.") == page.count("Ends.") > 0
