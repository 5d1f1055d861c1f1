"""Suggests passphrases, and says why a chosen one would soon be guessed.

A stolen laptop is guessed at without haste and without anyone to stop it, so what counts is how
many guesses a passphrase lasts. Whatever a person types is looked at here and forgotten.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Final

from app.errors import DamagedFileError
from app.paths import resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Five words of 7,776 are 64.6 bits: at 10,000 guesses a second, 45 million years on average.
WORDS: Final = 5
LIST_LENGTH: Final = 7_776
# Own choice needs this many characters; a shorter one is guessed offline from a stolen file.
SHORTEST_PASSPHRASE: Final = 15
# 10,000 guesses a second, about ten of the fastest graphics cards against Argon2id, try half of
# these in 160 years: as long as what was said about a child may matter, with room for faster ones.
FEWEST_GUESSES: Final = 10**14
# The estimate takes time that grows with the cube of the length: 0.7 s here at worst.
_LONGEST_ESTIMATED: Final = 40
_SHORTEST_NAME: Final = 3
_SHORTEST_QUOTATION: Final = 12
# The estimator keeps the names it was given in a place all its callers share.
_ESTIMATING: Final = Lock()


def suggest() -> str:
    """Return five words drawn at random, with spaces between them: 64.6 bits.

    Spaces and not hyphens, as four of the words have a hyphen of their own. One draw in
    millions is weak all the same, such as one word five times, and is drawn again.

    Raises:
        DamagedFileError: the list of words is not the one it should be.

    """
    words = word_list()
    while True:
        drawn = " ".join(secrets.choice(words) for _ in range(WORDS))
        if weakness(drawn) is None:
            return drawn


@cache
def word_list() -> tuple[str, ...]:
    """Return the long list of the Electronic Frontier Foundation.

    Raises:
        DamagedFileError: it is missing, or not 7,776 different words: fewer would weaken
            every passphrase unseen.

    """
    try:
        text = (files("xkcdpass") / "static" / "eff-long").read_text("ascii")
    except (OSError, ValueError, ModuleNotFoundError):
        text = ""
    words = tuple(text.split())
    if not len(words) == len(set(words)) == LIST_LENGTH:
        raise DamagedFileError(
            "The list of words for passphrases is missing or was altered, so none can be "
            "suggested. Nothing was changed. Install Siteweek again."
        )
    return words


def weakness(passphrase: str, about: Sequence[str] = ()) -> str | None:
    """Return why a passphrase would soon be guessed, in a sentence, or None.

    ``about`` holds what a stranger would try first: names of the person and of areas. Only a
    new passphrase is asked about, never one that unlocks.
    """
    spelling = _spelling(passphrase)
    if len(spelling) < SHORTEST_PASSPHRASE:
        return (
            f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters; five unrelated words "
            "are easy to remember and hard to guess."
        )
    if _is_known(spelling):
        return "Those words are known to everybody and are tried first. Choose unrelated ones."
    if _guesses(spelling, about) < FEWEST_GUESSES:
        return (
            "That passphrase would soon be guessed from a stolen laptop: it is made of common "
            "words, names, dates or patterns. Take five unrelated words."
        )
    return None


def _spelling(passphrase: str) -> str:
    # As the key is made from it. What can be no passphrase at all is refused where the key is.
    return unicodedata.normalize("NFKC", passphrase).encode(errors="replace").decode()


def _is_known(spelling: str) -> bool:
    letters = _letters(spelling)
    return any(
        letters in known or (known in letters and len(letters) < 2 * len(known))
        for known in _known_phrases()
        if len(letters) >= _SHORTEST_QUOTATION
    )


@cache
def _known_phrases() -> frozenset[str]:
    try:
        text = (resources() / "words" / "known-phrases.txt").read_text("utf-8")
    except OSError:
        raise DamagedFileError(
            "The list of well-known phrases is missing, so no passphrase can be checked. Nothing "
            "was changed. Install Siteweek again."
        ) from None
    return frozenset(_letters(line) for line in text.splitlines())


def _letters(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalpha())


def _guesses(spelling: str, about: Sequence[str]) -> int:
    """Return about how many guesses it lasts, as typed or run together, whichever is fewer."""
    # Imported when wanted: its lists take a while to read, and unlocking needs none of them.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    run_together = re.sub(r"[\W_]+", "", spelling) or spelling[:1]
    names = list(_names(about))
    with _ESTIMATING:
        try:
            return min(
                max(int(zxcvbn(part, names)["guesses"]) for part in _ends(whole))
                for whole in (spelling, run_together)
            )
        finally:
            zxcvbn("x", [])  # so that no name stays behind in it


def _ends(whole: str) -> set[str]:
    # A long passphrase is at least as strong as its stronger end.
    return {whole[:_LONGEST_ESTIMATED], whole[-_LONGEST_ESTIMATED:]}


def _names(about: Sequence[str]) -> Iterator[str]:
    for one in about:
        words = [word for word in re.split(r"[\W_]+", one.casefold()) if word]
        yield from (word for word in (*words, "".join(words)) if len(word) >= _SHORTEST_NAME)
