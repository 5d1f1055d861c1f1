"""Quantity words beside counts: said where they do not fit, never converted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.proportions import PROPORTIONS, Proportion, misfit


def test_most_is_too_much_for_four_of_seven() -> None:
    assert misfit("Most", 4, 7) == ("says “Most”, usually 80 to 96 in a hundred, but counts 4 of 7")


@pytest.mark.parametrize(
    ("word", "count", "whole"),
    [("a majority", 4, 7), ("most", 6, 7), ("almost all", 31, 32), ("some", 1, 7), ("", 0, 0)],
)
def test_what_fits_is_left_alone(word: str, count: int, whole: int) -> None:
    assert misfit(word, count, whole) == ""


def test_more_than_the_whole_cannot_be() -> None:
    assert misfit("", 8, 7) == "counts 8 of 7, which cannot be"


def test_a_team_may_bring_its_own_words() -> None:
    assert misfit("nearly half", 5, 7, [Proportion("nearly half", 40, 49)])


@given(st.integers(0, 200), st.integers(1, 200))
def test_every_count_but_exactly_half_has_a_word(count: int, whole: int) -> None:
    count = min(count, whole)
    fitting = [one.word for one in PROPORTIONS if not misfit(one.word, count, whole)]
    half = (200 * count + whole) // (2 * whole) == 50
    assert bool(fitting) != half
