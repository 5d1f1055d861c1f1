"""Versions of the letter: kept by name as it stood, and compared. Nothing is put back by them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from app.errors import InvalidInputError
from app.operations.letters import letter_blocks
from app.operations.records import last_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain.changes import Changes
    from app.domain.letters import Block
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work
    from app.store.reader import Reader

AS_IT_STANDS: Final = ""  # in place of a version: the letter of this moment


@dataclass(frozen=True, slots=True)
class Version:
    """One version as a list shows it."""

    id: str
    name: str
    at: str
    by: str
    words: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A block as it stood: the block it was, and its words."""

    block: str
    type: str
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One block in two versions; None where it is not in one. ``is_moved`` says it stands apart."""

    before: Kept | None
    after: Kept | None
    is_moved: bool = False

    @property
    def is_same(self) -> bool:
        """Whether nothing about it differs."""
        return self.before == self.after and not self.is_moved


def keep_version(work: Work, name: str) -> Changes:
    """Keep the letter's blocks as they stand under a name.

    Raises:
        InvalidInputError: no name, a name that is taken, or no blocks.

    """
    named = " ".join(name.split())
    if not named:
        raise InvalidInputError("Give the version a name, such as “Sent for comments”.", "name")
    if any(one.text("name") == named for one in work.records.of_kind("letter_version")):
        raise InvalidInputError(
            f"There is a version called “{named}” already; it stays as it is. Give another name.",
            "name",
        )
    blocks = kept_now(work.records)
    if not blocks:
        raise InvalidInputError("The letter has no blocks yet. Nothing was kept.", "letter")
    fields: dict[str, Json] = {"name": named, "at": work.now()}
    if work.me:
        fields["by"] = work.me
    version = work.add("letter_version", fields)
    for one in blocks:
        part: dict[str, Json] = {
            "version": version,
            "position": last_place(work, "version_block", version),
            "block": one.block,
            "type": one.type,
            "text": one.text,
        }
        if one.number:
            part["number"] = one.number
        work.add("version_block", part)
    return work.changes(version)


def blocks_now(view: View) -> tuple[Kept, ...]:
    """Return the letter's blocks as they stand, in reading order."""
    return kept_now(view.records)


def kept_now(reader: Reader) -> tuple[Kept, ...]:
    """Return the same from within a verb."""
    return tuple(_reading(letter_blocks(reader)))


def list_versions(view: View) -> list[Version]:
    """Return every version, the newest first."""
    people = {one.id: one.text("name") for one in view.records.of_kind("person")}
    found = [
        Version(
            one.id,
            one.text("name"),
            one.text("at"),
            people.get(one.text("by"), ""),
            sum(
                len(part.text("text").split())
                for part in view.records.parts_of(one.id, "version_block")
            ),
        )
        for one in view.records.of_kind("letter_version")
    ]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def compare_versions(view: View, before: str, after: str) -> list[Compared]:
    """Return the blocks of two versions side by side, in the order of the later one.

    ``AS_IT_STANDS`` stands for the letter of this moment. What went stands where it stood.
    """
    return pair_up(_version(view, before), _version(view, after))


def pair_up(before: Sequence[Kept], after: Sequence[Kept]) -> list[Compared]:
    """Pair blocks by what block they are; those whose order changed are marked as moved."""
    old, new = {one.block: one for one in before}, {one.block: one for one in after}
    shared = [one.block for one in before if one.block in new]
    matcher = SequenceMatcher(None, shared, [one for one in new if one in old], autojunk=False)
    stayed = {
        block for at, _other, size in matcher.get_matching_blocks() for block in shared[at:][:size]
    }
    went: dict[str, list[Kept]] = {}
    last = ""
    for one in before:
        if one.block in new:
            last = one.block
        else:
            went.setdefault(last, []).append(one)
    pairs = [Compared(one, None) for one in went.get("", ())]
    for one in after:
        held = old.get(one.block)
        is_moved = held is not None and one.block not in stayed
        pairs.append(Compared(held, one, is_moved))
        pairs += [Compared(gone, None) for gone in went.get(one.block, ())]
    return pairs


def _version(view: View, version: str) -> Sequence[Kept]:
    if version == AS_IT_STANDS:
        return blocks_now(view)
    view.records.get(version)
    return tuple(
        Kept(one.text("block") or one.id, one.text("type"), one.text("text"), one.text("number"))
        for one in view.records.parts_of(version, "version_block")
    )


def _reading(blocks: Sequence[Block]) -> Iterator[Kept]:
    for one in blocks:
        yield Kept(one.id, one.type, one.text, one.number)
        yield from _reading(one.inside)
