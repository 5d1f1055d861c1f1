"""The table of kinds holds together, and its questions survive fields of any shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from app.domain.kinds.registry import (
    DELETED_FIELD,
    KINDS,
    NOTE_KINDS,
    owner_of,
    references,
    searched_text,
)
from app.domain.kinds.spec import Type

if TYPE_CHECKING:
    from app.domain.revisions import Json

FIELDS = [(kind, field) for kind in KINDS.values() for field in kind.fields]
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def test_every_kind_has_one_field_of_each_name_and_a_label_to_read() -> None:
    for kind in KINDS.values():
        names = [field.name for field in kind.fields]
        assert len(names) == len(set(names)), kind.name
        assert DELETED_FIELD.name not in names
        assert kind.label[:1].isupper()
        assert dict(kind.by_name) == {field.name: field for field in kind.fields}


def test_references_lead_to_kinds_that_exist() -> None:
    for kind, field in FIELDS:
        is_reference = field.type in {Type.REF, Type.REFS}
        assert bool(field.of) == is_reference, (kind.name, field.name)
        assert set(field.of) <= set(KINDS), (kind.name, field.name)


def test_choices_are_given_where_there_is_one_to_make_and_nowhere_else() -> None:
    for kind, field in FIELDS:
        assert bool(field.choices) == (field.type is Type.CHOICE), (kind.name, field.name)
        assert len(set(field.choices)) == len(field.choices)


def test_owners_are_references_and_searched_fields_are_text() -> None:
    for kind in KINDS.values():
        if kind.owner:
            assert kind.by_name[kind.owner].type is Type.REF
        for name in kind.search:
            assert kind.by_name[name].type in {Type.TEXT, Type.LINE}


def test_every_note_begins_with_the_same_header() -> None:
    headers = {KINDS[name].fields[:24] for name in NOTE_KINDS}
    assert len(headers) == 1


def test_references_are_found_once_each() -> None:
    fields: dict[str, Json] = {"finding": "f1", "inspectorate": "i1", "by": None, "comment": "p1"}
    assert list(references("stance", fields)) == [("finding", "f1"), ("inspectorate", "i1")]
    note: dict[str, Json] = {"children": ["c1", "c2", "c1"], "author": ""}
    assert list(references("jotting", note)) == [("children", "c1"), ("children", "c2")]


def test_owner_and_words_are_found() -> None:
    assert owner_of("paragraph", {"note": "n1"}) == "n1"
    assert owner_of("paragraph", {"note": 5}) == ""
    assert owner_of("jotting", {"note": "n1"}) == ""
    words: dict[str, Json] = {
        "title": "Visit",
        "who": "",
        "place": "School",
        "handling": "OFFICIAL",
    }
    assert searched_text("jotting", words) == "Visit\nSchool"
    assert searched_text("jotting", {**words, "deleted": True}) is None
    assert searched_text("jotting", {}) is None


@given(
    st.sampled_from([*KINDS, "unheard_of"]),
    st.dictionaries(st.sampled_from(["note", "children", "text", "title", "deleted"]), JSON),
)
def test_any_fields_at_all_can_be_asked(kind: str, fields: dict[str, Json]) -> None:
    for name, target in references(kind, fields):
        assert kind in KINDS
        assert name in KINDS[kind].by_name
        assert isinstance(target, str)
    assert isinstance(owner_of(kind, fields), str)
    assert searched_text(kind, fields) is None or kind in KINDS
