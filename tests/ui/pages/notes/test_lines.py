"""Which record a paragraph stays through an edit, without any window."""

from __future__ import annotations

from itertools import count

import pytest

from app.ui.pages.notes.history import Edit, History
from app.ui.pages.notes.lines import Line, followed, stretch


@pytest.fixture
def begin():
    numbers = count(1)
    return lambda: Line(f"new{next(numbers)}")


A, B, C = Line("a", "Alpha one."), Line("b", "Beta two."), Line("c", "Gamma three.")


def ids(lines) -> list[str]:
    return [line.id for line in lines]


@pytest.mark.parametrize(
    ("before", "texts", "wanted"),
    [
        pytest.param([A], ["Alpha one.", ""], ["a", "new1"], id="enter at the end"),
        pytest.param([A], ["", "Alpha one."], ["new1", "a"], id="enter at the start"),
        pytest.param([A], ["Alpha", " one."], ["a", "new1"], id="enter in the middle"),
        pytest.param([A, B], ["Alpha one.Beta two."], ["a"], id="joined"),
        pytest.param([Line("x"), B], ["Beta two."], ["b"], id="joined to an empty one"),
        pytest.param([A, Line("x")], ["Alpha one."], ["a"], id="empty one joined"),
        pytest.param([A, B, C], ["Alpha three."], ["a"], id="cut across"),
        pytest.param([A, B, C], ["Alpha one.", "Gamma three."], ["a", "c"], id="whole one cut"),
        pytest.param([A], ["Alpha!", "mid", " one."], ["a", "new1", "new2"], id="pasted"),
        pytest.param([A, B], ["Alpha 1.", "Beta 2."], ["a", "b"], id="both changed"),
    ],
)
def test_words_that_stay_whole_keep_their_record(before, texts, wanted, begin) -> None:
    after = followed(before, texts, begin)
    assert [line.text for line in after] == texts
    assert ids(after) == wanted


def test_both_halves_of_a_quotation_are_that_persons_words(begin) -> None:
    quote = Line("q", "I found out. A week later.", "verbatim", "health visitor")
    upper, lower = followed([quote], ["I found out.", " A week later."], begin)
    assert (upper.type, upper.speaker) == (lower.type, lower.speaker) == (quote.type, quote.speaker)


def test_a_paragraph_begun_after_a_quotation_is_evidence(begin) -> None:
    quote = Line("q", "I found out.", "verbatim", "health visitor")
    assert followed([quote], ["I found out.", ""], begin)[1].type == "evidence"


def test_the_stretch_between_two_texts_is_as_short_as_it_can_be() -> None:
    assert stretch("abcdef", "abXdef") == (2, 1, "X")
    assert stretch("aa", "aaa") == (2, 0, "a")
    assert stretch("", "word") == (0, 0, "word")
    assert stretch("same", "same") == (4, 0, "")


def typed(text: str) -> Line:
    return Line("a", text)


def step(before: str, after: str) -> Edit:
    return Edit((typed(before),), (typed(after),))


def test_a_word_typed_letter_by_letter_is_one_step() -> None:
    history = History()
    for before, after in (("", "o"), ("o", "on"), ("on", "on "), ("on ", "on t")):
        history.add(step(before, after))
    at, back = history.step_back([typed("on t")])
    assert (at, back.after) == (0, (typed("on "),))
    assert history.step_back([typed("on ")])[1].after == (typed(""),)
    assert history.step_back([typed("")]) is None


def test_what_was_undone_can_be_done_again() -> None:
    history = History()
    history.add(step("", "x"))
    history.step_back([typed("x")])
    assert history.step_forward([typed("")])[1].after == (typed("x"),)
    assert history.step_back([typed("x")])[1].after == (typed(""),)


def test_a_new_step_forgets_those_undone() -> None:
    history = History()
    history.add(step("", "x"))
    history.step_back([typed("x")])
    history.add(step("", "y"))
    assert history.step_forward([typed("y")]) is None


def test_a_step_whose_words_changed_elsewhere_is_passed_over() -> None:
    history = History()
    history.add(step("", "x"))
    assert history.step_back([typed("their words")]) is None
