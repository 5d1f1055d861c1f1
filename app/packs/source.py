"""A pack's file as text and value, before anything is known of its shape.

What is read here may come from anyone: nothing of it is trusted until ``checks`` has passed it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

from app.errors import InvalidInputError, NotFoundError
from app.packs import lines

if TYPE_CHECKING:
    from pathlib import Path

# What json.loads returns. Recursive, so that a checker sees through lists and objects.
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

LARGEST: Final = 1_000_000  # bytes; the longest shipped pack is under 30,000
DEEPEST: Final = 12  # the deepest shape a pack may have is 6
LONGEST_NUMBER: Final = 15
_SHOWN: Final = 40  # characters of a file's own words that an error repeats

_PLAIN: Final = (
    ("Expecting property name", "a name in double quotes is expected (is a comma left over?)"),
    ("Illegal trailing comma", "a comma is left over before the closing bracket"),
    ("Expecting ',' delimiter", "a comma or a closing bracket is missing before this"),
    ("Expecting ':' delimiter", "a colon is missing after a name"),
    ("Expecting value", "a value is missing, or words stand without double quotes"),
    ("Invalid control character", "a line ends, or a tab stands, inside quoted words"),
    ("Unterminated string", "quoted words begin and never end"),
    ("Invalid \\", "a backslash is followed by a letter it cannot be followed by"),
    ("Extra data", "something follows after the end of the pack"),
)


class _RepeatedNameError(Exception):
    """An object gives one name twice; Python's reader would keep the last in silence."""


class _OddNumberError(Exception):
    """A number JSON does not know, or one too long to be meant."""

    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written


@dataclass(frozen=True, slots=True)
class Source:
    """A pack's file, read: its name for people, its text for lines, its unchecked value."""

    name: str
    text: str
    untrusted: Json

    def refuse(self, path: lines.Path, reason: str) -> NoReturn:
        """Refuse the pack for what stands at ``path``.

        Raises:
            InvalidInputError: always; it names the file, the line and the reason.

        """
        raise refusal(self.name, lines.lines_of(self.text, [path])[path], reason)


def refusal(name: str, line: int, reason: str) -> InvalidInputError:
    """Return the error that refuses a pack: file, line and reason, and what to do."""
    return InvalidInputError(
        f"{name} was not used. Line {line}: {reason}. Correct that line and open it again.",
        place=f"{name}, line {line}",
    )


def shown(words: object) -> str:
    """Return words of the file fit for one line of an error: short, and nothing hidden."""
    text = str(words)
    text = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    visible = (one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
    return f"“{''.join(visible)}”"


def read(path: Path) -> Source:
    """Return the file's text and value.

    Raises:
        NotFoundError: there is no such file.
        InvalidInputError: it is not small, shallow, well-formed JSON in UTF-8 with each name
            given once.

    """
    text = _decode(path.name, _read_bytes(path))
    deep = lines.line_deeper_than(text, DEEPEST)
    if deep is not None:
        raise refusal(path.name, deep, f"brackets are nested more than {DEEPEST} deep")
    return Source(path.name, text, _parse(path.name, text))


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


def _decode(name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refusal(name, line, "the file is not saved as UTF-8 text") from error


def _parse(name: str, text: str) -> Json:
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=_once_each,
            parse_int=_whole_number,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise refusal(name, error.lineno, _in_plain_words(error.msg)) from error
    except _RepeatedNameError as error:
        path, line = lines.repeated(text) or ((), 1)
        raise refusal(name, line, f"{shown(path[-1])} is given twice") from error
    except _OddNumberError as error:
        line = lines.line_of_word(text, error.written)
        reason = f"{shown(error.written)} is not a number that can be used"
        raise refusal(name, line, reason) from error
    return value


def _once_each(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RepeatedNameError
    return members


def _whole_number(written: str) -> int:
    if len(written) > LONGEST_NUMBER:
        raise _OddNumberError(written)
    return int(written)


def _no_constant(written: str) -> NoReturn:
    raise _OddNumberError(written)


def _in_plain_words(message: str) -> str:
    known = (plain for start, plain in _PLAIN if message.startswith(start))
    return next(known, "this is not written as JSON")
