"""What enters fits its kind or is refused, at a named field, in words that repeat no note."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kinds.registry import KINDS
from app.domain.kinds.spec import Field, Type
from app.domain.validation import DEEPEST_NESTING, LARGEST_NUMBER, problem

PARAGRAPH: dict[str, object] = {
    "note": "01890a5d-ac96-774b-bcce-b302099a8057",
    "position": "a0V",
    "type": "evidence",
    "text": "The child’s plan was reviewed late; the school had not been told. " * 8,
    "author": "01890a5d-ac96-774b-bcce-b302099a8058",
    "typed_at": "2026-11-24T14:02:07+00:00",
    "source": "practitioner",
    "voice": "one voice",
}
FIT: dict[Type, list[object]] = {
    Type.TEXT: ["", "two\nlines", "curly ’ and 😀", "tab\t"],
    Type.LINE: ["", "one line", "no\u00a0break", "é"],
    Type.LINES: [[], ["one", "two"]],
    Type.FLAG: [True, False],
    Type.COUNT: [0, 7, LARGEST_NUMBER],
    Type.DATE: ["2026-11-24", "2024-02-29"],
    Type.TIME: ["00:00", "23:59"],
    Type.INSTANT: ["2026-11-24T14:02:07+00:00", "2026-11-24T14:02:07.123456Z"],
    Type.REF: ["a", "01890a5d-ac96-774b-bcce-b302099a8057", "x" * 64],
    Type.REFS: [[], ["a", "b.c"]],
    Type.ORDER: ["a0", "Zz"],
}
UNFIT: dict[Type, list[object]] = {
    Type.TEXT: [1, True, [], "nul\0", "half \ud800", "é\0"],
    Type.LINE: [1, "two\nlines", "two\u2028lines", "cr\r", "nul\0", "half \udfff", "nel\x85"],
    Type.LINES: ["one", ["two\nlines"], [1], [["a"]], {}],
    Type.CHOICE: ["no such choice", 1, [], {}],
    Type.FLAG: [0, 1, "true", []],
    Type.COUNT: [-1, 1.0, "1", True, LARGEST_NUMBER + 1],
    Type.DATE: ["2026-02-30", "20261124", "2026-W01-1", "2026-11-24\n", "", 20261124, "٢026-11-24"],
    Type.TIME: ["24:00", "7:00", "07:60", "07:00:00", "", 700, "07:00\n"],
    Type.INSTANT: [
        *("2026-11-24T14:02:07", "2026-11-24 14:02:07+00:00", "2026-11-24", "", 5),
        *("2026-02-30T14:02:07Z", "2026-11-24T14:02:07+99:00", "0001-01-01T00:00:00+14:00"),
    ],
    Type.REF: ["", "-a", "a b", "a\n", "x" * 65, "é", 1, ["a"]],
    Type.REFS: ["a", [""], [1], ["a", "b c"], {}],
    Type.ORDER: ["", "a b", "a_", 1, "é"],
}
CLEAN = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-5, 5) | CLEAN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CLEAN, inner, max_size=3),
    max_leaves=6,
)
ANYTHING = JSON | st.binary(max_size=3) | st.floats() | st.integers() | st.dates()
EVERY_FIELD = [(kind.name, field) for kind in KINDS.values() for field in kind.fields]


def _nested(depth: int) -> object:
    value: object = "deep"
    for _ in range(depth):
        value = [value]
    return value


def test_a_sound_paragraph_is_accepted() -> None:
    assert problem("paragraph", PARAGRAPH) is None


@pytest.mark.parametrize("field", dict(EVERY_FIELD).items(), ids=lambda pair: str(pair[0]))
def test_every_field_can_be_cleared(field: tuple[str, Field]) -> None:
    assert problem(field[0], dict.fromkeys(KINDS[field[0]].by_name)) is None


def test_every_field_of_every_kind_takes_what_fits_and_refuses_what_does_not() -> None:
    for kind, field in EVERY_FIELD:
        for value in FIT.get(field.type, field.choices):
            assert problem(kind, {field.name: value}) is None, (kind, field.name, value)
        for value in UNFIT[field.type]:
            found = problem(kind, {field.name: value})
            assert found is not None, (kind, field.name, value)
            assert found[0] == field.name
            assert found[1].startswith("This field ")
            assert found[1].endswith(".")


def test_the_first_problem_is_named_and_its_value_is_not_repeated() -> None:
    fields = {**PARAGRAPH, "typed_at": "yesterday at Ann’s", "source": "gossip"}
    found = problem("paragraph", fields)
    assert found == (
        "typed_at",
        "This field needs a moment with its offset, such as 2026-11-24T14:02:07+00:00.",
    )


def test_deletion_is_yes_or_no_for_kinds_known_and_unknown() -> None:
    for kind in ("paragraph", "from_a_newer_version"):
        assert problem(kind, {"deleted": True}) is None
        assert problem(kind, {"deleted": None}) is None
        assert problem(kind, {"deleted": "yes"}) is not None


@given(st.dictionaries(st.from_regex(r"x[a-z]{0,9}", fullmatch=True), JSON, max_size=3))
def test_what_a_newer_version_wrote_is_carried_along(fields: dict[str, object]) -> None:
    assert problem("paragraph", {**PARAGRAPH, **fields}) is None
    assert problem("from_a_newer_version", fields) is None


@pytest.mark.parametrize(
    "value",
    [
        *(float("nan"), float("inf"), 1e300, LARGEST_NUMBER + 1, -LARGEST_NUMBER - 1),
        *("half \ud800", ["nul\0"], {"nul\0": 1}, {1: 2}, (1, 2), b"bytes", object()),
        *(_nested(DEEPEST_NESTING + 1), _nested(50_000), {"a": [{"b": float("nan")}]}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_clean_json_is_refused_also_in_unknown_fields(value: object) -> None:
    assert problem("paragraph", {"from_a_newer_version": value}) is not None


def test_nesting_is_allowed_as_deep_as_the_limit() -> None:
    assert problem("paragraph", {"x": _nested(DEEPEST_NESTING)}) is None


@pytest.mark.parametrize("name", ["", "nul\0", "half \ud800", "x" * 65, 5])
def test_an_unknown_field_needs_a_name(name: Any) -> None:
    assert problem("paragraph", {name: "value"}) is not None


@given(
    st.sampled_from([*KINDS, "from_a_newer_version"]),
    st.dictionaries(
        st.sampled_from(sorted({field.name for _, field in EVERY_FIELD})) | st.text(max_size=3),
        ANYTHING,
        max_size=4,
    ),
)
def test_anything_at_all_gets_an_answer(kind: str, fields: dict[str, object]) -> None:
    found = problem(kind, fields)
    assert found is None or found[0] in fields


def test_paragraphs_are_checked_fast_enough_to_import_a_whole_inspection() -> None:
    count = 2000
    began = time.process_time()
    for _ in range(count):
        problem("paragraph", PARAGRAPH)
    assert count / (time.process_time() - began) > 20_000
