"""Merging two findings and splitting one: nothing is lost, and both lead back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import InvalidInputError
from app.operations import records
from app.operations.finding_merging import merge_findings, part_findings, split_finding
from app.operations.findings import add_finding, link_evidence, move_finding_on, read_finding
from app.operations.letters import rest_on
from app.operations.notes import add_note, add_paragraph

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

WHY = "They say the same."


class Board:
    """Two findings with evidence, and a block of the letter that rests on each."""

    def __init__(self, inspection: Inspection) -> None:
        self.inspection = inspection
        do = self.do
        note = do(add_note, "jotting")
        self.paragraphs = [do(add_paragraph, note, f"Words {n}.") for n in range(3)]
        self.one = do(add_finding, "Health is left out.", {"type": "improvement"})
        self.two = do(add_finding, "Health is not asked.", {"type": "improvement"})
        self.pieces = [
            do(link_evidence, self.one, self.paragraphs[0], "for"),
            do(link_evidence, self.two, self.paragraphs[0], "for"),
            do(link_evidence, self.two, self.paragraphs[1], "for"),
            do(link_evidence, self.two, self.paragraphs[2], "against"),
        ]
        self.block = do(records.add, "letter_block", {"type": "paragraph", "text": "Not asked."})
        do(rest_on, self.block, self.two, "Not asked.")

    def do(self, verb, *args) -> str:
        return self.inspection.do(verb, *args).made

    def under(self, finding: str) -> list[tuple[str, str]]:
        held = self.inspection.ask(read_finding, finding)
        pieces = (*held.evidence_for, *held.evidence_against)
        return sorted((one.paragraph, one.direction) for one in pieces)

    def status(self, finding: str) -> str:
        return self.inspection.ask(read_finding, finding).record.text("status")

    def basis(self) -> set[tuple[str, str]]:
        held = self.inspection.ask(lambda view: view.records.of_kind("basis"))
        return {(one.text("finding"), one.text("words")) for one in held}

    def all_sides(self) -> tuple[object, ...]:
        return (
            [self.under(one) for one in (self.one, self.two)],
            [self.status(one) for one in (self.one, self.two)],
            self.basis(),
        )


@pytest.fixture
def board(inspection: Inspection) -> Board:
    return Board(inspection)


def test_merged_findings_stand_as_one_and_the_other_keeps_its_history(board: Board) -> None:
    board.do(merge_findings, board.two, board.one, WHY)
    first, second, third = board.paragraphs
    assert board.under(board.one) == sorted([(first, "for"), (second, "for"), (third, "against")])
    assert board.under(board.two) == board.under(board.one), "the merged one keeps its own"
    assert board.status(board.two) == "dropped"
    steps = board.inspection.ask(read_finding, board.two).steps
    assert steps[-1].why == f"Merged into “Health is left out.”: {WHY}"


def test_what_rested_on_the_merged_finding_rests_on_the_other_too(board: Board) -> None:
    board.do(merge_findings, board.two, board.one, WHY)
    assert board.basis() == {(board.two, "Not asked."), (board.one, "Not asked.")}


def test_a_merge_is_taken_back_exactly(board: Board) -> None:
    board.do(move_finding_on, board.two, "tested")
    before = board.all_sides()
    board.do(merge_findings, board.two, board.one, WHY)
    board.do(part_findings, board.two)
    assert board.all_sides() == before


def test_a_merge_needs_a_reason_and_two_findings_that_stand(board: Board) -> None:
    with pytest.raises(InvalidInputError) as refused:
        board.do(merge_findings, board.two, board.one, " ")
    assert refused.value.place == "why"
    with pytest.raises(InvalidInputError):
        board.do(merge_findings, board.one, board.one, WHY)
    board.do(merge_findings, board.two, board.one, WHY)
    with pytest.raises(InvalidInputError):
        board.do(merge_findings, board.two, board.one, WHY)
    with pytest.raises(InvalidInputError):
        board.do(part_findings, board.one)


@pytest.mark.parametrize("status", ["agreed", "dropped", "in letter"])
def test_a_parted_finding_has_its_status_again_even_if_no_step_tells_it(
    board: Board, status: str
) -> None:
    board.do(records.change, board.two, {"status": status})
    board.do(merge_findings, board.two, board.one, WHY)
    board.do(part_findings, board.two)
    assert board.status(board.two) == status


def test_what_two_merged_findings_brought_alike_leaves_with_the_last_of_them(board: Board) -> None:
    whole = board.do(add_finding, "Health is missing.")
    board.do(rest_on, board.block, board.one, "Not asked.")
    for one in (board.one, board.two):
        board.do(merge_findings, one, whole, WHY)
    shared = (board.paragraphs[0], "for")
    board.do(part_findings, board.one)
    assert shared in board.under(whole)
    assert (whole, "Not asked.") in board.basis()
    board.do(part_findings, board.two)
    assert board.under(whole) == []
    assert board.basis() == {(board.one, "Not asked."), (board.two, "Not asked.")}


def test_parting_reaches_through_a_finding_that_was_merged_on(board: Board) -> None:
    whole = board.do(add_finding, "Health is missing.")
    board.do(merge_findings, board.two, board.one, WHY)
    board.do(merge_findings, board.one, whole, WHY)
    board.do(part_findings, board.two)
    first = board.paragraphs[0]
    assert board.under(whole) == board.under(board.one) == [(first, "for")]
    assert whole not in {finding for finding, _words in board.basis()}


def test_a_merged_finding_is_moved_or_split_only_once_it_is_parted(board: Board) -> None:
    board.do(merge_findings, board.two, board.one, WHY)
    before = board.all_sides()
    with pytest.raises(InvalidInputError, match="Part the two"):
        board.do(move_finding_on, board.two, "tested")
    with pytest.raises(InvalidInputError, match="Part the two"):
        board.do(split_finding, board.two, "Nobody asks.", [], WHY)
    assert board.all_sides() == before


def test_nothing_is_merged_into_a_finding_that_was_dropped(board: Board) -> None:
    board.do(move_finding_on, board.one, "dropped", "Not so.")
    with pytest.raises(InvalidInputError, match="was dropped"):
        board.do(merge_findings, board.two, board.one, WHY)
    assert board.status(board.two) == "emerging"


def test_a_split_moves_the_evidence_that_was_chosen(board: Board) -> None:
    made = board.do(
        split_finding, board.two, "Nobody asks nurses.", [board.pieces[2]], "Nurses differ."
    )
    first, second, third = board.paragraphs
    assert board.under(made) == [(second, "for")]
    assert board.under(board.two) == sorted([(first, "for"), (third, "against")])
    held = board.inspection.ask(read_finding, made).record
    assert (held.text("type"), held.text("split_from")) == ("improvement", board.two)


def test_what_rested_on_a_split_finding_still_rests_on_all_its_evidence(board: Board) -> None:
    made = board.do(split_finding, board.two, "Nobody asks.", [board.pieces[2]], "Nurses differ.")
    assert board.basis() == {(board.two, "Not asked."), (made, "Not asked.")}


def test_a_split_needs_a_statement_and_a_reason(board: Board) -> None:
    for statement, why in ((" ", WHY), ("Nobody asks.", " ")):
        with pytest.raises(InvalidInputError):
            board.do(split_finding, board.two, statement, [], why)
    assert len(board.inspection.ask(lambda view: view.records.of_kind("finding"))) == 2
