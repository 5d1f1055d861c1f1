"""The JSON Schema of inspection JSON, made from the table of kinds so that they cannot differ.

A copy lies in resources/schemas for whoever writes a converter; the app itself checks by
``inspection_json``, which is stricter where a schema has no words (docs/inspection-json.md).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from app.domain.kinds.notes import HEADER
from app.domain.kinds.registry import DELETED_FIELD, KINDS
from app.domain.kinds.spec import Type
from app.domain.validation import LARGEST_NUMBER, LONGEST_NAME
from app.interchange.inspection_json import FORMAT, OTHER_VERSIONS, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.kinds.spec import Field, Kind
    from app.domain.revisions import Json

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_DAY: Final = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_HOUR: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_ID: Final = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
_NAME: Final = "^[A-Za-z][A-Za-z0-9_]{0,63}$"
_TEXT: Final = r"^[^\u0000]*$"
_LINE: Final = r"^[^\u0000\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]*$"
_JSON: Final[Json] = {"$ref": "#/$defs/json"}
_NOTE: Final = "note"  # what all kinds of note have in common
_WIDEST: Final = 100  # characters of a line in the schema's file


def inspection_schema() -> dict[str, Json]:
    """Return the schema of a whole file, as plain JSON values."""
    kinds = {kind.name: _kind(kind) for kind in KINDS.values()}
    return {
        "$schema": DIALECT,
        "title": "Siteweek inspection, version 1",
        "description": "A whole joint inspection as a list of records. See inspection-json.md.",
        "type": "object",
        "required": ["format", "version", "records"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "records": {
                "type": "array",
                "items": {"$ref": "#/$defs/record"},
                "contains": {"properties": {"kind": {"const": "inspection"}}, "required": ["kind"]},
                "minContains": 1,
                "maxContains": 1,
            },
        },
        "propertyNames": {"minLength": 1, "maxLength": LONGEST_NAME, "pattern": _TEXT},
        "additionalProperties": _JSON,
        "$defs": {
            **_values(),
            "record": _record(),
            _NOTE: {"properties": _properties(_NOTE, HEADER)},
            **kinds,
        },
    }


def schema_text() -> str:
    """Return the schema as the text of its file: what fits on one line stands on one."""
    return _laid_out(inspection_schema(), "") + "\n"


def _values() -> dict[str, Json]:
    """Return what each type of field may hold; null clears a field and always fits."""
    return {
        "id": {"type": "string", "pattern": _ID},
        "text": _words("any words", _TEXT),
        "line": _words("words on one line", _LINE),
        "lines": _list("a list of lines", "line"),
        "flag": {"type": ["boolean", "null"]},
        "count": {"type": ["integer", "null"], "minimum": 0, "maximum": LARGEST_NUMBER},
        "date": _words("a date such as 2026-11-24", f"^{_DAY}$"),
        "time": _words("a time such as 14:02", f"^{_HOUR}$"),
        "instant": _words(
            "a moment with its offset, such as 2026-11-24T14:02:07+00:00",
            rf"^{_DAY}T{_HOUR}(:[0-5][0-9](\.[0-9]{{1,6}})?)?(Z|[+-]{_HOUR})$",
        ),
        "ref": _words("the id of a record in this file", _ID),
        "refs": _list("ids of records in this file", "ref"),
        "order": _words("a place among siblings, compared as text", "^[0-9A-Za-z]{1,4096}$"),
        "json": {
            "description": "what this version does not know is kept as it is",
            "pattern": _TEXT,
            "minimum": -LARGEST_NUMBER,
            "maximum": LARGEST_NUMBER,
            "items": _JSON,
            "propertyNames": {"pattern": _TEXT},
            "additionalProperties": _JSON,
        },
    }


def _words(description: str, pattern: str) -> Json:
    return {"description": description, "type": ["string", "null"], "pattern": pattern}


def _list(description: str, items: str) -> Json:
    return {
        "description": description,
        "type": ["array", "null"],
        "items": {"$ref": f"#/$defs/{items}", "type": "string"},
    }


def _record() -> Json:
    return {
        "type": "object",
        "required": ["id", "kind"],
        "properties": {"id": {"$ref": "#/$defs/id"}, "kind": {"enum": list(KINDS)}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": name}}},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name in KINDS
        ],
    }


def _kind(kind: Kind) -> Json:
    own = tuple(one for one in kind.fields if not kind.is_note or one not in HEADER)
    properties: dict[str, Json] = {
        "id": {"$ref": "#/$defs/id"},
        "kind": {"const": kind.name},
        **_properties(kind.name, own),
    }
    shared: dict[str, Json] = {"allOf": [{"$ref": f"#/$defs/{_NOTE}"}]} if kind.is_note else {}
    return {
        "title": kind.label,
        "type": "object",
        "required": ["id", "kind", *(one.name for one in own if one.required)],
        "properties": properties,
        "propertyNames": {"pattern": _NAME},
        "additionalProperties": _JSON,
        **shared,
    }


def _properties(name: str, fields: Iterable[Field]) -> dict[str, Json]:
    """Return what a record holds under each of some fields, and other versions of them."""
    properties = {one.name: _field(one) for one in (*fields, DELETED_FIELD)}
    others: dict[str, Json] = {
        one: {"type": "array", "items": {"$ref": f"#/$defs/{name}/properties/{one}"}}
        for one in properties
    }
    properties[OTHER_VERSIONS] = {
        "type": "object",
        "properties": others,
        "propertyNames": {"pattern": _NAME},
        "additionalProperties": {"type": "array", "items": _JSON},
    }
    return properties


def _field(field: Field) -> Json:
    if field.stays_here:
        return {"not": {}, "title": field.label, "description": "never part of a file"}
    if field.type is Type.CHOICE:
        choices: list[Json] = list(field.choices)
        held: dict[str, Json] = {"enum": choices if field.required else [*choices, None]}
    else:
        held = {"$ref": f"#/$defs/{field.type.value}"}
        if field.required:
            held["type"] = "string"
    held["title"] = field.label
    if field.of:
        held["description"] = f"leads to: {', '.join(field.of)}"
    return held


def _laid_out(value: object, indent: str) -> str:
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= _WIDEST or not isinstance(value, dict | list):
        return line
    inner = indent + "  "
    if isinstance(value, dict):
        listed = [f"{json.dumps(name)}: {_laid_out(one, inner)}" for name, one in value.items()]
    else:
        listed = [_laid_out(one, inner) for one in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    gathered = f",\n{inner}".join(listed)
    return f"{opening}\n{inner}{gathered}\n{indent}{closing}"
