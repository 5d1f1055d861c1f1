"""Between two places there is always a third, and keys stay short."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.order import DIGITS, between, spread

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 10_000
FOREIGN = st.text(alphabet=DIGITS, min_size=1, max_size=8)


@given(st.lists(st.integers(0, 10**6), max_size=200))
def test_every_insertion_lands_strictly_between_its_neighbours(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        left = keys[at - 1] if at else None
        right = keys[at] if at < len(keys) else None
        key = between(left, right)
        assert left is None or left < key
        assert right is None or key < right
        keys.insert(at, key)
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("spot", "longest"),
    [
        (lambda count, _random: count, 8),
        (lambda _count, _random: 0, 8),
        (lambda _count, _random: 1, 12),
        (lambda count, _random: count - 1, 12),
        (lambda _count, _random: 500, 16),
        (lambda count, chance: chance.randrange(count), 40),
    ],
    ids=["last", "first", "after the first", "before the last", "in the middle", "anywhere"],
)
def test_keys_stay_short_at_one_spot(
    spot: Callable[[int, random.Random], int], longest: int
) -> None:
    keys, chance = spread(1000), random.Random(7)
    for _ in range(MANY):
        at = spot(len(keys), chance)
        left = keys[at - 1] if at else None
        right = keys[at] if at < len(keys) else None
        keys.insert(at, between(left, right))
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) <= longest


def test_the_worst_an_enemy_can_do_grows_by_less_than_a_character_a_time() -> None:
    left, right = spread(2)
    steps = 1000
    for step in range(steps):
        key = between(left, right)
        left, right = (key, right) if step % 2 else (left, key)
    assert len(key) < steps


@given(st.integers(0, 5000))
def test_spread_keys_are_few_characters_in_order_and_have_room(count: int) -> None:
    keys = spread(count)
    assert len(keys) == count
    assert keys == sorted(set(keys))
    assert all(len(key) <= 5 for key in keys)
    if count > 1:
        assert len(between(keys[0], keys[1])) <= 3


def test_numbers_of_every_size_sort_as_text() -> None:
    keys = [between(None, None)]
    for _ in range(MANY):
        keys.append(between(keys[-1], None))
    for _ in range(MANY):
        keys.insert(0, between(None, keys[0]))
    assert keys == sorted(keys)


@given(FOREIGN, FOREIGN)
def test_keys_made_elsewhere_are_neighbours_too(one: str, other: str) -> None:
    left, right = sorted((one, other))
    if left == right:
        with pytest.raises(ValueError, match="must come before"):
            between(left, right)
        return
    try:
        key = between(left, right)
    except ValueError:
        assert not right.removeprefix(left).strip("0"), "only zeros after the left key"
        return
    assert left < key < right
    assert left < between(left, None)


def test_what_is_no_key_is_refused() -> None:
    for bad in ("", "a b", "é", "a0\n"):
        with pytest.raises(ValueError, match="base-62"):
            between(bad, None)
