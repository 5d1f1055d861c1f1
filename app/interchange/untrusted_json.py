"""Reads JSON from anywhere without being hurt by it, and says on which line it went wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NoReturn

from app.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_FILE: Final = 1 << 30  # bytes
DEEPEST: Final = 64  # levels; inspection JSON itself needs four
LONGEST_NUMBER: Final = 32  # digits


class _TooLongNumberError(ValueError):
    def __init__(self, digits: str) -> None:
        super().__init__()
        self.digits = digits


class _RepeatedNameError(ValueError):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class _NotANumberError(ValueError):
    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word


def load(untrusted: bytes) -> object:
    """Return the value in UTF-8 JSON.

    Raises:
        InvalidInputError: too large, not UTF-8, not JSON, nested too deep, a number too long,
            or a member named twice; the sentence names the line.

    """
    if len(untrusted) > LARGEST_FILE:
        raise InvalidInputError(
            f"The file is larger than {LARGEST_FILE // (1 << 20)} MiB. Nothing was read from it."
        )
    text = _decoded(untrusted)
    _check_depth(text)
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_unrepeated,
            parse_int=_short_int,
            parse_float=_short_float,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as problem:
        _refuse(f"is not JSON: {_plainly(problem.msg)}", problem.lineno)
    except _TooLongNumberError as problem:
        _refuse(
            f"has a number of {len(problem.digits):,} digits; {LONGEST_NUMBER} is the most",
            _line_of(text, problem.digits),
        )
    except _RepeatedNameError as problem:
        _refuse("names a member twice in one object", _line_of(text, json.dumps(problem.name)))
    except _NotANumberError as problem:
        _refuse(f"says {problem.word}, which JSON has no place for", _line_of(text, problem.word))
    return value


def _decoded(untrusted: bytes) -> str:
    try:
        return untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        _refuse("is not UTF-8 text", untrusted.count(b"\n", 0, problem.start) + 1)


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the parser would run out of stack over it.

    Counts brackets outside strings. Fast for honest files: most text lies inside strings, and
    those are skipped whole.
    """
    depth, at, line = 0, 0, 1
    while at < len(text):
        quote = text.find('"', at)
        outside = text[at : quote if quote >= 0 else len(text)]
        if "[" in outside or "{" in outside:
            for character in outside:
                depth += (character in "[{") - (character in "]}")
                line += character == "\n"
                if depth > DEEPEST:
                    _refuse(f"is nested more than {DEEPEST} levels deep", line)
        else:
            depth -= outside.count("]") + outside.count("}")
            line += outside.count("\n")
        if quote < 0:
            return
        at = _end_of_string(text, quote) + 1


def _end_of_string(text: str, quote: int) -> int:
    end = text.find('"', quote + 1)
    while end >= 0:
        backslashes = 0
        while text[end - 1 - backslashes] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return end
        end = text.find('"', end + 1)
    return len(text)


def _unrepeated(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _value in pairs]
        raise _RepeatedNameError(next(name for name in names if names.count(name) > 1))
    return made


def _short_int(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise _TooLongNumberError(digits)
    return int(digits)


def _short_float(digits: str) -> float:
    if len(digits) > LONGEST_NUMBER:
        raise _TooLongNumberError(digits)
    return float(digits)


def _no_constant(word: str) -> NoReturn:
    raise _NotANumberError(word)


def _line_of(text: str, part: str) -> int:
    return text.count("\n", 0, max(0, text.find(part))) + 1


def _refuse(what: str, line: int) -> NoReturn:
    raise InvalidInputError(
        f"Line {line} of the file {what}. Nothing was imported.", f"line {line}"
    ) from None


def _plainly(message: str) -> str:
    words = {
        "Expecting value": "a value is missing",
        "Expecting ',' delimiter": "a comma is missing",
        "Expecting ':' delimiter": "a colon is missing",
        "Expecting property name enclosed in double quotes": "a member’s name is missing",
        "Extra data": "there is more after the end",
        "Unterminated string starting at": "a text is not closed",
        "Invalid control character at": "a text holds a control character",
    }
    return words.get(message, "a text is written in a way JSON does not allow")
