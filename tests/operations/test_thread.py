from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.errors import NotFoundError
from app.operations import records
from app.operations.briefs import add_point
from app.operations.checking import check_inspection
from app.operations.findings import add_finding, link_evidence, unlink_evidence
from app.operations.letters import add_block, rest_on, reword_block
from app.operations.notes import add_note, add_paragraph
from app.operations.team import code_child, join_team, name_agency
from app.operations.thread import trace, trace_letter

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

FIRST = "Children are seen."
SECOND = "Health is left out."


@dataclass
class Woven:
    """One thread from a note to two sentences."""

    note: str
    paragraph: str
    finding: str
    link: str
    block: str


@pytest.fixture
def woven(inspection: Inspection) -> Woven:
    ofsted = inspection.do(records.add, "inspectorate", {"name": "Ofsted", "short_name": "OF"}).made
    agency = inspection.do(name_agency, "NHS trust", "health", "Trust").made
    note = inspection.do(
        add_note,
        "professional_interview",
        {
            "ref": "OF1/3",
            "date": "2026-10-12",
            "author": inspection.do(join_team, "inspector", ofsted).made,
            "agency": agency,
            "children": [inspection.do(code_child).made],
            "source": "practitioner",
        },
    ).made
    paragraph = inspection.do(
        add_paragraph,
        note,
        "We were not invited.",
        None,
        {"type": "verbatim", "speaker": "health visitor"},
    ).made
    finding = inspection.do(add_finding, SECOND).made
    link = inspection.do(link_evidence, finding, paragraph, "for").made
    block = inspection.do(add_block, {"type": "paragraph", "text": f"{FIRST} {SECOND}"}).made
    inspection.do(rest_on, block, finding, SECOND)
    return Woven(note, paragraph, finding, link, block)


def grounded(inspection: Inspection, block: str) -> list[bool]:
    return [not one.rests_on_nothing for one in inspection.ask(trace, block).sentences]


def test_a_sentence_leads_to_the_words_in_the_note(inspection: Inspection, woven: Woven) -> None:
    traced = inspection.ask(trace, woven.block)
    first, second = traced.sentences
    assert (first.text, second.text) == (FIRST, SECOND)
    assert traced.text[second.start : second.end] == SECOND
    (under,) = second.findings
    (piece,) = under.pieces
    assert (under.id, piece.paragraph, piece.note) == (woven.finding, woven.paragraph, woven.note)
    assert (piece.text, piece.speaker) == ("We were not invited.", "health visitor")
    assert (piece.note_ref, piece.agency, piece.sector) == ("OF1/3", "Trust", "health")
    assert (piece.inspectorate, piece.children, piece.source) == ("OF", ("C1",), "practitioner")
    assert traced.orphans == (first,)


def test_a_sentence_on_a_finding_without_evidence_rests_on_nothing(
    inspection: Inspection, woven: Woven
) -> None:
    assert grounded(inspection, woven.block) == [False, True]
    inspection.do(unlink_evidence, woven.link)
    assert grounded(inspection, woven.block) == [False, False]
    inspection.do(link_evidence, woven.finding, woven.paragraph, "against")
    assert grounded(inspection, woven.block) == [False, False]
    inspection.do(records.restore, woven.link)
    assert grounded(inspection, woven.block) == [False, True]


@pytest.mark.parametrize("gone", ["paragraph", "note", "finding"])
def test_what_was_deleted_no_longer_counts_until_it_is_back(
    inspection: Inspection, woven: Woven, gone: str
) -> None:
    record = getattr(woven, gone)
    inspection.do(records.delete, record)
    assert grounded(inspection, woven.block) == [False, False]
    inspection.do(records.restore, record)
    assert grounded(inspection, woven.block) == [False, True]


def test_a_rewritten_sentence_needs_its_evidence_again(
    inspection: Inspection, woven: Woven
) -> None:
    inspection.do(reword_block, woven.block, f"{FIRST} Police come late.")
    assert grounded(inspection, woven.block) == [False, False]
    inspection.do(reword_block, woven.block, f"{SECOND} {FIRST}")
    assert grounded(inspection, woven.block) == [True, False]


def test_evidence_can_lie_straight_under_a_sentence(inspection: Inspection, woven: Woven) -> None:
    inspection.do(link_evidence, woven.block, woven.paragraph, "for", "", FIRST)
    first, _second = inspection.ask(trace, woven.block).sentences
    assert [one.paragraph for one in first.direct] == [woven.paragraph]
    assert grounded(inspection, woven.block) == [True, True]
    inspection.do(records.delete, woven.paragraph)
    assert grounded(inspection, woven.block) == [False, False]


def test_headings_boxes_and_exempt_blocks_state_no_finding(inspection: Inspection) -> None:
    for kind in ("heading", "subheading", "box"):
        made = inspection.do(add_block, {"type": kind, "text": "Words."}).made
        assert inspection.ask(trace, made).orphans == ()
    exempt = {"type": "paragraph", "text": "We visited.", "no_evidence_needed": True}
    assert inspection.ask(trace, inspection.do(add_block, exempt).made).exempt


def test_a_point_is_traced_like_a_block(inspection: Inspection, woven: Woven) -> None:
    point = inspection.do(add_point, "strengths", SECOND, woven.finding).made
    traced = inspection.ask(trace, point)
    assert (traced.kind, grounded(inspection, point)) == ("brief_point", [True])


def test_the_letter_is_traced_block_by_block_and_the_check_names_each_orphan(
    inspection: Inspection, woven: Woven
) -> None:
    other = inspection.do(add_block, {"type": "bullet", "text": "Police come late."}).made
    assert [one.id for one in inspection.ask(trace_letter)] == [woven.block, other]
    places = [one.place for one in inspection.ask(check_inspection)]
    assert places.count(woven.block) == 1
    assert places.count(other) == 1


def test_nothing_is_traced_from_an_id_that_is_not_there(inspection: Inspection) -> None:
    with pytest.raises(NotFoundError):
        inspection.ask(trace, "gone")
