"""The register: whose code is whose. It stays on this laptop, inside its encrypted store.

It is kept beside the records, not among them: no revision holds a name, so none is handed over,
exported or printed. Every time names are shown, that is noted here too.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from app.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.changes import Changes
    from app.operations.view import View
    from app.operations.work import Work
    from app.store.reader import Reader

_REGISTER: Final = "register"
_SHOWN: Final = "register_shown"
_MOST_SHOWN: Final = 1_000
_LEAST_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One person: the code that stands for them, and every way their name is written."""

    code: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """That the name behind a code was shown, and when."""

    code: str
    at: str


@dataclass(frozen=True, slots=True)
class Register:
    """Who is in it, and when names were shown."""

    entries: tuple[Entry, ...] = ()
    shown: tuple[Shown, ...] = ()


def register(view: View) -> Register:
    """Return the register of this laptop."""
    shown = json.loads(view.records.recall(_SHOWN) or "[]")
    return Register(entries_of(view.records), tuple(Shown(**one) for one in shown))


def keep_entry(work: Work, code: str, spellings: Sequence[str]) -> Changes:
    """Let a code stand for a name in all its spellings; what it stood for before is replaced.

    Raises:
        InvalidInputError: no code, no name, or a spelling that stands for another code.

    """
    code = code.strip()
    names = tuple(dict.fromkeys(" ".join(one.split()) for one in spellings if one.strip()))
    if not code or len(code.split()) > 1:
        raise InvalidInputError("Give the code that stands for the name, such as C3.", "code")
    if not names or any(len(one) < _LEAST_LETTERS for one in names):
        raise InvalidInputError("Give the name, with at least two letters.", "name")
    others = [one for one in entries_of(work.records) if one.code.casefold() != code.casefold()]
    for one in others:
        if set(one.spellings) & set(names):
            raise InvalidInputError(
                f"One of these spellings stands for {one.code} already. Nothing was changed.",
                "name",
            )
    _keep(work, [*others, Entry(code, names)])
    return work.changes()


def drop_entry(work: Work, code: str) -> Changes:
    """Forget the name behind a code. Notes keep the code."""
    _keep(work, [one for one in entries_of(work.records) if one.code != code])
    return work.changes()


def note_shown(work: Work, code: str) -> Changes:
    """Take note that the name behind a code was shown just now."""
    held = json.loads(work.records.recall(_SHOWN) or "[]")
    kept = [*held, asdict(Shown(code, work.now()))][-_MOST_SHOWN:]
    work.records.keep_local(_SHOWN, json.dumps(kept))
    return work.changes()


class Names:
    """Finds the register's names in words. Made once; looking through a paragraph is quick."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        """Look for every spelling as it is written, the longest first."""
        self._codes = {
            written: one.code
            for one in entries
            for spelling in one.spellings
            for written in (spelling, *_begun(spelling, one.code))
        }
        longest = sorted(self._codes, key=len, reverse=True)
        pattern = "|".join(re.escape(one) for one in longest)
        self._any = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if pattern else None

    def __bool__(self) -> bool:
        """Whether there is any name to look for."""
        return self._any is not None

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return where names stand in a text, from and to, and the code of each."""
        if self._any is None:
            return []
        return [
            (found.start(), found.end(), self._codes[found.group()])
            for found in self._any.finditer(text)
        ]

    def words(self) -> frozenset[str]:
        """Return every word of every name: none of them is misspelt."""
        return frozenset(word for spelling in self._codes for word in re.findall(r"\w+", spelling))


def _begun(spelling: str, code: str) -> list[str]:
    """Return how a name reads whose first words became the code before its last were typed."""
    words = spelling.split()
    rests = [" ".join(words[at:]) for at in range(1, len(words))]
    return [f"{began} {rest}" for rest in rests for began in (code, f"[{code}]")]


def entries_of(reader: Reader) -> tuple[Entry, ...]:
    """Return who is in the register, by code."""
    held = json.loads(reader.recall(_REGISTER) or "[]")
    entries = [Entry(str(one["code"]), tuple(map(str, one["spellings"]))) for one in held]
    return tuple(sorted(entries, key=lambda one: one.code))


def _keep(work: Work, entries: Sequence[Entry]) -> None:
    work.records.keep_local(_REGISTER, json.dumps([asdict(one) for one in entries]))
