"""DOCX as Word will meet it: styles, lists, footnotes, what the file says of itself."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from app.reports import blocks as b
from app.reports.brief import spoken_document
from app.reports.letter import letter_document
from app.reports.write import Format, render
from tests.reports.conftest import every_paragraph
from tests.reports.samples import ACT, MARKING, brief, letter


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


@pytest.fixture(scope="module")
def made() -> bytes:
    return render(letter_document(letter()), Format.DOCX)


def test_blocks_have_real_styles_in_the_letters_order(made: bytes) -> None:
    held = docx.Document(BytesIO(made))
    styles = [(one.style.name, one.text) for one in held.paragraphs if one.text]
    assert styles[:6] == [
        ("Normal", "9 July 2024"),
        ("Addressee", "Siân Pryce OBE, Director, Wexcombe Council"),
        ("Addressee", "Jo Field, Chief Constable"),
        ("Normal", "Dear Wexcombe partnership"),
        ("Title", "Joint targeted area inspection of Wexcombe"),
        ("Normal", "We visited from 3 to 7 June. Thirty staff met us."),
    ]
    assert [one for one in styles if one[0].startswith(("Heading", "List"))] == [
        ("Heading 1", "Headline findings"),
        ("Heading 1", "What needs to improve?"),
        ("Heading 2", "Front door"),
        ("List Bullet", "the recording of decisions"),
        ("List Bullet 2", "above all at night"),
        ("List Bullet", "supervision"),
        ("Heading 1", "Next steps"),
    ]
    assert ("Numbered Paragraph", "1.1\tNumbered in print.") in styles


def test_bullets_are_numbered_by_the_format_not_typed(made: bytes) -> None:
    held = parts(made)
    assert '<w:numId w:val="1"/>' in held["word/styles.xml"]
    assert held["word/numbering.xml"].count("<w:lvl ") == 2


def test_a_box_is_one_framed_cell_with_its_own_styles(made: bytes) -> None:
    (box,) = docx.Document(BytesIO(made)).tables
    assert box.style.name == "Box Frame"
    inside = [(one.style.name, one.text) for one in box.cell(0, 0).paragraphs]
    assert inside == [
        ("Box Heading", "Practice study"),
        ("Box Text", "One child was met at once."),
        ("List Bullet", "met"),
    ]


def test_footnotes_are_real(made: bytes) -> None:
    held = parts(made)
    assert '<w:footnoteReference w:id="1"/>' in held["word/document.xml"]
    assert ACT in held["word/footnotes.xml"]
    assert "<w:footnoteRef/>" in held["word/footnotes.xml"]
    assert "/word/footnotes.xml" in held["[Content_Types].xml"]
    assert "footnotes.xml" in held["word/_rels/document.xml.rels"]
    named = {"FootnoteText", "FootnoteReference"}
    assert named <= set(re.findall(r'w:styleId="(\w+)"', held["word/styles.xml"]))


def test_a_mark_that_word_would_not_count_is_kept_as_given() -> None:
    marks = [b.Footnote(mark, f"Note {mark}.") for mark in ("1", "*", "2", "7")]
    document = b.Document("x", (b.Paragraph((b.Run("Words"), *marks)),))
    text = parts(render(document, Format.DOCX))["word/document.xml"]
    assert re.findall(r'customMarkFollows="1" w:id="(\d)"', text) == ["2", "4"]
    assert text.count("<w:t>*</w:t>") == 1


def test_marking_and_page_fields_stand_in_header_and_footer(made: bytes) -> None:
    section = docx.Document(BytesIO(made)).sections[0]
    assert MARKING in section.header.paragraphs[0].text
    assert MARKING in section.footer.paragraphs[0].text
    xml = section.footer._element.xml
    assert 'w:instr=" PAGE "' in xml
    assert 'w:instr=" NUMPAGES "' in xml


def test_the_file_names_no_person_program_or_other_date(made: bytes) -> None:
    said = docx.Document(BytesIO(made)).core_properties
    assert (said.title, said.category) == ("Joint targeted area inspection of Wexcombe", MARKING)
    assert (said.author, said.last_modified_by, said.comments) == ("", "", "")
    assert f"{said.created:%Y-%m-%d}" == f"{said.modified:%Y-%m-%d}" == "2024-07-09"
    whole = "".join(parts(made).values())
    assert not re.search("python-docx|2013|Macintosh|thumbnail|Siteweek", whole, re.IGNORECASE)


def test_language_is_british_english_and_type_is_readable(made: bytes) -> None:
    styles = parts(made)["word/styles.xml"]
    assert 'w:lang w:val="en-GB"' in styles
    assert '<w:sz w:val="24"/>' in styles
    assert 'w:ascii="Arial"' in styles


@pytest.mark.parametrize(
    ("signers", "layout"), [(0, "grid"), (1, "grid"), (5, "grid"), (5, "list")]
)
def test_any_number_may_sign(signers: int, layout: str) -> None:
    content = render(letter_document(letter(layout, signers)), Format.DOCX)
    held = docx.Document(BytesIO(content))
    text = "\n".join(one.text for one in every_paragraph(held))
    assert text.count("Signer") == signers
    assert len(held.tables) == 1 + (layout == "grid" and signers > 0)


def test_spoken_points_are_at_least_twenty_points_tall() -> None:
    held = docx.Document(BytesIO(render(spoken_document(brief()), Format.DOCX)))
    assert held.styles["Spoken Point"].font.size.pt >= 20


def test_two_boxes_in_a_row_stay_two() -> None:
    box = b.Box(b.plain("Box"), (b.Paragraph(b.plain("inside")),))
    content = render(b.Document("x", (box, box)), Format.DOCX)
    body = docx.Document(BytesIO(content)).element.body
    kinds = [one.tag.rsplit("}")[-1] for one in body]
    assert kinds == ["tbl", "p", "tbl", "p", "sectPr"]


def test_no_date_is_made_up() -> None:
    document = replace(letter_document(letter()), date=None)
    assert "dcterms:created" not in parts(render(document, Format.DOCX))["docProps/core.xml"]


def test_no_part_of_the_package_tells_when_or_where_it_was_written(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as package:
        told = {(one.date_time, one.create_system) for one in package.infolist()}
        names = package.namelist()
    assert told == {((1980, 1, 1, 0, 0, 0), 0)}
    assert names == ["[Content_Types].xml", *sorted(names[1:])]


def test_marks_side_by_side_do_not_read_as_one_number() -> None:
    words = (b.Run("Words"), b.Footnote("1", "First."), b.Footnote("2", "Second."))
    held = docx.Document(BytesIO(render(b.Document("x", (b.Paragraph(words),)), Format.DOCX)))
    assert held.paragraphs[0].text == "Words,"
