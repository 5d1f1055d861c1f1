"""Words as a whole room may read them: no child's code and nobody's name.

What the app knows by name is replaced: codes by “a child”, people by their role and inspectorate.
A name it was never told stays, so whoever projects is told that too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHILD: Final = "a child"
# Codes the app gives: tracked children, those of samples, and those of the long list.
_GIVEN_CODES: Final = r"[CSL]\d{1,3}"
_LEAST_PART: Final = 3  # letters; shorter parts of names are ordinary words too often
_SENTENCE_END: Final = frozenset(".!?:;“(")


@dataclass(frozen=True, slots=True)
class Mask:
    """Replaces codes and names in words. ``known`` maps each to what is read in its place."""

    known: Mapping[str, str] = field(default_factory=dict)
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare one pattern, longest names first, so that no part of a name is left over."""
        listed = sorted(self.known, key=lambda one: (-len(one), one))
        alternatives = [*(re.escape(one) for one in listed), _GIVEN_CODES]
        found = re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")
        object.__setattr__(self, "_pattern", found)

    def words(self, text: str) -> str:
        """Return the text without codes and names."""
        return self._pattern.sub(lambda found: self._instead(text, found), text)

    def _instead(self, text: str, found: re.Match[str]) -> str:
        said = self.known.get(found.group(), CHILD)
        before = text[: found.start()].rstrip()
        begins = not before or before[-1] in _SENTENCE_END
        return said[:1].upper() + said[1:] if begins else said


def mask_of(codes: Iterable[str], people: Iterable[tuple[str, str]]) -> Mask:
    """Return a mask for children's codes, and for people as (name or initials, who they are).

    Each part of a name that is long enough to be one is hidden as well.
    """
    known: dict[str, str] = {}
    for name, role in people:
        instead = role or "an inspector"
        for part in name.split():
            if len(part) >= _LEAST_PART and part[:1].isupper():
                known.setdefault(part, instead)
        if name.strip():
            known[name.strip()] = instead
    known.update({code: CHILD for code in codes if code.strip()})
    return Mask(known)
