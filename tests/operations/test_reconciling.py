from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.briefs import add_point, say
from app.operations.findings import add_finding
from app.operations.letters import add_block, rest_on, reword_block
from app.operations.reconciling import (
    comparison,
    judge,
    keep_reason,
    letter_against,
    said_and_written,
)
from tests.operations.asking import of_kind, refused

if TYPE_CHECKING:
    from app.domain.reconciling import Pair
    from app.operations.inspection import Inspection

SPOKEN = "Health is left out of most meetings."
WRITTEN = "Health is left out of some meetings."


@pytest.fixture
def finding(inspection: Inspection) -> str:
    return inspection.do(add_finding, "Health is left out.", {"type": "improvement"}).made


@pytest.fixture
def point(inspection: Inspection, finding: str) -> str:
    return inspection.do(add_point, "improve", SPOKEN, finding).made


@pytest.fixture
def block(inspection: Inspection, finding: str) -> str:
    fields = {"section": "improve", "type": "bullet", "text": f"{WRITTEN} It is known."}
    made = inspection.do(add_block, fields).made
    inspection.do(rest_on, made, finding, WRITTEN)
    return made


def only(inspection: Inspection) -> Pair:
    (pair,) = inspection.ask(said_and_written)
    return pair


@pytest.mark.usefixtures("block")
def test_nothing_is_compared_before_it_was_spoken(inspection, finding, point) -> None:
    pair = only(inspection)
    assert (pair.key, pair.waits, pair.is_open, pair.verdict) == (finding, True, False, "")
    inspection.do(say, point, "said")
    assert (only(inspection).waits, only(inspection).is_open) == (False, True)


@pytest.mark.usefixtures("block")
def test_a_pair_holds_the_words_as_spoken_and_the_sentences_that_rest_on_the_finding(
    inspection, point
) -> None:
    inspection.do(say, point, "reworded", "Health is left out.")
    pair = only(inspection)
    assert (pair.said, pair.written) == ("Health is left out.", WRITTEN)
    assert pair.points[0].at


def test_what_the_letter_leaves_out_is_dropped_and_what_was_skipped_is_new(
    inspection, finding, point
) -> None:
    assert inspection.ask(said_and_written) == []  # there is no letter yet
    other = inspection.do(add_finding, "Leaders know.", {"type": "strength"}).made
    text = {"section": "s", "type": "bullet", "text": "Leaders know."}
    block = inspection.do(add_block, text).made
    inspection.do(rest_on, block, other)
    skipped = inspection.do(add_point, "strengths", "Leaders know.", other).made
    inspection.do(say, point, "said")
    inspection.do(say, skipped, "skipped")
    found = {one.key: one for one in inspection.ask(said_and_written)}
    assert {key: one.verdict for key, one in found.items()} == {finding: "dropped", other: "new"}
    assert all(one.is_open for one in found.values())


@pytest.mark.usefixtures("block")
def test_a_difference_is_kept_only_with_its_reason(inspection, finding, point) -> None:
    inspection.do(say, point, "said")
    told = refused(inspection, judge, finding, "softened", " ", SPOKEN, WRITTEN)
    assert "why the letter differs" in told
    assert "can only be" in refused(inspection, judge, finding, "new", "Why.", SPOKEN, WRITTEN)
    inspection.do(judge, finding, "softened", "Counted again: 4 of 11.", SPOKEN, WRITTEN)
    pair = only(inspection)
    assert (pair.is_open, pair.verdict) == (False, "softened")
    assert pair.judgement is not None
    assert (pair.judgement.reason, pair.judgement.said) == ("Counted again: 4 of 11.", SPOKEN)


def test_words_that_change_are_to_be_decided_again_and_the_first_judgement_stays(
    inspection, finding, point, block
) -> None:
    inspection.do(say, point, "said")
    inspection.do(judge, finding, "softened", "Counted again.", SPOKEN, WRITTEN)
    inspection.do(reword_block, block, "Health is left out.")
    pair = only(inspection)
    assert pair.is_open
    inspection.do(judge, finding, "dropped", "Not borne out.", pair.said, pair.written)
    assert [one.verdict for one in only(inspection).judgements] == ["softened", "dropped"]
    assert not only(inspection).is_open
    assert len(of_kind(inspection, "reconciliation")) == 2


@pytest.mark.usefixtures("block")
def test_a_judgement_about_words_a_colleague_has_changed_does_not_stand(
    inspection, finding, point
) -> None:
    inspection.do(say, point, "said")
    inspection.do(judge, finding, "softened", "Counted again.", SPOKEN, "Older words of the letter")
    assert only(inspection).is_open


@pytest.mark.usefixtures("block")
def test_a_point_that_rests_on_nothing_stands_under_its_own_words(inspection) -> None:
    loose = inspection.do(add_point, "improve", "Nobody wrote this down.").made
    inspection.do(say, loose, "said")
    found = {one.key: one for one in inspection.ask(said_and_written)}
    assert found[loose].verdict == "dropped"
    inspection.do(judge, loose, "dropped", "It was an aside.", found[loose].said, "")
    inspection.do(records.delete, loose)
    assert loose not in {one.key for one in inspection.ask(said_and_written)}


@pytest.mark.usefixtures("block")
def test_a_reason_being_written_is_kept_until_it_is_decided(inspection, finding, point) -> None:
    inspection.do(say, point, "said")
    inspection.do(keep_reason, finding, "Counted ag")
    assert inspection.ask(comparison).drafts == {finding: "Counted ag"}
    inspection.do(judge, finding, "softened", "Counted again.", SPOKEN, WRITTEN)
    assert inspection.ask(comparison).drafts == {}


def test_each_block_knows_what_it_is_to_what_was_said(inspection, finding, point, block) -> None:
    assert inspection.ask(letter_against).blocks == {}  # nothing was spoken of yet
    inspection.do(say, point, "said")
    (one,) = inspection.ask(letter_against).blocks[block]
    assert (one.key, one.verdict, one.said, one.is_open) == (finding, "", SPOKEN, True)
    inspection.do(judge, finding, "softened", "Counted again.", SPOKEN, WRITTEN)
    (one,) = inspection.ask(letter_against).blocks[block]
    assert (one.verdict, one.reason, one.is_open) == ("softened", "Counted again.", False)
    inspection.do(reword_block, block, "Other words.")
    against = inspection.ask(letter_against)
    assert block not in against.blocks  # the sentence that rested on the finding is gone
    assert [(one.key, one.verdict, one.is_open) for one in against.dropped] == [
        (finding, "dropped", True)
    ]


@pytest.mark.usefixtures("block")
def test_what_is_still_to_be_spoken_of_says_nothing_of_its_blocks(inspection, point) -> None:
    other = inspection.do(add_finding, "Leaders know.", {"type": "strength"}).made
    inspection.do(add_point, "strengths", "Leaders know.", other)
    leaders = inspection.do(add_block, {"type": "bullet", "text": "Leaders know."}).made
    inspection.do(rest_on, leaders, other)
    inspection.do(say, point, "said")
    assert leaders not in inspection.ask(letter_against).blocks


def test_a_block_of_what_nobody_spoke_of_is_new(inspection, point, block) -> None:
    inspection.do(say, point, "skipped")
    (one,) = inspection.ask(letter_against).blocks[block]
    assert (one.verdict, one.said, one.is_open) == ("new", "", True)
