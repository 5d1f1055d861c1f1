"""The letter as blocks: order, sources, footnotes' places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain import letters
from app.reports import blocks as b
from app.reports.letter import letter_document
from tests.reports.samples import ACT, block, letter


def test_a_letter_stands_in_the_order_in_which_letters_are_printed() -> None:
    made = letter_document(letter())
    kinds = [type(one).__name__ for one in made.blocks]
    assert kinds[:5] == ["Paragraph", "Addressees", "Paragraph", "Title", "Paragraph"]
    assert kinds[-1] == "Signatures"
    assert made.title == "Joint targeted area inspection of Wexcombe"
    assert made.date == date(2024, 7, 9)
    assert made.blocks[0] == b.Paragraph(b.plain("9 July 2024"), "letter")


def test_every_block_leads_to_its_record() -> None:
    content = letter()
    made = letter_document(content)
    sources = {one.source_id for one in made.blocks}
    assert {one.id for one in content.blocks} <= sources
    box = next(one for one in made.blocks if isinstance(one, b.Box))
    assert [one.source_id for one in box.blocks] == ["block-11", "block-12"]


def test_a_footnote_cuts_the_words_at_its_place_and_loses_none() -> None:
    first = letter_document(letter()).blocks[4]
    assert isinstance(first, b.Paragraph)
    before, note, after = first.words
    assert before == b.Run("We visited from 3 to 7 June.")
    assert note == b.Footnote("1", ACT, "foot-1")
    assert after == b.Run(" Thirty staff met us.")


def test_footnotes_without_place_or_mark_stand_last_and_are_counted() -> None:
    notes = (
        letters.Footnote("f", "", None, "End."),
        letters.Footnote("g", "", 99, "Past it."),
        letters.Footnote("h", "*", 99, "As printed."),
    )
    content = replace(letter(), blocks=(block("paragraph", "Short.", 1, footnotes=notes),))
    made = letter_document(content).blocks[4]
    assert isinstance(made, b.Paragraph)
    assert [one.mark for one in b.footnotes_of(made.words)] == ["1", "2", "*"]
    assert made.words[0] == b.Run("Short.")


def test_empty_blocks_and_particulars_leave_no_trace() -> None:
    settings = letters.LetterSettings("letter")
    empty = tuple(
        block(kind, " ", at) for at, kind in enumerate(("heading", "bullet", "paragraph"))
    )
    content = letters.LetterContent("", "", settings, (), empty, ())
    assert letter_document(content).blocks == ()


def test_a_date_that_is_no_date_is_printed_as_it_stands() -> None:
    settings = replace(letter().settings, date="early July")
    made = letter_document(replace(letter(), settings=settings))
    assert made.blocks[0] == b.Paragraph(b.plain("early July"), "letter")
    assert made.date is None
