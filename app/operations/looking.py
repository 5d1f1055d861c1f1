"""Before anything leaves: what in it has to be looked at, and what somebody answered.

An answer is about words in one place. The same words in the same place need no second answer,
whichever paper they leave in; other words need a new one, and the old answer stays in the store.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.house_style import Length, Slip, length
from app.domain.identifying import WORKING, Known, Look, Passage, looks
from app.errors import InvalidInputError
from app.operations.notes import keep_draft
from app.operations.register import entries_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.domain.changes import Changes
    from app.domain.checks import Problem
    from app.domain.identifying import Paper
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work
    from app.store.reader import Reader

KIND: Final = "release_look"
NO_LENGTH: Final = length((), 0)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Something that leaves: what sort of paper it is, and how its passages are read."""

    paper: Paper
    passages: Callable[[Reader], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A thing to look at, and what was answered to it; nothing where nobody did yet."""

    look: Look
    answer: str = ""
    by: str = ""
    at: str = ""
    draft: str = ""  # words kept and not yet given as the answer

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return _draft_of(self.look)


@dataclass(frozen=True, slots=True)
class Released:
    """One time a paper left: when, by whom, which files, and how much was not looked at.

    A letter leaves as a version that is kept; a brief does not.
    """

    id: str
    at: str
    by: str
    version: str
    version_name: str
    files: tuple[str, ...]
    looks: int
    unresting: int
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class ReleaseSheet:
    """All there is to look at. ``answered`` has to be; ``problems`` and ``slips`` may be."""

    answered: tuple[Answered, ...] = ()
    problems: tuple[Problem, ...] = ()
    slips: tuple[Slip, ...] = ()
    length: Length = NO_LENGTH
    released: tuple[Released, ...] = ()
    has_blocks: bool = False

    @property
    def open(self) -> int:
        """How many things nobody has answered yet."""
        return sum(not one.answer for one in self.answered)


def answered_in(reader: Reader, leaving: Leaving) -> list[Answered]:
    """Return what has to be looked at in a paper, each with the answer given last."""
    return list(_answered(reader, leaving.passages(reader), leaving.paper))


def open_in(view: View, passages: Sequence[Passage], paper: Paper = WORKING) -> list[Look]:
    """Return what nobody has looked at in passages that are about to leave.

    What was answered in the letter or the brief is answered wherever those words stand.
    """
    return [one.look for one in _answered(view.records, passages, paper) if not one.answer]


def answer_in(work: Work, leaving: Leaving, look: Look, answer: str) -> Changes:
    """Keep what somebody answered to a thing to look at; it takes the place of what stood there.

    Raises:
        InvalidInputError: nothing was written, or the paper no longer says so.

    """
    words = answer.strip()
    if not words:
        raise InvalidInputError(
            "Say in a few words why it can leave so. Nothing was kept.", "answer"
        )
    if all(one.look.key != look.key for one in answered_in(work.records, leaving)):
        raise InvalidInputError(
            f"The {leaving.paper.name} no longer says this, so there is nothing to answer. "
            "Nothing was kept.",
            "look",
        )
    fields: dict[str, Json] = {
        "rule": look.rule.value,
        "words": look.words,
        "answer": words,
        "at": work.now(),
        "block": look.block or None,
        "paper": look.paper or None,
        "by": work.me or None,
    }
    work.records.drop_draft(_draft_of(look))
    return work.changes(work.add(KIND, fields))


def keep_answer(work: Work, look: Look, words: str) -> Changes:
    """Keep words on screen, encrypted on disk, that are not yet given as the answer."""
    return keep_draft(work, _draft_of(look), KIND, {"answer": words})


def releases_of(view: View, paper: str = "") -> Iterator[Released]:
    """Yield every time a paper left, the last first; the letter's where none is named."""
    people = {one.id: one.text("name") for one in view.records.of_kind("person")}
    versions = {one.id: one.text("name") for one in view.records.of_kind("letter_version")}
    held = sorted(view.records.of_kind("release"), key=lambda one: one.text("at"), reverse=True)
    for one in held:
        if one.text("paper") == paper:
            yield Released(
                one.id,
                one.text("at"),
                people.get(one.text("by"), ""),
                one.text("version"),
                versions.get(one.text("version"), ""),
                one.texts("files"),
                one.number("looks") or 0,
                one.number("unresting") or 0,
                one.number("unanswered") or 0,
            )


def _answered(reader: Reader, passages: Sequence[Passage], paper: Paper) -> Iterator[Answered]:
    people = {one.id: one.text("name") for one in reader.of_kind("person")}
    drafts = {one.record: str(one.fields.get("answer") or "") for one in reader.drafts()}
    given = _given(reader.of_kind(KIND))
    for look in looks(passages, _known(reader), paper):
        held = given.get(look.key)
        draft = drafts.get(_draft_of(look), "")
        if held is None:
            yield Answered(look, draft=draft)
        else:
            by = people.get(held.text("by"), "")
            yield Answered(look, held.text("answer"), by, held.text("at"), draft)


def _given(answers: Iterable[Record]) -> dict[tuple[str, str, str], Record]:
    """Return the answer given last to each thing looked at."""
    return {
        (one.text("rule"), one.text("block") or one.text("paper"), one.text("words")): one
        for one in sorted(answers, key=lambda one: (one.text("at"), one.id))
    }


def _draft_of(look: Look) -> str:
    """Return the name under which words for an answer are kept until they are one."""
    return f"look-{hashlib.sha256(repr(look.key).encode()).hexdigest()[:32]}"


def _known(reader: Reader) -> Known:
    listed = reader.of_kind("candidate") or reader.of_kind("child")
    return Known(
        tuple(name for one in entries_of(reader) for name in one.spellings),
        tuple(one.text("code") for one in reader.of_kind("child")),
        tuple(
            " ".join((one.text("name"), one.text("printed")))
            for kind in ("addressee", "signatory")
            for one in reader.of_kind(kind)
        ),
        tuple(one.text("age_band") for one in listed),
    )
