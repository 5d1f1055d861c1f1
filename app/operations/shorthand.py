"""What is typed short and written out: a list that comes with the app, and the team's own.

The team's line for a short form is taken before ours; one that writes out to itself turns it off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.errors import InvalidInputError
from app.operations.word_lists import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.operations.view import View
    from app.operations.work import Work

SHORTHAND: Final = "shorthand"
_SHORT: Final = re.compile(r"\w[\w/-]{0,19}")


@dataclass(frozen=True, slots=True)
class Short:
    """A short form; ``record`` is empty for one that came with the app."""

    short: str
    words: str
    record: str = ""


def shorthand(view: View) -> list[Short]:
    """Return every short form, in order of the alphabet."""
    found: dict[str, Short] = {}
    for line in listed(SHORTHAND):
        short, _, words = line.partition("=")
        found[short.strip()] = Short(short.strip(), words.strip())
    for one in view.records.of_kind(SHORTHAND):
        short = one.text("short").casefold()
        found[short] = Short(short, one.text("words"), one.id)
    return sorted(found.values(), key=lambda one: one.short)


def expansions(shorts: list[Short]) -> dict[str, str]:
    """Return what each short form is written out as, without those that were turned off."""
    return {one.short: one.words for one in shorts if one.words.casefold() != one.short}


def keep_shorthand(work: Work, short: str, words: str) -> Changes:
    """Let the team's short form be written out so; there is one line for each short form.

    Raises:
        InvalidInputError: it is not one short word, or nothing is to be written out.

    """
    short, words = short.strip().casefold(), words.strip()
    if not _SHORT.fullmatch(short):
        raise InvalidInputError(
            "A short form is one word of at most 20 letters and figures.", "short"
        )
    if not words:
        raise InvalidInputError("Say what it is written out as.", "words")
    for one in work.records.of_kind(SHORTHAND):
        if one.text("short").casefold() == short:
            work.change(one.id, {"words": words})
            return work.changes(one.id)
    return work.changes(work.add(SHORTHAND, {"short": short, "words": words}))


def written_out(word: str, expansions: Mapping[str, str]) -> str:
    """Return what a word just typed is written out as, or nothing where it stays.

    In small letters it is a short form; with a capital it begins a sentence. In capitals it is
    the acronym itself, meant as it stands.
    """
    words = expansions.get(word.casefold(), "")
    if not words or word.casefold() != word:
        is_first = bool(words) and word == word[:1].upper() + word[1:].casefold()
        if not is_first or len(word) == 1:
            return ""
        return words[:1].upper() + words[1:]
    return words
