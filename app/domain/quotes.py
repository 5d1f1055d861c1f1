"""Words as evidence: a quote with all that is known of it, seen through lenses and put in order.

Everybody looks at the same list; a lens only leaves out what is not looked at. Nothing is scored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# The lenses, in the order in which they stand across the top.
LENSES: Final = (
    "day",
    "child",
    "agency",
    "criterion",
    "author",
    "source",
    "weight",
    "inspectorate",
)
ORDERS: Final = ("oldest", "newest", "criterion", "agency", "child", "author", "weight")
NOT_SAID: Final = "-"  # the value of a lens for quotes that say nothing of it
_WEIGHTS: Final = ("strength", "improvement", "priority", "contradicts", "neutral")
_LAST: Final = "\uffff"


@dataclass(frozen=True, slots=True)
class Quote:
    """Coded words, or a paragraph that nobody has coded yet (``code`` is empty).

    ``agency``, ``children``, ``author`` and ``inspectorate`` are ids; what is not known is empty.
    ``found`` is all that typed words are looked for in, without case.
    """

    key: str
    code: str
    paragraph: str
    note: str
    words: str
    criterion: str = ""
    weight: str = ""
    agency: str = ""
    children: tuple[str, ...] = ()
    author: str = ""
    inspectorate: str = ""
    source: str = ""
    day: str = ""
    time: str = ""
    ref: str = ""
    note_kind: str = ""
    type: str = ""
    speaker: str = ""
    place: str = ""
    is_adrift: bool = False
    found: str = ""

    def values(self, lens: str) -> tuple[str, ...]:
        """Return what this quote says of a lens; nothing is said of in a word of its own."""
        if lens == "child":
            return self.children or (NOT_SAID,)
        value: str = getattr(self, lens)
        return (value or NOT_SAID,)


@dataclass(frozen=True, slots=True)
class Lens:
    """What is looked at: a value for each lens in use, words, and coded words or those not coded.

    Written to be remembered: it holds ids and short words, and never what a quote says.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    typed: str = ""
    is_uncoded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it leaves nothing out."""
        return not (self.chosen or self.typed.strip())

    def with_value(self, lens: str, value: str) -> Lens:
        """Return this with a lens set to a value, or taken away where the value is empty."""
        chosen = {name: held for name, held in self.chosen.items() if name != lens}
        if value:
            chosen[lens] = value
        return Lens(chosen, self.typed, self.is_uncoded)


def seen(quotes: Iterable[Quote], lens: Lens) -> list[Quote]:
    """Return the quotes that a lens lets through, in the order they came in."""
    wanted = lens.typed.casefold().split()
    chosen = [(name, value) for name, value in lens.chosen.items() if name in LENSES]
    return [
        one
        for one in quotes
        if all(value in one.values(name) for name, value in chosen)
        and all(word in one.found for word in wanted)
    ]


def counts(quotes: Iterable[Quote], lens: Lens, name: str) -> Counter[str]:
    """Return how many quotes each value of one lens would show, the others staying as they are."""
    found: Counter[str] = Counter()
    for one in seen(quotes, lens.with_value(name, "")):
        found.update(one.values(name))
    return found


def ordered(quotes: Sequence[Quote], order: str, names: Mapping[str, str]) -> list[Quote]:
    """Return quotes in an order; those that say nothing of it stand last, each by its time."""
    by_time = sorted(quotes, key=lambda one: (one.day, one.time, one.ref, one.place, one.key))
    if order == "newest":
        return by_time[::-1]
    if order == "criterion":
        return sorted(by_time, key=lambda one: criterion_order(one.criterion))
    if order == "weight":
        return sorted(by_time, key=lambda one: _weight_order(one.weight))
    if order in {"agency", "author"}:
        return sorted(by_time, key=lambda one: _named(names, getattr(one, order)))
    if order == "child":
        return sorted(by_time, key=lambda one: _named(names, next(iter(one.children), "")))
    return by_time


def criterion_order(code: str) -> tuple[str, int, str]:
    """Return what sorts A2 before A10, and what has no criterion last."""
    letters = code.rstrip("0123456789")
    digits = code[len(letters) :]
    return (letters or _LAST, int(digits) if digits else 0, code)


def _weight_order(weight: str) -> int:
    return _WEIGHTS.index(weight) if weight in _WEIGHTS else len(_WEIGHTS)


def _named(names: Mapping[str, str], key: str) -> str:
    return names.get(key, "").casefold() or _LAST
