"""The brief twice: nothing of the evidence in the spoken copy, all of it in the notes."""

from __future__ import annotations

import pytest

from app.reports import blocks as b
from app.reports.brief import notes_document, spoken_document
from app.reports.pdf_styles import styles
from app.reports.write import Format, render
from tests.reports.samples import brief

SECRETS = (
    *("note-71", "finding-9", "point-1", "HMICFRS", "interview", "Told by two"),
    *("Committee room", "head of probation", "Whose figures", "September’s audit", "knows it well"),
    *("reworded", "14:12"),
)


@pytest.mark.parametrize("form", [Format.HTML, Format.DOCX, Format.PDF])
def test_the_spoken_copy_holds_nothing_of_the_evidence(form: Format, read) -> None:
    said = read(render(spoken_document(brief()), form), form)
    assert "Leaders know their area." in said
    assert not [one for one in SECRETS if one in said]


def test_the_spoken_html_names_no_record_even_in_its_markup() -> None:
    made = render(spoken_document(brief()), Format.HTML).decode()
    assert "data-source" not in made
    assert "point-1" not in made


def test_spoken_points_stand_one_by_one_in_large_type_with_who_speaks() -> None:
    points = [one for one in spoken_document(brief()).blocks if isinstance(one, b.SpokenPoint)]
    assert [b.text_of(one.words) for one in points] == [
        "Please do not record.",
        "Leaders know their area.",
        "Records lag behind.",
    ]
    assert [one.speaker for one in points] == ["", "Lead inspector", "Police inspector"]
    assert spoken_document(brief()).large
    large = styles(large=True)
    sizes = (large.spoken, large.body, large.title, *large.headings)
    assert min(one.fontSize for one in sizes) >= 20


def test_the_notes_hold_counts_names_and_words_under_each_point(read) -> None:
    said = read(render(notes_document(brief()), Format.HTML), Format.HTML)
    for words in (
        "Point: point-1",
        "Findings: 1: finding-9",
        "Notes: 1: note-71",
        "Inspectorates: 1: HMICFRS",
        "Kinds of source: 2: interview, document",
        "Paragraphs of evidence: 4, of which 1 against",
        "Told by two.",
        "Speaker: Lead inspector",
        "Time: 1 min 35 s",
        "Words used: Leaders know it well.",
        "Said: reworded, 14:12",
        "Time: 2 s by its words",
        "Place: Committee room",
        "Who came: 2: chief executive, head of probation",
        "Whose figures are these?",
        "Why now?",
        "September’s audit",
        "Lead inspector: 1 min 35 s",
        "Police inspector: 2 s",
        "In all: 1 min 39 s, at 120 words a minute",
        "Notes: none",
    ):
        assert words in said
