"""Quantity words beside the count they stand for: most, a minority, almost all.

With five to seven children percentages mislead, so a word is never made from a count or a count
from a word; where the two do not fit it is said, and a person chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Words after "most" with which it counts nothing: “those most at risk”.
_NO_COUNT: Final = frozenset(
    {"at", "often", "likely", "vulnerable", "recent", "recently", "important", "effective"}
    | {"serious", "severe", "common", "urgent", "significant", "able"}
)


@dataclass(frozen=True, slots=True)
class Proportion:
    """What a quantity word is usually taken to mean, in whole per cent, both ends included."""

    word: str
    lowest: int
    highest: int


# The approximate scale Ofsted long published. Teams may bring their own.
PROPORTIONS: Final = (
    Proportion("almost all", 97, 100),
    Proportion("most", 80, 96),
    Proportion("large majority", 65, 79),
    Proportion("majority", 51, 64),
    Proportion("minority", 35, 49),
    Proportion("small minority", 20, 34),
    Proportion("very small minority", 4, 19),
    Proportion("few", 4, 19),
    Proportion("almost none", 0, 3),
)


def misfit(
    quantity: str, count: int, whole: int, proportions: Iterable[Proportion] = PROPORTIONS
) -> str:
    """Return in words how a quantity word and "count of whole" disagree, or nothing.

    A leading article is ignored. Words the table does not have fit every count; more than the
    whole fits no word.
    """
    if count > whole:
        return f"counts {count} of {whole}, which cannot be"
    word = quantity.strip().casefold().removeprefix("a ").removeprefix("the ")
    usual = next((one for one in proportions if one.word == word), None)
    if usual is None or not whole:
        return ""
    # Whole per cent, halves up, so that no count falls between two words of the table.
    percent = (200 * count + whole) // (2 * whole)
    if usual.lowest <= percent <= usual.highest:
        return ""
    return (
        f"says “{quantity.strip()}”, usually {usual.lowest} to {usual.highest} in a hundred, "
        f"but counts {count} of {whole}"
    )


def quantity_words(text: str) -> list[str]:
    """Return the quantity words of a text: the longest where one holds another."""
    words = re.findall(r"[\w’-]+", text.casefold())
    counting = " ".join(
        one
        for at, one in enumerate(words)
        if one != "most"
        or not (_NO_COUNT & {*words[at + 1 : at + 2]} or words[at - 1 : at] == ["at"])
    )
    found = [one.word for one in PROPORTIONS if f" {one.word} " in f" {counting} "]
    return [one for one in found if not any(one != other and one in other for other in found)]


def borne_out(word: str, counted: Sequence[tuple[int | None, int | None]]) -> str:
    """Return in words why none of some counts, as n of m, bears a quantity word out; or nothing."""
    known = [(n, m) for n, m in counted if n is not None and m]
    if not known:
        return f"“{word.capitalize()}” has no count recorded behind it"
    said = [misfit(word, n, m) for n, m in known]
    return f"The sentence {said[0]}" if all(said) else ""
