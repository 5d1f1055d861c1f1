"""Writes what is made from the table of kinds: the committed schema, and the document's tables.

Run: python -m tests.interchange.make_documents
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.kinds.notes import HEADER
from app.domain.kinds.registry import KINDS, NOTE_KINDS
from app.domain.kinds.spec import Type
from app.interchange.schema import schema_text
from tests.interchange.validator import COMMITTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.kinds.spec import Field

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "docs" / "inspection-json.md"
BEGIN: Final = "<!-- from the table of kinds -->\n"
END: Final = "<!-- to here -->\n"


def tables() -> str:
    """Every kind and field, as the document lists them."""
    parts = [
        "### Every kind of note\n\n"
        "The kinds of note have these fields in common, and under their own heading only the "
        "fields that are theirs.\n\n" + _table(HEADER)
    ]
    for kind in KINDS.values():
        own = [one for one in kind.fields if not kind.is_note or one not in HEADER]
        note = " A kind of note." if kind.is_note else ""
        table = _table(own) if own else "No fields of its own.\n"
        parts.append(f"### `{kind.name}`\n\n{kind.label}.{note}\n\n{table}")
    return "\n".join(parts)


def with_tables(document: str) -> str:
    """The document with its tables made anew."""
    head, _begin, rest = document.partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{tables()}\n{END}{tail}"


def _table(fields: Iterable[Field]) -> str:
    rows = [f"| `{one.name}` | {_holds(one)} | {one.label} |\n" for one in fields]
    return "| field | holds | meaning |\n| --- | --- | --- |\n" + "".join(rows)


def _holds(field: Field) -> str:
    if field.stays_here:
        return "never part of a file"
    needed = "**needed**, " if field.required else ""
    if field.type is Type.CHOICE:
        return needed + "one of " + ", ".join(f"`{one}`" for one in field.choices)
    if field.type in {Type.REF, Type.REFS}:
        all_notes = set(field.of) >= NOTE_KINDS
        to = ["any note"] if all_notes else []
        to += [f"`{one}`" for one in field.of if not all_notes or one not in NOTE_KINDS]
        return f"{needed}{field.type.value} to {', '.join(to)}"
    return needed + field.type.value


def main() -> None:
    """Write both files."""
    COMMITTED.write_text(schema_text(), encoding="utf-8", newline="\n")
    text = with_tables(DOCUMENT.read_text("utf-8"))
    DOCUMENT.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
