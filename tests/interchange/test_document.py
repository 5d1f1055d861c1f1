from __future__ import annotations

import json
import re

from app.domain.kinds.registry import DELETED_FIELD, KINDS
from app.domain.kinds.spec import Type
from app.interchange.inspection_json import LARGEST_FILE, LONGEST_NUMBER, OTHER_VERSIONS, parse
from app.json_reading import DEEPEST
from tests.interchange.make_documents import DOCUMENT, with_tables
from tests.interchange.samples import as_bytes, whole
from tests.interchange.validator import validator

TEXT = DOCUMENT.read_text("utf-8")
EXAMPLES = [json.loads(one) for one in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)]


def section(kind: str) -> str:
    return TEXT.split(f"### `{kind}`\n")[1].split("\n### ")[0]


def test_the_tables_are_those_the_table_of_kinds_makes() -> None:
    # Made anew by: python -m tests.interchange.make_documents
    assert with_tables(TEXT) == TEXT


def test_every_kind_and_field_is_listed() -> None:
    shared = TEXT.split("### Every kind of note\n")[1].split("\n### ")[0]
    for kind in KINDS.values():
        listed = section(kind.name) + (shared if kind.is_note else "")
        assert kind.label in listed
        for field in kind.fields:
            row = next(one for one in listed.splitlines() if one.startswith(f"| `{field.name}` |"))
            assert row.endswith(f"| {field.label} |")
            assert all(f"`{choice}`" in row for choice in field.choices)
            assert ("**needed**" in row) == field.required


def test_what_every_record_may_have_is_described() -> None:
    for name in ("id", "kind", DELETED_FIELD.name, OTHER_VERSIONS):
        assert f"`{name}`" in TEXT
    for one in Type:
        assert f"\n| {'one of …' if one is Type.CHOICE else one.value} | " in TEXT


def test_the_limits_told_are_the_limits_held() -> None:
    assert LARGEST_FILE == 1 << 30
    assert "files over 1 GiB" in TEXT
    assert f"at most {LONGEST_NUMBER} characters" in TEXT
    assert f"nested more than {DEEPEST} deep" in TEXT


def test_the_example_is_of_twenty_lines_and_fits_schema_and_parser() -> None:
    assert len(re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)[0].splitlines()) <= 20
    assert validator().is_valid(EXAMPLES[0])
    assert len(parse(as_bytes(EXAMPLES[0])).records) == 10


def test_the_example_of_other_versions_is_taken() -> None:
    document = parse(as_bytes(whole([{"id": "i", "kind": "inspection"}, EXAMPLES[1]])))
    assert document.records[1].others == {"statement": ["Children are seen alone."]}
