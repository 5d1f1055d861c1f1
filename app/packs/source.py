"""A pack's file as text and value, before anything is known of its shape.

What is read here may come from anyone: nothing of it is trusted until ``checks`` has passed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from app import json_places
from app.errors import InvalidInputError, NotFoundError
from app.json_reading import BadJsonError, Json, decode, parse

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 1_000_000  # bytes; the longest shipped pack is under 30,000
DEEPEST: Final = 12  # the deepest shape a pack may have is 6
LONGEST_NUMBER: Final = 15


@dataclass(frozen=True, slots=True)
class Source:
    """A pack's file, read: its name for people, its text for lines, its unchecked value."""

    name: str
    text: str
    untrusted: Json

    def refuse(self, path: json_places.Path, reason: str) -> NoReturn:
        """Refuse the pack for what stands at ``path``.

        Raises:
            InvalidInputError: always; it names the file, the line and the reason.

        """
        raise refusal(self.name, json_places.lines_of(self.text, [path])[path], reason)


def refusal(name: str, line: int, reason: str) -> InvalidInputError:
    """Return the error that refuses a pack: file, line and reason, and what to do."""
    return InvalidInputError(
        f"{name} was not used. Line {line}: {reason}. Correct that line and open it again.",
        place=f"{name}, line {line}",
    )


def read(path: Path) -> Source:
    """Return the file's text and value.

    Raises:
        NotFoundError: there is no such file.
        InvalidInputError: it is not small, shallow, well-formed JSON in UTF-8 with each name
            given once.

    """
    raw = _read_bytes(path)
    try:
        text = decode(raw)
        deep = json_places.line_deeper_than(text, DEEPEST)
        if deep is not None:
            raise refusal(path.name, deep, f"brackets are nested more than {DEEPEST} deep")
        return Source(path.name, text, parse(text, LONGEST_NUMBER))
    except BadJsonError as problem:
        raise refusal(path.name, problem.line, problem.reason) from problem


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        sentence = f"There is no pack called {path.name}. Nothing was changed."
        raise NotFoundError(sentence, place=path.name) from error
    except OSError as error:
        sentence = f"{path.name} could not be opened. Check that it is a file you may read."
        raise InvalidInputError(sentence, place=path.name) from error
    if len(raw) > LARGEST:
        line = raw.count(b"\n") + 1
        raise refusal(path.name, line, f"the file is longer than {LARGEST:,} bytes by here")
    return raw
