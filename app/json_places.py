"""Where things stand in a JSON text: which line holds which value.

Python's own reader gives values without places, and a person mending a pack needs the place.
These scans are linear in the text and never recurse, so no text can stall or crash them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Path: TypeAlias = tuple[str | int, ...]

# Possessive, and the closing quote optional: an unclosed string is then one token to the end
# of the text. Otherwise each escaped quote in it would start another scan of all that follows.
_STRING: Final = r'"(?:[^"\\]++|\\.)*+"?'
_TOKEN: Final = re.compile(_STRING + r'|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


def places(text: str) -> Iterator[tuple[Path, int]]:
    """Yield the path and line of every value of a well-formed text, in order.

    A member of an object stands where its name does. A name given twice yields its path twice.
    """
    trail: list[str | int] = []  # the name or number reached in each container still open
    name_next = False
    for word, line in _tokens(text):
        if word in ("}", "]"):
            trail.pop()
            name_next = False
        elif word == ",":
            last = trail[-1]
            name_next = isinstance(last, str)
            if isinstance(last, int):
                trail[-1] = last + 1
        elif name_next:
            trail[-1] = json.loads(word)
            name_next = False
            yield tuple(trail), line
        elif word != ":":
            if not trail or isinstance(trail[-1], int):
                yield tuple(trail), line
            if word in ("{", "["):
                trail.append("" if word == "{" else 0)
                name_next = word == "{"


def lines_of(text: str, paths: Collection[Path]) -> dict[Path, int]:
    """Return the line of each path's value, or of the nearest container that is there.

    One scan serves all paths: a pack full of faults is placed as fast as a pack with one.
    """
    wanted = {path[:depth] for path in paths for depth in range(len(path) + 1)}
    seen: dict[Path, int] = {(): 1}
    seen |= {place: line for place, line in places(text) if place in wanted}
    return {
        path: next(seen[path[:upto]] for upto in range(len(path), -1, -1) if path[:upto] in seen)
        for path in paths
    }


def repeated(text: str) -> tuple[Path, int] | None:
    """Return the first path that is given twice in one object, and the line of the second."""
    seen: set[Path] = set()
    for place, line in places(text):
        if place in seen:
            return place, line
        seen.add(place)
    return None


def line_of_word(text: str, wanted: str) -> int:
    """Return the line of a number or bare word, outside quotes; 1 when it is not there."""
    return next((line for word, line in _tokens(text) if word == wanted), 1)


def line_deeper_than(text: str, limit: int) -> int | None:
    """Return the line where containers first nest deeper than ``limit``; text may be broken."""
    depth = 0
    for word, line in _tokens(text):
        if word in ("{", "["):
            depth += 1
            if depth > limit:
                return line
        elif word in ("}", "]"):
            depth -= 1
    return None


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, upto = 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", upto, token.start())
        upto = token.start()
        yield token.group(), line
