"""The committed schema as a validator that reads patterns as JSON Schema means them."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from app.paths import resources

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMITTED = resources() / "schemas" / "inspection.schema.json"


def _pattern(_validator: object, pattern: str, one: object, _schema: object) -> Iterator[Any]:
    # In ECMAScript, whose patterns these are, $ is the very end; in Python a last line break may
    # follow it.
    exact = re.sub(r"\$$", r"\\Z", pattern)
    if isinstance(one, str) and not re.search(exact, one):
        yield ValidationError("does not match")


@cache
def validator(definition: str = "") -> Draft202012Validator:
    """A validator of whole files, or of one definition in the schema."""
    schema = json.loads(COMMITTED.read_text("utf-8"))
    if definition:
        schema = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    return extend(Draft202012Validator, {"pattern": _pattern})(schema)
