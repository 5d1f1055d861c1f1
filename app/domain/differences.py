"""Which words went and which came between two texts, for showing; nothing is merged by it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(r"\s+|\w+(?:[’'\-]\w+)*|[^\w\s]")
# Past this many words in both together, what differs in the middle is shown as one piece.
_MOST: Final = 20_000


class Change(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    GONE = "gone"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and whether it stayed, went or came."""

    change: Change
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return the pieces in order: put together without the one kind, each text is there whole."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _MOST:
        return list(_pieces(("equal" if before == after else "replace", before, after)))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Piece] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        found += _pieces((kind, "".join(old[i1:i2]), "".join(new[j1:j2])))
    return found


def moved_place(before: str, after: str, place: int) -> int:
    """Return where a place in a text is in the text it became: after the same words.

    A place within words that went is where they were.
    """
    old = new = 0
    for piece in differences(before, after):
        size = len(piece.text)
        if piece.change is Change.CAME:
            new += size
        elif place <= old + size:
            return new + (place - old if piece.change is Change.SAME else 0)
        else:
            old += size
            new += size if piece.change is Change.SAME else 0
    return new


def _pieces(step: tuple[str, str, str]) -> Iterator[Piece]:
    kind, gone, came = step
    if kind == "equal":
        yield Piece(Change.SAME, gone)
        return
    if gone:
        yield Piece(Change.GONE, gone)
    if came:
        yield Piece(Change.CAME, came)
