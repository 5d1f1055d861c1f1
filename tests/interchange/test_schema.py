from __future__ import annotations

import json
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.domain.kinds.registry import DELETED_FIELD, KINDS
from app.domain.kinds.spec import Type
from app.errors import InvalidInputError
from app.interchange.inspection_json import parse
from app.interchange.schema import inspection_schema, schema_text
from app.paths import resources
from tests.interchange.samples import (
    JSON,
    NUMBERS,
    UNKNOWN,
    as_bytes,
    inspections,
    least,
    record,
    whole,
    with_all_kinds,
)
from tests.interchange.validator import COMMITTED, validator

KIND_NAMES = st.sampled_from(sorted(KINDS))
# Values that no field of these types takes, whatever they hold.
UNFIT = {
    **dict.fromkeys((Type.TEXT, Type.LINE), NUMBERS | st.booleans() | st.lists(st.text())),
    **dict.fromkeys((Type.LINES, Type.REFS), st.text() | st.lists(st.none(), min_size=1)),
    **dict.fromkeys((Type.CHOICE,), st.sampled_from(["", "no such choice", 1, True, []])),
    **dict.fromkeys((Type.FLAG,), st.sampled_from(["true", "", 0, 1, [], {}])),
    **dict.fromkeys((Type.COUNT,), st.sampled_from([-1, 0.5, 2**53 + 1, "1", True, [1]])),
    **dict.fromkeys(
        (Type.DATE, Type.TIME, Type.INSTANT),
        st.sampled_from(["", "2026-13-01", "2026-01-01\n", "24:00", "09:00\n", "9:00", 20261012])
        | st.sampled_from(["2026-01-01T09:00", "2026-01-01T09:00Z\n", "2026-01-01T25:00Z"]),
    ),
    **dict.fromkeys((Type.REF,), st.sampled_from(["", "a b", "-a", "a\n", "a" * 65, 1, ["a"]])),
    **dict.fromkeys((Type.ORDER,), st.sampled_from(["", "a-b", "é", "a\n", 1, "a" * 4097])),
}


def fits_schema(one: dict[str, Any]) -> bool:
    kind = one.get("kind")
    return validator(kind if kind in KINDS else "record").is_valid(one)


def fits_parser(one: dict[str, Any]) -> bool:
    try:
        parse(as_bytes(with_all_kinds(one)))
    except InvalidInputError:
        return False
    return True


def test_the_committed_schema_is_the_one_the_table_of_kinds_makes() -> None:
    # Made anew by: python -m tests.interchange.make_documents
    assert COMMITTED.read_text("utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(inspection_schema())


def test_every_kind_and_field_stands_in_the_schema_under_its_label() -> None:
    definitions: Any = inspection_schema()["$defs"]
    for kind in KINDS.values():
        shared = definitions["note"]["properties"] if kind.is_note else {}
        properties = {**shared, **definitions[kind.name]["properties"]}
        assert definitions[kind.name]["title"] == kind.label
        for field in (*kind.fields, DELETED_FIELD):
            assert properties[field.name]["title"] == field.label


def test_the_demo_inspection_fits_the_schema() -> None:
    demo = json.loads((resources() / "demo" / "wexcombe.json").read_text("utf-8"))
    assert [str(one.message)[:200] for one in validator().iter_errors(demo)] == []


@given(inspections())
def test_what_the_parser_takes_the_schema_takes(inspection: dict[str, Any]) -> None:
    parse(as_bytes(inspection))
    for one in inspection["records"]:
        assert fits_schema(one)


@given(KIND_NAMES.flatmap(record), st.data())
def test_a_value_of_the_wrong_type_is_refused_by_both(
    one: dict[str, Any], data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from([*KINDS[one["kind"]].fields, DELETED_FIELD]))
    wrong = data.draw(UNFIT[field.type])
    changed = {**one, field.name: wrong}
    assert not fits_schema(changed)
    assert not fits_parser(changed)
    as_version = {**one, "other_versions": {field.name: [wrong]}}
    assert not fits_schema(as_version)
    assert not fits_parser(as_version)


@given(KIND_NAMES.flatmap(record), UNKNOWN, JSON)
def test_unknown_fields_are_taken_by_both(one: dict[str, Any], name: str, value: object) -> None:
    changed = {**one, name: value}
    assert fits_schema(changed)
    assert fits_parser(changed)


@given(KIND_NAMES.flatmap(record), st.text(max_size=3) | st.just("a" * 65) | UNKNOWN, JSON)
def test_both_agree_on_names_of_fields(one: dict[str, Any], name: str, value: object) -> None:
    changed = {**one, f"x{name}": value}
    assert fits_schema(changed) == fits_parser(changed)


@given(KIND_NAMES.map(least), st.sampled_from(["id", "kind", "needed"]), st.data())
def test_what_is_needed_is_needed_by_both(
    one: dict[str, Any], what: str, data: st.DataObject
) -> None:
    needed = [field.name for field in KINDS[one["kind"]].fields if field.required]
    name = data.draw(st.sampled_from(needed or ["id"])) if what == "needed" else what
    without = {key: value for key, value in one.items() if key != name}
    for changed in (without, {**one, name: None}, {**one, name: 7}):
        assert not fits_schema(changed)
        assert not fits_parser(changed)


@pytest.mark.parametrize(
    "inspection",
    [
        [],
        {},
        whole([]),
        whole([least("inspection"), {**least("inspection"), "id": "again"}]),
        {**whole([least("inspection")]), "format": "other"},
        {**whole([least("inspection")]), "version": 2},
        {**whole([least("inspection")]), "version": True},
        {**whole([least("inspection")]), "x" * 65: 1},
        {**whole([least("inspection")]), "x": 2**60},
        {**whole([least("inspection")]), "x": ["a\0"]},
    ],
    ids=range(10),
)
def test_an_envelope_that_does_not_fit_is_refused_by_both(inspection: object) -> None:
    assert not validator().is_valid(inspection)
    with pytest.raises(InvalidInputError):
        parse(as_bytes(inspection))


@pytest.mark.parametrize(
    "one",
    [
        {"id": "n", "kind": "jotting", "date": "2026-02-30"},
        {"id": "n", "kind": "jotting", "finished_at": "0000-01-01T00:00Z"},
        {"id": "n", "kind": "jotting", "title": "\ud800"},
        {"id": "n", "kind": "jotting", "x": reduce(lambda inner, _: [inner], range(40), 0)},
        {"id": "n", "kind": "jotting", "author": "gone"},
        {"id": "n", "kind": "brief_point", "seconds": 1.0},
        {"id": "n", "kind": "jotting", "other_versions": {"title": ["a"]}},
        {"id": "inspection-1", "kind": "inspection", "deleted": True},
    ],
    ids=range(8),
)
def test_where_the_parser_is_stricter_the_document_says_so(one: dict[str, Any]) -> None:
    assert fits_schema(one)
    with pytest.raises(InvalidInputError):
        parse(json.dumps(with_all_kinds(one)).encode())
