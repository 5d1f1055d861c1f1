"""Before the letter leaves: what has to be looked at and answered, what might be, and the release.

An answer is about words in a block. When those words change, the look is asked for again; the
answer given to the words before stays in the store beside it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.house_style import Length, Slip, length, slips
from app.domain.identifying import Known, Look, Passage, looks
from app.domain.proportions import borne_out, quantity_words
from app.errors import InvalidInputError
from app.operations.checking import check_inspection
from app.operations.documents import write_letter
from app.operations.letter_versions import Kept, blocks_now, keep_version, kept_now
from app.operations.letters import letter_blocks, letter_content
from app.operations.notes import keep_draft
from app.operations.register import entries_of
from app.operations.thread import trace_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from app.domain.changes import Changes
    from app.domain.checks import Problem
    from app.domain.letters import Block, LetterContent
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.operations.work import Work
    from app.reports.write import Format
    from app.store.reader import Reader

KIND: Final = "release_look"
NO_LENGTH: Final = length((), 0)


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
    """One release of the letter: when, by whom, which version, which files."""

    id: str
    at: str
    by: str
    version: str
    version_name: str
    files: tuple[str, ...]
    looks: int
    unresting: int


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


def release_sheet(view: View) -> ReleaseSheet:
    """Return everything to look at before the letter leaves, and every release there was."""
    content = letter_content(view)
    blocks = list(_reading(content.blocks))
    layout = view.letter_layout
    texts = [(one.id, one.text) for one in blocks]
    order = {one.id: at for at, one in enumerate(blocks)}
    found = [one for one in (*_quantities(view), *slips(texts)) if one.block in order]
    return ReleaseSheet(
        answered=tuple(_answered(view.records)),
        problems=tuple(check_inspection(view)),
        slips=tuple(sorted(found, key=lambda one: (order[one.block], one.start))),
        length=length(_printed(content), layout.from_year if layout is not None else 0),
        released=tuple(_released(view)),
        has_blocks=bool(blocks),
    )


def answer_look(work: Work, look: Look, answer: str) -> Changes:
    """Keep what somebody answered to a thing to look at; it takes the place of what stood there.

    Raises:
        InvalidInputError: nothing was written, or the letter no longer says so.

    """
    words = answer.strip()
    if not words:
        raise InvalidInputError(
            "Say in a few words why it can leave so. Nothing was kept.", "answer"
        )
    if all(one.look.key != look.key for one in _answered(work.records)):
        raise InvalidInputError(
            "The letter no longer says this, so there is nothing to answer. Nothing was kept.",
            "look",
        )
    fields: dict[str, Json] = {
        "rule": look.rule.value,
        "words": look.words,
        "answer": words,
        "at": work.now(),
    }
    if look.block:
        fields["block"] = look.block
    if work.me:
        fields["by"] = work.me
    work.records.drop_draft(_draft_of(look))
    return work.changes(work.add(KIND, fields))


def keep_answer(work: Work, look: Look, words: str) -> Changes:
    """Keep words on screen, encrypted on disk, that are not yet given as the answer."""
    return keep_draft(work, _draft_of(look), KIND, {"answer": words})


def write_final(inspection: Inspection, folder: Path, formats: Sequence[Format]) -> list[Path]:
    """Write the letter that leaves, keep it as a version, and record its release.

    Raises:
        InvalidInputError: something was not looked at yet, or there is no letter.
        OutputError: a file could not be written; nothing is recorded as released.

    """
    inspection.ask(lambda view: _ready(view.records))
    leaving = inspection.ask(blocks_now)
    paths = write_letter(inspection, folder, formats)
    unresting = inspection.ask(lambda view: sum(len(one.orphans) for one in trace_letter(view)))
    inspection.do(record_release, [one.name for one in paths], leaving, unresting)
    return paths


def record_release(
    work: Work, files: Sequence[str], leaving: Sequence[Kept], unresting: int
) -> Changes:
    """Record that the letter left as it stands, with its words as a version of their own.

    Raises:
        InvalidInputError: something was not looked at yet, there is no letter, or it is no longer
            the one that was written.

    """
    if tuple(leaving) != kept_now(work.records):
        raise InvalidInputError(
            "A colleague’s words came into the letter while it was being written. It was not "
            "recorded as released; look at it and release it again.",
            "letter",
        )
    looked = _ready(work.records)
    now = work.now()
    version = keep_version(work, f"Released {now[:10]} {now[11:19]}").made
    fields: dict[str, Json] = {
        "version": version,
        "at": now,
        "files": list(files),
        "looks": looked,
        "unresting": unresting,
    }
    if work.me:
        fields["by"] = work.me
    return work.changes(work.add("release", fields))


def _ready(reader: Reader) -> int:
    """Return how many things were looked at, if all were."""
    if not letter_blocks(reader):
        raise InvalidInputError("The letter has no blocks yet. Nothing was written.", "letter")
    found = list(_answered(reader))
    left = sum(not one.answer for one in found)
    if left:
        said = "1 thing has" if left == 1 else f"{left} things have"
        raise InvalidInputError(
            f"{said} to be looked at and answered before the letter leaves. Nothing was written.",
            "looks",
        )
    return len(found)


def _answered(reader: Reader) -> Iterator[Answered]:
    people = {one.id: one.text("name") for one in reader.of_kind("person")}
    drafts = {one.record: str(one.fields.get("answer") or "") for one in reader.drafts()}
    given: dict[tuple[str, str, str], Record] = {}
    for one in sorted(reader.of_kind(KIND), key=lambda one: (one.text("at"), one.id)):
        given[one.text("rule"), one.text("block"), one.text("words")] = one
    for look in looks(_passages(letter_blocks(reader)), _known(reader)):
        held = given.get(look.key)
        draft = drafts.get(_draft_of(look), "")
        if held is None:
            yield Answered(look, draft=draft)
        else:
            by = people.get(held.text("by"), "")
            yield Answered(look, held.text("answer"), by, held.text("at"), draft)


def _draft_of(look: Look) -> str:
    """Return the name under which words for an answer are kept until they are one."""
    return f"look-{hashlib.sha256(repr(look.key).encode()).hexdigest()[:32]}"


def _passages(blocks: Sequence[Block]) -> list[Passage]:
    found = []
    for one in blocks:
        is_study = one.type == "box"
        found.append(Passage(one.id, _words(one), is_study=is_study))
        found += [Passage(inner.id, _words(inner), study=one.id) for inner in one.inside]
    return found


def _words(block: Block) -> str:
    return "\n\n".join((block.text, *(one.text for one in block.footnotes)))


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


def _quantities(view: View) -> Iterator[Slip]:
    """Point at quantity words that the counts under their sentence do not bear out."""
    findings = {one.id: one for one in view.records.of_kind("finding")}
    for traced in trace_letter(view):
        for sentence in () if traced.exempt else traced.sentences:
            under = [findings[one.id] for one in sentence.findings if one.id in findings]
            counted = [(one.number("of_n"), one.number("of_m")) for one in under]
            for word in quantity_words(sentence.text):
                said = borne_out(word, counted)
                if said:
                    yield Slip(traced.id, sentence.start, sentence.text, said, "n of m, or “some”")


def _released(view: View) -> Iterator[Released]:
    people = {one.id: one.text("name") for one in view.records.of_kind("person")}
    versions = {one.id: one.text("name") for one in view.records.of_kind("letter_version")}
    held = sorted(view.records.of_kind("release"), key=lambda one: one.text("at"), reverse=True)
    for one in held:
        yield Released(
            one.id,
            one.text("at"),
            people.get(one.text("by"), ""),
            one.text("version"),
            versions.get(one.text("version"), ""),
            one.texts("files"),
            one.number("looks") or 0,
            one.number("unresting") or 0,
        )


def _printed(content: LetterContent) -> Iterator[str]:
    yield from (one.line for one in content.addressees)
    yield from (content.settings.salutation, content.settings.subject, content.settings.closing)
    for block in _reading(content.blocks):
        yield block.text
        yield from (one.text for one in block.footnotes)
    for one in content.signatories:
        yield f"{one.heading} {one.name} {one.title}"


def _reading(blocks: Sequence[Block]) -> Iterator[Block]:
    for one in blocks:
        yield one
        yield from _reading(one.inside)
