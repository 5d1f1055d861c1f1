"""A record can always be read, whatever another version or a damaged source put in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from app.domain.letters import LetterSettings
from app.domain.records import Record, read

if TYPE_CHECKING:
    from app.domain.revisions import Json


@dataclass(frozen=True, slots=True)
class Example:
    """One field of each shape that records are read as."""

    id: str
    words: str = ""
    is_told: bool = False
    count: int | None = None
    names: tuple[str, ...] = ()


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(max_size=3), SCALARS)


def test_fields_read_as_they_were_written() -> None:
    fields: dict[str, Json] = {"words": "a", "is_told": True, "count": 3, "names": ["b", "c"]}
    record = Record("r1", "example", fields)
    assert read(Example, record) == Example("r1", "a", True, 3, ("b", "c"))


def test_missing_fields_read_as_empty() -> None:
    assert read(Example, Record("r1", "example", {})) == Example("r1")
    assert read(LetterSettings, Record("l1", "letter", {"date": None})) == LetterSettings("l1")


@given(st.dictionaries(st.sampled_from(["words", "is_told", "count", "names", "id"]), VALUES))
def test_unfit_values_never_stop_a_record_from_being_shown(fields: dict[str, Json]) -> None:
    shown = read(Example, Record("r1", "example", fields))
    assert shown.id == "r1"
    assert isinstance(shown.words, str)
    assert isinstance(shown.is_told, bool)
    assert shown.count is None or (type(shown.count) is int and shown.count == fields["count"])
    assert all(isinstance(name, str) for name in shown.names)


def test_only_a_true_deletion_deletes() -> None:
    assert Record("r1", "jotting", {"deleted": True}).is_deleted
    for value in (False, None, 1, "true", [True]):
        assert not Record("r1", "jotting", {"deleted": value}).is_deleted  # type: ignore[dict-item]  # any JSON
