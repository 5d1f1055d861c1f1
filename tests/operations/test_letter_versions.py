"""Versions of the letter are kept as they stood, and comparing puts nothing back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import InvalidInputError
from app.operations import records
from app.operations.letter_versions import (
    AS_IT_STANDS,
    Kept,
    blocks_now,
    compare_versions,
    keep_version,
    list_versions,
    pair_up,
)
from app.operations.letters import add_block, reword_block

if TYPE_CHECKING:
    from app.operations.inspection import Inspection


def block(inspection: Inspection, text: str, **fields: object) -> str:
    return inspection.do(add_block, {"type": "paragraph", "text": text, **fields}).made


def kept(*texts: str) -> list[Kept]:
    return [Kept(one[0], "paragraph", one) for one in texts]


def said(pairs: list) -> list[tuple[str, str, bool]]:
    return [
        (one.before.text if one.before else "", one.after.text if one.after else "", one.is_moved)
        for one in pairs
    ]


def test_a_version_keeps_the_words_of_then(inspection: Inspection) -> None:
    first = block(inspection, "Health is left out.")
    version = inspection.do(keep_version, " Sent for  comments ").made
    inspection.do(reword_block, first, "Health is often left out.")
    (pair,) = inspection.ask(compare_versions, version, AS_IT_STANDS)
    assert (pair.before.text, pair.after.text) == (
        "Health is left out.",
        "Health is often left out.",
    )
    assert not pair.is_same
    (listed,) = inspection.ask(list_versions)
    assert (listed.name, listed.words) == ("Sent for comments", 4)


def test_keeping_and_comparing_change_nothing_in_the_letter(inspection: Inspection) -> None:
    block(inspection, "One.")
    before = inspection.ask(blocks_now)
    changes = inspection.do(keep_version, "First")
    assert changes.kinds == {"letter_version", "version_block"}
    inspection.ask(compare_versions, changes.made, AS_IT_STANDS)
    assert inspection.ask(blocks_now) == before


def test_blocks_in_a_box_are_kept_after_it(inspection: Inspection) -> None:
    box = block(inspection, "Study", type="box")
    block(inspection, "After.")
    block(inspection, "Inside.", box=box)
    version = inspection.do(keep_version, "First").made
    pairs = inspection.ask(compare_versions, version, AS_IT_STANDS)
    assert [one.before.text for one in pairs] == ["Study", "Inside.", "After."]
    assert all(one.is_same for one in pairs)


def test_what_went_stands_where_it_stood_and_what_came_where_it_came(
    inspection: Inspection,
) -> None:
    blocks = [block(inspection, one) for one in ("A.", "B.", "C.")]
    version = inspection.do(keep_version, "First").made
    inspection.do(records.delete, blocks[1])
    inspection.do(add_block, {"type": "paragraph", "text": "D."}, blocks[2])
    pairs = inspection.ask(compare_versions, version, AS_IT_STANDS)
    assert said(pairs) == [
        ("A.", "A.", False),
        ("B.", "", False),
        ("C.", "C.", False),
        ("", "D.", False),
    ]


def test_a_block_whose_place_changed_is_said_to_have_moved() -> None:
    pairs = pair_up(kept("a", "b", "c"), kept("b", "c", "a"))
    assert [(one.after.block, one.is_moved) for one in pairs] == [
        ("b", False),
        ("c", False),
        ("a", True),
    ]


def test_every_block_of_both_is_in_the_comparison_once() -> None:
    before, after = kept("a1", "b1", "c1", "d1"), kept("d1", "x1", "b2", "a1")
    pairs = pair_up(before, after)
    assert sorted(one.before.block for one in pairs if one.before) == ["a", "b", "c", "d"]
    assert [one.after.block for one in pairs if one.after] == ["d", "x", "b", "a"]


def test_a_name_is_needed_and_taken_once(inspection: Inspection) -> None:
    with pytest.raises(InvalidInputError, match="no blocks"):
        inspection.do(keep_version, "First")
    block(inspection, "One.")
    inspection.do(keep_version, "First")
    with pytest.raises(InvalidInputError, match="already"):
        inspection.do(keep_version, "First")
    with pytest.raises(InvalidInputError, match="name"):
        inspection.do(keep_version, "  ")
    assert len(inspection.ask(list_versions)) == 1
