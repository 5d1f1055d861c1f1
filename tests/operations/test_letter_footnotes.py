"""Footnotes are numbered as they are read, and stay after the words they stood after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.differences import moved_place
from app.errors import InvalidInputError
from app.operations.letter_footnotes import add_footnote, set_footnote
from app.operations.letters import add_block, letter_content, reword_block
from app.operations.records import add

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

TEXT = "Health is left out. So are schools."


def block(inspection: Inspection, text: str = TEXT, **fields: object) -> str:
    return inspection.do(add_block, {"type": "paragraph", "text": text, **fields}).made


def notes(inspection: Inspection) -> list[tuple[str, int | None, str]]:
    held = inspection.ask(letter_content).blocks
    return [
        (one.mark, one.offset, one.text)
        for outer in held
        for each in (outer, *outer.inside)
        for one in each.footnotes
    ]


def test_footnotes_are_numbered_in_the_order_they_are_read(inspection: Inspection) -> None:
    first = block(inspection)
    box = block(inspection, "Study", type="box")
    last = block(inspection)
    inside = block(inspection, box=box)
    for where, offset, words in ((last, 5, "d"), (inside, 5, "c"), (first, 19, "b")):
        inspection.do(add_footnote, where, offset, words)
    inspection.do(add_footnote, first, 6, " a  word ")
    assert notes(inspection) == [
        ("1", 6, "a word"),
        ("2", 19, "b"),
        ("3", 5, "c"),
        ("4", 5, "d"),
    ]


def test_a_mark_that_is_no_number_stays(inspection: Inspection) -> None:
    made = block(inspection)
    inspection.do(add, "footnote", {"block": made, "mark": "*", "offset": 2, "text": "star"})
    inspection.do(add_footnote, made, 6, "one")
    assert [mark for mark, _offset, _text in notes(inspection)] == ["*", "1"]


def test_a_footnote_without_words_is_deleted_and_the_rest_numbered(inspection: Inspection) -> None:
    made = block(inspection)
    first = inspection.do(add_footnote, made, 6, "a").made
    inspection.do(add_footnote, made, 19, "b")
    inspection.do(set_footnote, first, " ")
    assert notes(inspection) == [("1", 19, "b")]
    with pytest.raises(InvalidInputError):
        inspection.do(add_footnote, made, 6, " ")
    with pytest.raises(InvalidInputError):
        inspection.do(add_footnote, made, len(TEXT) + 1, "a")


def test_a_footnote_stays_after_its_words_when_others_change(inspection: Inspection) -> None:
    made = block(inspection)
    inspection.do(add_footnote, made, 19, "a")
    changed = "Too often, health is left out. So are schools."
    inspection.do(reword_block, made, changed)
    ((_mark, offset, _text),) = notes(inspection)
    assert changed[:offset].endswith("left out.")


@pytest.mark.parametrize(
    ("before", "after", "place", "wanted"),
    [
        ("a b c", "a b c", 3, 3),
        ("a b c", "x a b c", 3, 5),
        ("a b c", "a c", 3, 2),
        ("a b c", "a b c d", 5, 5),
        ("a b", "", 3, 0),
        ("", "a", 0, 1),
    ],
)
def test_a_place_goes_with_the_words_before_it(
    before: str, after: str, place: int, wanted: int
) -> None:
    assert moved_place(before, after, place) == wanted
