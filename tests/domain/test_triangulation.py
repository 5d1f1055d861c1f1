"""What stands under a finding, in words that count and name what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from app.domain.kinds.notes import SOURCES
from app.domain.triangulation import Piece, Triangulation, triangulate

if TYPE_CHECKING:
    from random import Random

SAID = [
    Piece("for", "practitioner", "n1", "Council", "social care", "Ofsted", ("C1",), "Ann"),
    Piece("for", "manager", "n2", "Council", "social care", "Ofsted", (), "Ann"),
    Piece("for", "leader", "n3", "Police", "police", "HMICFRS", (), "Bo"),
    Piece("for", "record", "n4", "Council", "social care", "Ofsted", ("C1",), "Ann"),
    Piece("for", "audit", "n5", "Council", "social care", "Ofsted", ("C1", "C2"), "Ann"),
]


def test_the_whole_picture_reads_as_one_sentence() -> None:
    found = triangulate(SAID, expected_sectors=["Police", "health"])
    assert found.in_words() == (
        "Said by 3 professionals in 2 agencies and seen in 2 records; it is about 2 children; "
        "no child or parent has said it; nothing from health."
    )


def test_one_is_singular() -> None:
    pieces = [
        Piece("for", "practitioner", "n1", "Police"),
        Piece("for", "child", "n2"),
        Piece("for", "family", "n3"),
        Piece("for", "observation", "n4"),
        Piece("for", "data", "n5"),
        Piece("for", "", "n6"),
    ]
    assert triangulate(pieces).in_words() == (
        "Said by 1 professional in 1 agency, by 1 child and by 1 parent or carer, and seen in "
        "1 observation, 1 set of data and 1 note of no stated source."
    )


def test_a_note_is_one_conversation_however_many_paragraphs_are_used() -> None:
    found = triangulate([SAID[0], SAID[0], SAID[1]])
    assert found.supporting.professionals == {"n1", "n2"}
    assert found.in_words().startswith("Said by 2 professionals in 1 agency;")


def test_only_seen_and_only_missing_voices_are_named() -> None:
    seen = triangulate([Piece("for", "document", "n1"), Piece("for", "child", "n2")])
    assert seen.in_words() == "Said by 1 child and seen in 1 document; no parent has said it."
    alone = triangulate([Piece("for", "document", "n1"), Piece("for", "document", "n2")])
    assert alone.in_words() == "Seen in 2 documents; no child or parent has said it."


def test_evidence_against_has_a_sentence_of_its_own() -> None:
    pieces = [Piece("for", "child", "n1"), Piece("against", "manager", "n2", "Council")]
    assert triangulate(pieces).in_words() == (
        "Said by 1 child; no parent has said it. Against it: said by 1 professional in 1 agency."
    )


def test_having_looked_and_found_nothing_is_said() -> None:
    found = triangulate([Piece("for", "child", "n1")], contrary_sought=True)
    assert found.in_words().endswith("Evidence against it was looked for and none was found.")


def test_inspectorates_with_nothing_are_named_in_the_order_of_the_team() -> None:
    found = triangulate(SAID, taking_part=["Ofsted", "CQC", "HMICFRS", "HMI Probation"])
    assert found.missing_inspectorates == ("CQC", "HMI Probation")
    assert found.in_words().endswith("nothing recorded by CQC or HMI Probation.")


def test_nothing_yet_is_said_plainly() -> None:
    assert Triangulation().in_words() == "No evidence for it yet."
    against = triangulate([Piece("against", "record", "n1")])
    assert against.in_words() == "No evidence for it yet. Against it: seen in 1 record."


PIECES = st.lists(
    st.builds(
        Piece,
        st.sampled_from(["for", "against"]),
        st.sampled_from(["", *SOURCES]),
        st.sampled_from(["n1", "n2", "n3"]),
        st.sampled_from(["", "Council", "Police"]),
        st.sampled_from(["", "health", "police"]),
    ),
    max_size=8,
)


@given(PIECES, st.randoms())
def test_order_and_repetition_change_nothing(pieces: list[Piece], chance: Random) -> None:
    shuffled = pieces * 2
    chance.shuffle(shuffled)
    assert triangulate(shuffled) == triangulate(pieces)


@given(PIECES)
def test_every_note_is_counted_and_every_text_is_whole_sentences(pieces: list[Piece]) -> None:
    found = triangulate(pieces, expected_sectors=["health"])
    assert found.supporting.notes == {one.note for one in pieces if one.direction == "for"}
    words = found.in_words()
    assert words[0].isupper()
    assert words.endswith(".")
    assert "  " not in words
    assert " 1 professionals" not in words
    assert bool(found.supporting.notes) == (not words.startswith("No evidence"))
