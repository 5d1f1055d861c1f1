"""Everything that helps while a note is typed, asked for in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.operations.register import Names, register
from app.operations.shorthand import expansions, shorthand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.operations.view import View
    from app.operations.work import Work

TEAM_WORD: Final = "team_word"
AID_KINDS: Final = frozenset({"shorthand", TEAM_WORD, "child", "agency"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or some agency that @ finds: what is typed after it, and what is written."""

    record: str
    kind: str
    written: str
    name: str


@dataclass(frozen=True, slots=True)
class TypingAids:
    """Short forms, whom @ finds, the register's names, and words the team knows."""

    expansions: Mapping[str, str]
    mentions: tuple[Mention, ...]
    names: Names
    words: frozenset[str]


def typing_aids(view: View) -> TypingAids:
    """Return all that helps in typing a note of this inspection."""
    children = [
        Mention(one.id, "child", one.text("code"), one.text("age_band"))
        for one in view.records.of_kind("child")
    ]
    agencies = [
        Mention(one.id, "agency", one.text("short_name") or one.text("name"), one.text("name"))
        for one in view.records.of_kind("agency")
    ]
    names = Names(register(view).entries)
    words = {one.text("word") for one in view.records.of_kind(TEAM_WORD)}
    words |= {one.written for one in children} | names.words()
    return TypingAids(
        expansions(shorthand(view)),
        (*sorted(children, key=lambda one: _natural(one.written)), *agencies),
        names,
        frozenset(words),
    )


def keep_word(work: Work, word: str) -> Changes:
    """Add a word to those the team's spelling knows."""
    held = {one.text("word") for one in work.records.of_kind(TEAM_WORD)}
    if word.strip() and word.strip() not in held:
        work.add(TEAM_WORD, {"word": word.strip()})
    return work.changes()


def mention(work: Work, note: str, record: str, kind: str) -> Changes:
    """Put a child or an agency that was named in a note into its header, where it is not yet."""
    held = work.records.get(note)
    if kind == "child" and record not in held.texts("children"):
        work.change(note, {"children": [*held.texts("children"), record]})
    elif kind == "agency" and not held.text("agency"):
        work.change(note, {"agency": record})
    return work.changes()


def _natural(code: str) -> tuple[str, int]:
    """Return a key by which C10 comes after C9."""
    letters = code.rstrip("0123456789")
    figures = code[len(letters) :]
    return letters, int(figures) if figures else 0
