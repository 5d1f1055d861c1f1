"""The devil's advocate finds what speaks the other way, and keeps with which words it looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.codes import Meaning, code_words
from app.operations.findings import add_finding, link_evidence
from app.operations.notes import add_note, add_paragraph
from app.operations.other_side import keep_looked_for, other_side, terms_of

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

STATEMENT = "Health practitioners are not involved in strategy meetings in most cases."
INVITED = "The nurse is always invited to strategy meetings."
CURTAINS = "The curtains in the waiting room are new."
LATE = "The minutes of strategy meetings come late."


@pytest.fixture
def coded(inspection: Inspection) -> dict[str, str]:
    """Three coded paragraphs: one the other way, one on something else, one the same way."""
    framework = {"area": "Wexcombe", "framework": "domestic-abuse-2024"}
    inspection.do(records.add, "inspection", framework)
    note = inspection.do(add_note, "jotting").made
    made = {}
    for words, weight, criterion in (
        (INVITED, "strength", "A4"),
        (CURTAINS, "strength", "B1"),
        (LATE, "improvement", "A4"),
    ):
        made[words] = inspection.do(add_paragraph, note, words).made
        inspection.do(code_words, made[words], 0, len(words), Meaning(criterion, weight))
    return made


def test_it_finds_what_weighs_the_other_way_on_the_same_thing(
    inspection: Inspection, coded: dict[str, str]
) -> None:
    finding = inspection.do(add_finding, STATEMENT, {"type": "improvement"}).made
    found = inspection.ask(other_side, finding)
    assert [one.words for one in found.found] == [INVITED]
    assert found.among == 2, "it says among how many it looked"
    assert found.found[0].paragraph == coded[INVITED]


def test_a_word_of_the_same_stem_is_found_and_a_criterion_alone_is_enough(
    inspection: Inspection, coded: dict[str, str]
) -> None:
    assert coded
    stem = inspection.do(add_finding, "Every meeting counts.", {"type": "improvement"}).made
    assert [one.words for one in inspection.ask(other_side, stem).found] == [INVITED]
    fields = {"type": "improvement", "criteria": ["B1"]}
    alone = inspection.do(add_finding, "Rooms look poor.", fields).made
    assert [one.words for one in inspection.ask(other_side, alone).found] == [CURTAINS]


def test_what_is_linked_already_is_not_offered_again(
    inspection: Inspection, coded: dict[str, str]
) -> None:
    finding = inspection.do(add_finding, STATEMENT, {"type": "improvement"}).made
    inspection.do(link_evidence, finding, coded[INVITED], "against")
    assert inspection.ask(other_side, finding).found == ()


def test_the_words_it_was_looked_for_with_are_kept(inspection: Inspection) -> None:
    finding = inspection.do(add_finding, STATEMENT).made
    inspection.do(keep_looked_for, finding, "strategy meetings")
    held = inspection.ask(lambda view: view.records.get(finding))
    assert held.text("sought") == "strategy meetings"


def test_the_terms_of_a_statement_are_the_words_that_tell_what_it_is_about() -> None:
    assert terms_of(STATEMENT) == (
        "health", "practitioners", "involved", "strategy", "meetings",
    )  # fmt: skip
