"""House style points at words and says what might help; it never changes one."""

from __future__ import annotations

import pytest

from app.domain.house_style import LONGEST, length, slips


def said(text: str) -> list[tuple[str, str]]:
    return [(one.words, one.said) for one in slips([("b", text)])]


def test_a_long_sentence_is_counted() -> None:
    assert said(f"{'word ' * (LONGEST - 1)}end.".replace("word word", "word other")) == []
    long = f"{'one two ' * LONGEST}end."
    assert said(long) == [(long, f"A sentence of {2 * LONGEST + 1} words")]


def test_an_abbreviation_has_to_be_spelt_out_where_it_first_stands() -> None:
    assert said("The MARAC met.") == [("MARAC", "Not spelt out where it first stands")]
    assert said("The risk assessment conference (MARAC) met. The MARAC agreed.") == []
    assert said("MARAC (the risk assessment conference) met.") == []
    assert said("The NHS and GPs met.") == []
    held = [("a", "A hub (MASH) works."), ("b", "MASH staff decide.")]
    assert slips(held) == []
    assert [one.block for one in slips(held[::-1])] == ["b"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Prior to this it was so.", "Prior to"),
        ("The program runs.", "program"),
        ("It began recently.", "recently"),
        ("Inspectors felt that it was so.", "Inspectors felt"),
        ("The case was closed.", "case"),
        ("It was was so.", "was was"),
        ("They’re 'fine'.", "They’re 'fine'."),
        ("Two  spaces.", "Two  spaces."),
    ],
)
def test_each_slip_is_pointed_at(text: str, words: str) -> None:
    assert words in [one for one, _said in said(text)]


@pytest.mark.parametrize(
    "text",
    [
        "In case of need, case records and case studies are read.",
        "Programmes began in March 2026.",
        "It is said that that helps.",
        "Leaders act – “quickly” – on what children’s lives are like.",
    ],
)
def test_good_words_are_let_be(text: str) -> None:
    assert said(text) == []


def test_slips_stand_in_the_order_of_the_letter() -> None:
    found = slips([("b", "Utilise it recently."), ("a", "Recently so.")])
    assert [(one.block, one.start) for one in found] == [("b", 0), ("b", 11), ("a", 0)]


def test_length_is_set_beside_letters_of_the_same_layout() -> None:
    now, then = length(["word " * 780], 2022), length(["word " * 780], 2016)
    assert (now.words, now.pages, now.usual_pages) == (780, 2, 8)
    assert (then.usual_words, then.usual_pages) == (5_500, 14)
    assert length([], 0).pages == 1
