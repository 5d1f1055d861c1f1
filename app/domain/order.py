"""Places among siblings as text: between any two keys there is always room for another.

A key is a list of whole numbers, each written so that plain comparison of the text orders it:
a letter for how many base-62 digits follow, then the digits (the header of 'fractional
indexing', Greenspan 2021). Inserting again and again at one spot counts up or down in one of
the numbers, so keys grow with the logarithm of the insertions, not with their number.
Two devices may make the same key at once; whoever sorts breaks that tie by the record's id.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Final

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE: Final = len(DIGITS)
# Neighbours are made this far apart, so that later ones fit between without a longer key.
STEP: Final = 16

_VALUE: Final = {digit: value for value, digit in enumerate(DIGITS)}
_KEY: Final = re.compile(r"[0-9A-Za-z]+")
_HEADERS: Final = 26
_UP: Final = "abcdefghijklmnopqrstuvwxyz"
_DOWN: Final = "ZYXWVUTSRQPONMLKJIHGFEDCBA"
# The first number that needs 1, 2, 3… digits.
_FIRST: Final = tuple(accumulate((BASE**size for size in range(1, _HEADERS)), initial=0))


def between(left: str | None, right: str | None) -> str:
    """Return a key after ``left`` and before ``right``; None stands for no neighbour there.

    Any base-62 text is accepted as a neighbour, also one made elsewhere by another rule.

    Raises:
        ValueError: where ``left`` does not come before ``right``, one is not base-62 text, or
            no text at all fits between two keys made elsewhere.

    """
    for key in (left, right):
        if key is not None and not _KEY.fullmatch(key):
            msg = "An order key is one or more base-62 digits."
            raise ValueError(msg)
    if left is not None and right is not None and left >= right:
        msg = "The left key must come before the right one."
        raise ValueError(msg)
    lower, upper = _numbers(left or ""), _numbers(right or "")
    if lower is None or upper is None:
        return _middle(left or "", right)
    return "".join(map(_written, _inserted(lower, upper)))


def spread(count: int) -> list[str]:
    """Return ``count`` short keys in order, evenly spaced, with room between them."""
    return [_written(number * STEP) for number in range(count)]


def _inserted(left: list[int], right: list[int]) -> list[int]:
    """Return a list of numbers between two; an empty list stands for no neighbour there."""
    if not right:
        return [left[0] + STEP] if left else [0]
    if not left:
        return [right[0] - STEP]
    same = 0
    while same < len(left) and left[same] == right[same]:
        same += 1
    if same == len(left):
        return [*left, right[same] - STEP]
    if right[same] - left[same] > 1:
        return [*left[:same], (left[same] + right[same]) // 2]
    deeper = left[same + 1] + STEP if same + 1 < len(left) else 0
    return [*left[: same + 1], deeper]


def _written(number: int) -> str:
    """Return a whole number as text that sorts like it."""
    is_negative = number < 0
    distance = -number - 1 if is_negative else number
    size = bisect_right(_FIRST, distance)
    rest = distance - _FIRST[size - 1]
    if is_negative:
        rest = BASE**size - 1 - rest
    digits = ""
    for _ in range(size):
        rest, value = divmod(rest, BASE)
        digits = DIGITS[value] + digits
    return (_DOWN if is_negative else _UP)[size - 1] + digits


def _numbers(key: str) -> list[int] | None:
    """Return the numbers a key is made of, or None for a key made by another rule."""
    numbers: list[int] = []
    place = 0
    while place < len(key):
        header = key[place]
        is_negative = header in _DOWN
        size = (_DOWN if is_negative else _UP).find(header) + 1
        digits = key[place + 1 : place + 1 + size]
        if not size or len(digits) < size:
            return None
        rest = 0
        for digit in digits:
            rest = rest * BASE + _VALUE[digit]
        if is_negative:
            rest = BASE**size - 1 - rest
        number = _FIRST[size - 1] + rest
        numbers.append(-number - 1 if is_negative else number)
        place += 1 + size
    return numbers


def _middle(left: str, right: str | None) -> str:
    """Return text half-way between two base-62 fractions; for keys made by another rule."""
    made = ""
    while True:
        place = len(made)
        lower = _VALUE[left[place]] if place < len(left) else 0
        if right is None:
            upper = BASE
        elif place < len(right):
            upper = _VALUE[right[place]]
        else:
            msg = "Nothing fits between these two keys."
            raise ValueError(msg)
        if upper - lower > 1:
            return made + DIGITS[(lower + upper) // 2]
        if upper > lower:
            right = None
        made += DIGITS[lower]
