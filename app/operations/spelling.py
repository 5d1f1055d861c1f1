"""Spelling in British English, by the system's own dictionary and the trade's words.

The dictionary comes with the app on Windows and macOS and with the system on Linux; where there
is none, nothing is called misspelt. Its personal word list lies on disk in the open, so nothing
is ever added to it: the team's words are handed in.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any, Final

from app.operations.word_lists import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

_LANGUAGES: Final = ("en_GB", "en_GB-large", "en_GB-ise")
_MOST_SUGGESTIONS: Final = 7
NO_DICTIONARY: Final = (
    "There is no British English dictionary on this computer, so spelling is not checked. "
    "On Debian, install hunspell-en-gb."
)
# A word begins with a letter and has no figures: codes and references are not words.
WORD: Final = re.compile(r"(?<![\w@])[^\W\d_]+(?:[’'][^\W\d_]+)*(?![\w])")


class Speller:
    """Tells misspelt words. Its methods may be called from any thread, one at a time works."""

    def __init__(self) -> None:
        """Load nothing yet: the first question does."""
        self._guard = threading.Lock()
        self._is_loaded = False
        self._dictionary: Any = None
        self._trade = frozenset(listed("trade"))

    def is_there(self) -> bool:
        """Whether this computer has a dictionary; loads it."""
        with self._guard:
            return self._loaded() is not None

    def misspelt(self, words: Iterable[str]) -> frozenset[str]:
        """Return which of some words are misspelt."""
        with self._guard:
            dictionary = self._loaded()
            if dictionary is None:
                return frozenset()
            return frozenset(word for word in words if not self._is_right(dictionary, word))

    def suggestions(self, word: str) -> list[str]:
        """Return what may have been meant, the likeliest first."""
        with self._guard:
            dictionary = self._loaded()
            if dictionary is None:
                return []
            near = [one for one in self._trade if one.casefold() == word.casefold() != one]
            found = dict.fromkeys([*near, *dictionary.suggest(word.replace("’", "'"))])
            return list(found)[:_MOST_SUGGESTIONS]

    def _is_right(self, dictionary: Any, word: str) -> bool:  # noqa: ANN401 - enchant has no types
        if len(word) == 1 or word in self._trade:
            return True
        plain = word.replace("’", "'")
        whose = plain.removesuffix("'s")
        return whose in self._trade or bool(dictionary.check(plain))

    def _loaded(self) -> Any:  # noqa: ANN401 - as above
        if not self._is_loaded:
            self._is_loaded = True
            self._dictionary = _dictionary()
        return self._dictionary


def words_in(text: str) -> set[str]:
    """Return the words of a text that can be misspelt."""
    return {word for word in WORD.findall(text) if len(word) > 1}


def _dictionary() -> Any:  # noqa: ANN401 - as above
    try:
        import enchant  # noqa: PLC0415 - slow, and not there on every system
    except ImportError:  # its library is missing
        return None
    for language in _LANGUAGES:
        try:
            return enchant.Dict(language)
        except enchant.errors.Error:
            continue
    return None
