"""The devil's advocate: coded words about the same thing that say the opposite of a finding.

Nothing is linked and nothing is judged here. It is looked for, so that nobody can say later that
it was not; which words it was looked for with is kept with the finding.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.operations.candidates import Candidate, from_code
from app.operations.codes import list_coded
from app.operations.searching import find_words

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.operations.view import View
    from app.operations.work import Work

_OPPOSITE: Final = {
    "strength": frozenset({"improvement", "priority", "contradicts"}),
    "improvement": frozenset({"strength", "contradicts"}),
    "priority_action": frozenset({"strength", "contradicts"}),
}
_ANY: Final = frozenset({"contradicts"})
_SHORTEST: Final = 5  # letters: shorter words say little of what a sentence is about
_MOST_TERMS: Final = 10
_MOST_HITS: Final = 300
_MOST: Final = 12
_SAME_CRITERION: Final = 2
_EMPTY: Final = frozenset(
    {"about", "after", "always", "because", "before", "children", "enough", "their", "there"}
    | {"these", "those", "through", "where", "which", "while", "within", "would", "could"}
    | {"other", "often", "every", "should", "under", "being", "cases", "majority", "minority"}
)


@dataclass(frozen=True, slots=True)
class OtherSide:
    """What was found, the nearest first; the words it was looked for with; among how many."""

    found: tuple[Candidate, ...]
    words: tuple[str, ...]
    among: int


def other_side(view: View, finding: str) -> OtherSide:
    """Return coded words that bear on what a finding says and weigh the other way.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(finding)
    terms = terms_of(held.text("statement"))
    linked = {
        one.text("code") or one.text("paragraph")
        for one in view.records.parts_of(finding, "evidence")
    }
    wanted = _OPPOSITE.get(held.text("type"), _ANY)
    among = [
        one
        for one in list_coded(view)
        if one.weight in wanted and not {one.code, one.paragraph} & linked
    ]
    near: Counter[str] = Counter()
    for term in terms:
        near.update({hit.record for hit in find_words(view, term, _MOST_HITS)})
    criteria = set(held.texts("criteria"))
    scored = [
        (near[one.paragraph] + _SAME_CRITERION * (one.criterion in criteria), -place, one)
        for place, one in enumerate(among)
    ]
    best = sorted((one for one in scored if one[0]), key=lambda one: one[:2], reverse=True)
    return OtherSide(tuple(from_code(one) for *_order, one in best[:_MOST]), terms, len(among))


def keep_looked_for(work: Work, finding: str, words: str) -> Changes:
    """Keep with which words the other side of a finding was looked for."""
    work.of_kind(finding, "finding")
    work.change(finding, {"sought": words})
    return work.changes()


def terms_of(statement: str) -> tuple[str, ...]:
    """Return the words of a statement that say what it is about, in order and once each."""
    words = re.findall(r"[^\W\d_]+", statement.casefold())
    telling = (one for one in words if len(one) >= _SHORTEST and one not in _EMPTY)
    return tuple(dict.fromkeys(telling))[:_MOST_TERMS]
