"""Whether one line of a letter's address holds two people: a slip that has been published.

The line itself is never changed: a published letter is carried as it was printed.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_TITLES: Final = (
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Prof|Professor)\b\.?"
)
_TITLE: Final = re.compile(rf"{_TITLES}\s+[A-Z]")
_ONLY_TITLES: Final = re.compile(rf"(?:(?:{_TITLES}|The|Rt|Hon)\s+)*+")
_ROLE: Final = re.compile(
    r"(?:[A-Z]\w+ ){0,2}(?:Chief|Director|Chair|Head|Commissioner|Police and Crime|Manager|"
    r"Commander|Leader|Independent|CEO)\b"
)
# An organisation ends in one of these; a person's name does not.
_BODIES: Final = frozenset(
    {
        *("authority", "board", "borough", "ccg", "ccgs", "commission", "committee", "company"),
        *("constabulary", "council", "force", "group", "icb", "lscb", "nhs", "partnership"),
        *("police", "probation", "service", "services", "trust", "trusts"),
    }
)
# The fewest words in which an organisation is followed by a first name and a surname.
_BODY_AND_NAME: Final = 3


def holds_two_people(line: str) -> bool:
    """Whether a second person follows the first on this line, as far as its words can tell.

    Told by a line break; by a title of courtesy after other words; or by a second role after
    what ends like an organisation and then a name. One person with two roles is one, and so is
    one person who answers for a long list of bodies.
    """
    line = line.strip()
    if "\n" in line:
        return True
    titles = _ONLY_TITLES.match(line)
    if _TITLE.search(line, titles.end() if titles else 0):
        return True
    parts = [part.strip() for part in line.split(",")]
    roles = [place for place, part in enumerate(parts) if place and _ROLE.match(part)]
    return any(
        later - earlier > 1 and _ends_in_name(parts[later - 1])
        for earlier, later in pairwise(roles)
    )


def _ends_in_name(part: str) -> bool:
    """Whether a part that began as an organisation ends in two words that may be a name."""
    words = part.split()
    if len(words) < _BODY_AND_NAME or _is_body(words[-1]):
        return False
    has_body = any(map(_is_body, words[:-2]))
    return has_body and all(word[:1].isupper() and not word.isupper() for word in words[-2:])


def _is_body(word: str) -> bool:
    return word.casefold() in _BODIES
