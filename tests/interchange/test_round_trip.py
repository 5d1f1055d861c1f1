from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from app.domain.records import Record
from app.interchange.inspection_json import ImportedRecord, emit, parse
from tests.interchange.samples import as_bytes, inspections, least, whole


def as_held(one: ImportedRecord) -> Record:
    forks = {name: (one.fields[name], *values) for name, values in one.others.items()}
    return Record(one.id, one.kind, one.fields, forks)


def put_out_again(inspection: dict[str, Any]) -> str:
    document = parse(as_bytes(inspection))
    return "".join(emit(map(as_held, document.records), document.members))


@given(inspections())
def test_what_is_read_and_put_out_again_is_the_same(inspection: dict[str, Any]) -> None:
    once = put_out_again(inspection)
    assert json.loads(once) == inspection
    assert parse(once.encode()) == parse(as_bytes(inspection))
    assert put_out_again(json.loads(once)) == once  # the same bytes each time


def test_a_record_stands_on_one_line_with_its_fields_in_the_order_of_its_kind() -> None:
    held = Record("f", "finding", {"x_new": 1, "why": "w", "statement": "s"}, {"why": ("w", "v")})
    lines = "".join(emit([held], {"note": "kept"})).splitlines()
    assert lines[-3] == (
        '  {"id": "f", "kind": "finding", "statement": "s", "why": "w", "x_new": 1, '
        '"other_versions": {"why": ["v"]}}'
    )
    assert lines[3] == ' "note": "kept",'


def test_words_are_written_as_they_are_not_escaped() -> None:
    assert "ŵ’s “x”" in put_out_again(whole([{**least("inspection"), "area": "ŵ’s “x”"}]))


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    document = parse(b"\xef\xbb\xbf" + as_bytes(whole([least("inspection")])))
    assert [one.kind for one in document.records] == ["inspection"]
