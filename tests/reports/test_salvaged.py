"""Everything that was salvaged stands in the document, each thing as what it is."""

from __future__ import annotations

from app.domain.kinds.registry import KINDS
from app.domain.kinds.spec import Type
from app.domain.records import Record
from app.reports import blocks as b
from app.reports.brief import notes_document, spoken_document
from app.reports.letter import letter_document
from app.reports.salvaged import Loose, Salvaged, salvaged_document
from app.reports.text_writer import write_text
from tests.reports.samples import brief, letter

NOTE = Record("n-1", "focus_group", {"ref": "CQ1/1", "title": "Foster carers", "author": "i-1"})
PERSON = Record("i-1", "person", {"initials": "CQ1"})
PARAGRAPH = Record(
    "p-1",
    "paragraph",
    {
        "note": "n-1",
        "text": "We were not asked.",
        "type": "verbatim",
        "speaker": "carer",
        "author": "i-1",
        "typed_at": "2026-10-12T09:40:00+01:00",
    },
)


def text_of(salvaged: Salvaged) -> str:
    return "".join(write_text(salvaged_document(salvaged)))


def test_a_note_has_its_header_and_each_paragraph_its_writer_time_and_kind() -> None:
    text = text_of(Salvaged([PARAGRAPH, NOTE, PERSON]))
    assert "Focus group: CQ1/1 · Foster carers" in text
    assert "written by: CQ1" in text
    assert "“We were not asked.”\n    verbatim · carer · CQ1 · 2026-10-12 09:40" in text


def test_every_field_of_every_kind_and_unknown_ones_can_be_read() -> None:
    for kind in KINDS.values():
        fields = {
            one.name: ["words of " + one.name]
            if one.type in {Type.LINES, Type.REFS}
            else "words of " + one.name
            for one in kind.fields
            if one.type is not Type.ORDER and not one.stays_here
        }
        record = Record("x-1", kind.name, {**fields, "unheard_of": {"a": [1]}})
        text = text_of(Salvaged([record]))
        shown = [one for one in fields if f"words of {one}" not in text and one != "typed_at"]
        # A paragraph without its note stands under a heading that says so, not under its id.
        assert [one for one in shown if (kind.name, one) != ("paragraph", "note")] == [], kind.name
        assert '{"a":[1]}' in text, kind.name


def test_both_versions_deletion_and_what_nothing_proves_are_said() -> None:
    finding = Record(
        "f-1",
        "finding",
        {"statement": "Health is left out.", "deleted": True},
        {"statement": ("Health is left out.", "Health is often left out.")},
    )
    text = text_of(Salvaged([finding], unproven={"f-1"}))
    assert "statement, another version: Health is often left out." in text
    assert "deleted: yes" in text
    assert "From a copy" in text


def test_loose_words_stand_in_it() -> None:
    text = text_of(
        Salvaged(
            [],
            drafts=[Loose("paragraph p-9, on screen", "half a sent")],
            fragments=[Loose("Laptop ab, change 3", "left … over")],
            remarks=["Change 4 is missing."],
        )
    )
    for words in ("half a sent", "left … over", "Change 4 is missing."):
        assert words in text


def test_the_text_writer_leaves_out_no_words_of_any_block() -> None:
    for document in (letter_document(letter()), spoken_document(brief()), notes_document(brief())):
        text = "".join(write_text(document))
        for block in document.blocks:
            if isinstance(block, b.Paragraph | b.Heading | b.Bullet | b.SpokenPoint):
                assert b.text_of(block.words) in text
