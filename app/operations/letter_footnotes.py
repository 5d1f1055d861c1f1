"""Footnotes of the letter: written where the caret stands, numbered in the order they are read.

Marks that are no numbers, such as a star, stay as they were written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import InvalidInputError
from app.operations.letters import letter_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain.changes import Changes
    from app.domain.letters import Block, Footnote
    from app.domain.revisions import Json
    from app.operations.work import Work


def add_footnote(work: Work, block: str, offset: int, words: str) -> Changes:
    """Add a footnote after a character of a block, and number all anew.

    Raises:
        InvalidInputError: nothing was written, or the block has no such place.

    """
    held = work.of_kind(block, "letter_block")
    text = " ".join(words.split())
    if not text:
        raise InvalidInputError("Write the footnote’s words. Nothing was added.", "text")
    if not 0 <= offset <= len(held.text("text")):
        raise InvalidInputError("The block has no such place. Nothing was added.", block)
    fields: dict[str, Json] = {"block": block, "offset": offset, "mark": "0", "text": text}
    made = work.add("footnote", fields)
    _number(work)
    return work.changes(made)


def set_footnote(work: Work, footnote: str, words: str) -> Changes:
    """Set a footnote's words; without any it is deleted, and the others are numbered anew."""
    work.of_kind(footnote, "footnote")
    text = " ".join(words.split())
    if text:
        work.change(footnote, {"text": text})
    else:
        work.delete(footnote)
        _number(work)
    return work.changes()


def _number(work: Work) -> None:
    numbered = [one for one in _in_order(letter_blocks(work.records)) if one.mark.isdecimal()]
    for number, one in enumerate(numbered, 1):
        if one.mark != str(number):
            work.change(one.id, {"mark": str(number)})


def _in_order(blocks: Sequence[Block]) -> Iterator[Footnote]:
    for one in blocks:
        yield from one.footnotes
        yield from _in_order(one.inside)
