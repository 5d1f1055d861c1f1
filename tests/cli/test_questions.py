from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.operations.demo import demo_document
from tests.cli.conftest import Typed, refused

if TYPE_CHECKING:
    from app.interchange.inspection_json import ImportedRecord


def first(kind: str, **fields: object) -> ImportedRecord:
    return next(
        one
        for one in demo_document().records
        if one.kind == kind and all(one.fields.get(name) == value for name, value in fields.items())
    )


def test_search_finds_words_with_their_note_and_marks_them(demo: Typed) -> None:
    found = json.loads(demo.run("search", demo.inspection, "health", "visitor", "--json").stdout)
    assert found
    assert all("\x02" in one["snippet"] for one in found)
    assert {one["kind"] for one in found} & {"paragraph", "finding"}
    lines = demo.run("search", demo.inspection, "health", "visitor").stdout.splitlines()
    assert len(lines) == len(found)
    assert "[" in lines[0]
    assert "\x02" not in lines[0]


@pytest.mark.parametrize(
    "words", [["AND"], ['"'], ["NEAR("], ["'; DROP TABLE"], ["zzzz"], ["\udcff"]]
)
def test_anything_can_be_searched_for(demo: Typed, words: list[str]) -> None:
    result = demo.run("search", demo.inspection, "--", *words)
    assert result.exit_code == 0
    assert result.stdout


def test_search_that_finds_nothing_says_so(demo: Typed) -> None:
    assert demo.run("search", demo.inspection, "zzzz").stdout == "Nothing was found.\n"
    assert json.loads(demo.run("search", demo.inspection, "zzzz", "--json").stdout) == []


def test_check_names_each_place_and_strict_gives_the_status(demo: Typed) -> None:
    result = demo.run("check", demo.inspection)
    assert result.exit_code == 0
    *lines, last = result.stdout.splitlines()
    problems = json.loads(demo.run("check", demo.inspection, "--json").stdout)
    assert lines == [f"{one['place']}: {one['sentence']}" for one in problems]
    assert last == f"{len(problems)} to look at."
    strict = demo.run("check", demo.inspection, "--strict")
    assert (strict.exit_code, strict.stdout) == (1, result.stdout)


def test_trace_leads_from_a_sentence_to_the_words_in_the_notes(demo: Typed) -> None:
    blocks = {one.id for one in demo_document().records if one.kind == "letter_block"}
    bases = [one.fields for one in demo_document().records if one.kind == "basis"]
    block, finding = next(
        (one["statement"], one["finding"]) for one in bases if one["statement"] in blocks
    )
    result = demo.run("trace", demo.inspection, block)
    assert result.exit_code == 0
    assert f"rests on {finding}" in result.stdout
    traced = json.loads(demo.run("trace", demo.inspection, block, "--json").stdout)
    assert traced["id"] == block
    under = [each for one in traced["sentences"] for each in one["findings"]]
    pieces = [piece for each in under for piece in each["pieces"]]
    assert finding in {each["id"] for each in under}
    words = {one.id: one.fields.get("text") for one in demo_document().records}
    assert pieces
    for piece in pieces:
        assert words[piece["paragraph"]] == piece["text"]
        assert piece["text"] in result.stdout
        assert piece["paragraph"] in result.stdout


def test_a_heading_states_no_finding(demo: Typed) -> None:
    heading = first("letter_block", type="heading")
    assert "states no finding" in demo.run("trace", demo.inspection, heading.id).stdout


@pytest.mark.parametrize("block", ["gone", "", "a b", "\udcff", "'; DROP TABLE record; --"])
def test_a_block_that_is_not_there_is_status_2(demo: Typed, block: str) -> None:
    sentence = refused(demo.run("trace", demo.inspection, block), 2)
    assert "has the id" in sentence
