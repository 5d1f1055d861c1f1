"""Whether a pack has its shape: its JSON Schema first, then the rules a schema cannot state.

Reasons are in plain words. The earliest fault in the file is the one reported, because people
mend a file from the top.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from jsonschema import Draft202012Validator

from app import paths
from app.json_places import lines_of
from app.json_reading import shown
from app.packs.rules import RULES
from app.packs.source import refusal

if TYPE_CHECKING:
    from jsonschema import ValidationError

    from app.json_places import Path
    from app.packs.rules import Checked, Fault
    from app.packs.source import Source

_MANY: Final = 50  # faults looked at; a file with more is refused just the same
_TYPES: Final = {
    "object": "a group in curly brackets",
    "array": "a list in square brackets",
    "string": "words in double quotes",
    "integer": "a whole number",
    "boolean": "true or false",
}
_LIMITS: Final = {
    "minItems": "the list needs at least {}",
    "maxItems": "the list may hold at most {}",
    "maxLength": "the words here are longer than {} characters",
    "minimum": "the number must be {} or more",
    "maximum": "the number must be {} or less",
}


def check(source: Source, kind: str) -> Checked:
    """Return the source's value, now known to be a pack of this kind.

    Raises:
        InvalidInputError: it is not; the file, the line and the reason are named.

    """
    value: Any = source.untrusted
    errors = islice(_validator(kind).iter_errors(value), _MANY)
    faults = [_fault(error) for error in errors] or list(islice(RULES[kind](value), _MANY))
    if faults:
        line, reason = _first(source, faults)
        raise refusal(source.name, line, reason)
    checked: Checked = value
    return checked


def _first(source: Source, faults: list[Fault]) -> tuple[int, str]:
    """Return line and reason of the fault to report: the wrong kind of pack, else the earliest."""
    told = [fault for fault in faults if fault[0] == ("pack",)] or faults
    lines = lines_of(source.text, [path for path, _ in told])
    return min(((lines[path], reason) for path, reason in told), key=lambda one: one[0])


@cache
def _validator(kind: str) -> Draft202012Validator:
    file = paths.resources() / "schemas" / f"pack-{kind}.schema.json"
    return Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))


def _fault(error: ValidationError) -> Fault:
    path: Path = tuple(error.absolute_path)
    rule = str(error.validator)
    limit: Any = error.validator_value
    given: Any = error.instance
    schema: Any = error.schema
    if rule == "additionalProperties":
        extra = next(name for name in given if name not in schema["properties"])
        return (*path, extra), f"{shown(extra)} is not a name that belongs here"
    if rule == "required":
        missing = next(name for name in limit if name not in given)
        return path, f"{shown(missing)} is missing here"
    if rule == "enum":
        choices = ", ".join(shown(one) for one in limit)
        return path, f"{shown(given)} is not one of {choices}"
    described = schema.get("description", "something else")
    return path, _reason(rule, limit, given, described)


def _reason(rule: str, limit: str | int, given: object, described: str) -> str:
    if rule == "type":
        return f"{_TYPES[str(limit)]} must stand here"
    if rule == "const":
        return f"a {limit} pack is wanted and this says {shown(given)}"
    if rule in ("minItems", "minLength") and limit == 1:
        return "nothing is written here"
    if rule in _LIMITS:
        return _LIMITS[rule].format(limit)
    return f"{shown(given)} should be {described}"
