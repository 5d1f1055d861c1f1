"""Every value of a JSON text is found on the line where it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from app import json_places as lines

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def every_path(value: Any, path: lines.Path = ()) -> Iterator[lines.Path]:
    """Yield the path of every value, in the order in which JSON writes them."""
    yield path
    if isinstance(value, dict):
        members = list(value.items())
    else:
        members = list(enumerate(value)) if isinstance(value, list) else []
    for name, member in members:
        yield from every_path(member, (*path, name))


@given(ANY_JSON, st.sampled_from([None, 0, 2]), st.booleans())
def test_every_value_of_any_text_is_placed_once(
    value: Any, indent: int | None, ensure_ascii: Any
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ensure_ascii)
    assert [place for place, _ in lines.places(text)] == list(every_path(value))


@given(ANY_JSON)
def test_one_value_a_line_is_found_on_its_own_line(value: Any) -> None:
    text = json.dumps([value, "here"], indent=1)
    rows = text.split("\n")
    assert lines.lines_of(text, [(1,)]) == {(1,): len(rows) - 1}


def test_a_member_stands_where_its_name_does() -> None:
    text = '{\n"a":\n\n[1,\n2]}'
    assert list(lines.places(text)) == [((), 1), (("a",), 2), (("a", 0), 4), (("a", 1), 5)]


def test_a_path_that_is_not_there_stands_at_its_nearest_container() -> None:
    text = '{\n"a": {\n"b": 1}}'
    paths = [("a", "x", "y"), ("z",), ("a", "b")]
    assert lines.lines_of(text, paths) == {paths[0]: 2, paths[1]: 1, paths[2]: 3}


def test_a_name_given_twice_is_found_where_it_is_given_again() -> None:
    assert lines.repeated('{"a": {"b": 1},\n"c": {"b": 1,\n"b": 2}}') == (("c", "b"), 3)
    assert lines.repeated('{"a": {"b": 1}, "c": {"b": 1}}') is None


def test_brackets_inside_quotes_do_not_nest() -> None:
    assert lines.line_deeper_than('["[[[[", "\\"[[["]', 1) is None
    assert lines.line_deeper_than("[\n[\n[", 2) == 3
