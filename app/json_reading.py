"""Reads JSON from anywhere without being hurt by it, and says on which line it went wrong.

Knows nothing of what the JSON is about: packs and inspections are checked by their own layers.
"""

from __future__ import annotations

import json
from typing import Final, NoReturn, TypeAlias

from app import json_places

# What json.loads returns. Recursive, so that a checker sees through lists and objects.
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

# Deeper than any file of ours; Python's own reader gives up at about a thousand.
DEEPEST: Final = 64
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
    ("Extra data", "something follows after the end"),
)


class BadJsonError(Exception):
    """A text that is not well-formed JSON as we take it: the line, and the reason in a clause."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep both; neither holds more than a few of the file's own words."""
        super().__init__(reason)
        self.line = line
        self.reason = reason


class _RepeatedNameError(Exception):
    """An object gives one name twice; Python's reader would keep the last in silence."""


class _OddNumberError(Exception):
    """A number JSON does not know, or one too long to be meant."""

    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written


def decode(untrusted: bytes) -> str:
    """Return UTF-8 text, with or without a byte-order mark.

    Raises:
        BadJsonError: it is not UTF-8.

    """
    try:
        return untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = untrusted.count(b"\n", 0, problem.start) + 1
        raise BadJsonError(line, "the file is not saved as UTF-8 text") from None


def parse(text: str, longest_number: int) -> Json:
    """Return the value of a JSON text.

    Raises:
        BadJsonError: it is not JSON, is nested too deep for any use, gives a name twice in one
            object, or has a number of more characters than ``longest_number``.

    """
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=_once_each,
            parse_int=lambda written: int(_short(written, longest_number)),
            parse_float=lambda written: float(_short(written, longest_number)),
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as problem:
        raise BadJsonError(problem.lineno, _in_plain_words(problem.msg)) from None
    except _RepeatedNameError:
        path, line = json_places.repeated(text) or (("",), 1)
        raise BadJsonError(line, f"{shown(path[-1])} is given twice") from None
    except _OddNumberError as problem:
        line = json_places.line_of_word(text, problem.written)
        reason = f"{shown(problem.written)} is not a number that can be used"
        raise BadJsonError(line, reason) from None
    except RecursionError:
        line = json_places.line_deeper_than(text, DEEPEST) or 1
        raise BadJsonError(line, f"brackets are nested more than {DEEPEST} deep") from None
    return value


def shown(words: object) -> str:
    """Return words of the file fit for one line of an error: short, and nothing hidden."""
    text = str(words)
    text = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    visible = (one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
    return f"“{''.join(visible)}”"


def _once_each(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RepeatedNameError
    return members


def _short(written: str, longest: int) -> str:
    if len(written) > longest:
        raise _OddNumberError(written)
    return written


def _no_constant(written: str) -> NoReturn:
    raise _OddNumberError(written)


def _in_plain_words(message: str) -> str:
    known = (plain for start, plain in _PLAIN if message.startswith(start))
    return next(known, "this is not written as JSON")
