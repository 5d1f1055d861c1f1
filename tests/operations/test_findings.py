from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.findings import (
    add_finding,
    left_out,
    link_evidence,
    list_findings,
    move_finding_on,
    read_finding,
    reword_finding,
    take_stance,
    unlink_evidence,
)
from app.operations.letters import add_block
from app.operations.team import be, join_team
from app.packs.load import load_brief_layout
from tests.operations.asking import fork, held, note_with, of_kind, refused, revisions

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock

BEYOND_EMERGING = ["tested", "agreed", "fed back", "in letter"]


@pytest.fixture
def finding(inspection: Inspection) -> str:
    return inspection.do(add_finding, "Health is left out.").made


@pytest.fixture
def backed(inspection: Inspection, finding: str) -> str:
    _note, paragraph = note_with(inspection, "We were not invited.")
    inspection.do(link_evidence, finding, paragraph, "for")
    inspection.do(records.change, finding, {"against_sought": True})
    return finding


def inspectorate(inspection: Inspection, name: str) -> str:
    return inspection.do(records.add, "inspectorate", {"name": name}).made


def test_a_finding_begins_as_emerging_with_its_first_step(inspection: Inspection) -> None:
    changes = inspection.do(add_finding, "Children are seen.", {"type": "strength"})
    whole = inspection.ask(read_finding, changes.made)
    assert whole.record.text("status") == "emerging"
    assert [one.status for one in whole.steps] == ["emerging"]
    assert changes.kinds == {"finding", "finding_step"}
    assert changes.records == {changes.made, whole.steps[0].id}
    assert "statement first" in refused(inspection, add_finding, " \n")


@pytest.mark.parametrize("status", BEYOND_EMERGING)
def test_no_finding_is_tested_or_beyond_without_evidence_for_it(
    inspection: Inspection, finding: str, status: str
) -> None:
    note, against, paragraph = note_with(inspection, "They were.", "They were not.")
    assert "evidence for it" in refused(inspection, move_finding_on, finding, status)
    inspection.do(link_evidence, finding, against, "against")
    assert "evidence for it" in refused(inspection, move_finding_on, finding, status)
    link = inspection.do(link_evidence, finding, paragraph, "for").made
    inspection.do(unlink_evidence, link)
    assert "evidence for it" in refused(inspection, move_finding_on, finding, status)
    inspection.do(records.restore, link)
    inspection.do(records.delete, note)
    assert "evidence for it" in refused(inspection, move_finding_on, finding, status)
    inspection.do(records.restore, note)
    assert inspection.do(move_finding_on, finding, status).kinds == {"finding", "finding_step"}


@pytest.mark.parametrize("status", ["agreed", "fed back", "in letter"])
def test_nothing_is_agreed_or_beyond_before_evidence_against_was_looked_for(
    inspection: Inspection, finding: str, status: str
) -> None:
    _note, paragraph, contrary = note_with(inspection, "We were not invited.", "We were.")
    inspection.do(link_evidence, finding, paragraph, "for")
    inspection.do(move_finding_on, finding, "tested")
    assert "Nothing stands against" in refused(inspection, move_finding_on, finding, status)
    link = inspection.do(link_evidence, finding, contrary, "against").made
    inspection.do(move_finding_on, finding, status)
    inspection.do(move_finding_on, finding, "tested", "Once more.")
    inspection.do(unlink_evidence, link)
    assert "Nothing stands against" in refused(inspection, move_finding_on, finding, status)
    inspection.do(records.change, finding, {"against_sought": True})
    assert inspection.do(move_finding_on, finding, status).records


@pytest.mark.parametrize("status", ["agreed", "fed back", "in letter"])
def test_from_agreed_on_every_change_needs_its_reason(
    inspection: Inspection, backed: str, status: str
) -> None:
    inspection.do(move_finding_on, backed, status)
    assert "why it changes" in refused(inspection, reword_finding, backed, "Otherwise.")
    assert "why it changes" in refused(inspection, move_finding_on, backed, "emerging", " ")
    inspection.do(reword_finding, backed, "Otherwise.", "Said in the team meeting.")
    inspection.do(move_finding_on, backed, "tested", "New evidence.")
    whole = inspection.ask(read_finding, backed)
    assert whole.record.text("statement") == "Otherwise."
    assert {one.why for one in whole.steps} == {"", "Said in the team meeting.", "New evidence."}


def test_before_agreed_words_change_freely(inspection: Inspection, finding: str) -> None:
    assert inspection.do(reword_finding, finding, "Otherwise.").records == {finding}
    assert len(inspection.ask(read_finding, finding).steps) == 1


def test_dropping_needs_a_reason_and_no_evidence(inspection: Inspection, finding: str) -> None:
    assert "why the finding is dropped" in refused(inspection, move_finding_on, finding, "dropped")
    inspection.do(move_finding_on, finding, "dropped", "Not borne out.")
    assert inspection.ask(list_findings)[0].status == "dropped"


def test_each_step_says_who_when_and_why(
    inspection: Inspection, backed: str, clock: StillClock
) -> None:
    me = inspection.do(join_team, "lead inspector").made
    inspection.do(be, me)
    clock.move(timedelta(hours=2))
    inspection.do(move_finding_on, backed, "tested", "Three sources.")
    step = inspection.ask(read_finding, backed).steps[-1]
    assert (step.status, step.by, step.why) == ("tested", me, "Three sources.")
    assert step.at == clock.now().astimezone().isoformat()


def test_a_move_to_where_it_is_writes_nothing(inspection: Inspection, finding: str) -> None:
    before = revisions(inspection)
    assert inspection.do(move_finding_on, finding, "emerging").records == set()
    assert revisions(inspection) == before


def test_an_unknown_status_is_refused(inspection: Inspection, backed: str) -> None:
    assert "“status” was not saved" in refused(inspection, move_finding_on, backed, "proven")


def test_evidence_linked_twice_is_one(inspection: Inspection, finding: str) -> None:
    _note, paragraph = note_with(inspection, "We were not invited.")
    first = inspection.do(link_evidence, finding, paragraph, "for")
    again = inspection.do(link_evidence, finding, paragraph, "for")
    assert first.records == {first.made}
    assert (again.made, again.records) == (first.made, frozenset())
    assert len(of_kind(inspection, "evidence")) == 1
    inspection.do(link_evidence, finding, paragraph, "against")
    row = inspection.ask(list_findings)[0]
    assert (row.evidence_for, row.evidence_against) == (1, 1)


def test_evidence_lies_under_findings_points_and_blocks_alone(
    inspection: Inspection, finding: str
) -> None:
    note, paragraph = note_with(inspection, "We were not invited.")
    block = inspection.do(add_block, {"type": "paragraph", "text": "One. Two."}).made
    inspection.do(link_evidence, block, paragraph, "for", "", "One.")
    assert "can't be done" in refused(inspection, link_evidence, note, paragraph, "for")
    assert "wrong kind" in refused(inspection, link_evidence, finding, note, "for")
    assert "“direction”" in refused(inspection, link_evidence, finding, paragraph, "beside")


def test_evidence_of_a_deleted_paragraph_or_note_no_longer_counts(
    inspection: Inspection, finding: str
) -> None:
    note, first, second = note_with(inspection, "One.", "Two.")
    inspection.do(link_evidence, finding, first, "for")
    inspection.do(link_evidence, finding, second, "against")
    inspection.do(records.delete, first)
    whole = inspection.ask(read_finding, finding)
    assert (len(whole.evidence_for), len(whole.evidence_against)) == (0, 1)
    inspection.do(records.delete, note)
    row = inspection.ask(list_findings)[0]
    assert (row.evidence_for, row.evidence_against) == (0, 0)
    inspection.do(records.restore, note)
    inspection.do(records.restore, first)
    row = inspection.ask(list_findings)[0]
    assert (row.evidence_for, row.evidence_against) == (1, 1)


def test_a_stance_never_overwrites_that_of_another_inspectorate(
    inspection: Inspection, finding: str
) -> None:
    cqc, ofsted = (inspectorate(inspection, name) for name in ("CQC", "Ofsted"))
    objection = inspection.do(take_stance, finding, cqc, "object", "Two of nine records say so.")
    agreement = inspection.do(take_stance, finding, ofsted, "agreed")
    assert objection.made != agreement.made
    assert agreement.records == {agreement.made}
    inspection.do(take_stance, finding, ofsted, "query")
    stances = {one.inspectorate: one for one in inspection.ask(read_finding, finding).stances}
    assert (stances[cqc].stance, stances[cqc].comment) == ("object", "Two of nine records say so.")
    assert (stances[ofsted].stance, stances[ofsted].id) == ("query", agreement.made)
    assert len(stances) == 2


def test_its_own_earlier_stance_stays_in_the_history(inspection: Inspection, finding: str) -> None:
    cqc = inspectorate(inspection, "CQC")
    made = inspection.do(take_stance, finding, cqc, "object", "No.").made
    inspection.do(take_stance, finding, cqc, "agreed")
    history = inspection.ask(lambda view: view.records.history(made))
    assert [one.fields.get("stance") for one in history] == ["object", "agreed"]
    assert inspection.ask(read_finding, finding).stances[0].comment == ""
    assert "“stance”" in refused(inspection, take_stance, finding, cqc, "unsure")
    assert "wrong kind" in refused(inspection, take_stance, finding, finding, "agreed")


def test_findings_are_listed_in_their_order_with_a_fork_shown(inspection: Inspection) -> None:
    ids = [inspection.do(add_finding, text).made for text in "abc"]
    inspection.do(records.move, ids[2], None)
    fork(inspection, ids[0], {"statement": "x"}, {"statement": "y"})
    rows = inspection.ask(list_findings)
    assert [row.id for row in rows] == [ids[2], ids[0], ids[1]]
    assert [row.is_forked for row in rows] == [False, True, False]
    assert held(inspection, ids[0]).forks["statement"] == ("x", "y")


def test_what_a_layout_has_no_place_for_is_said_and_what_was_dropped_is_not(
    inspection: Inspection,
) -> None:
    layout = load_brief_layout("verbal-feedback")
    assert inspection.ask(left_out, layout) == ""
    inspection.do(add_finding, "Placed.", {"type": "strength"})
    assert inspection.ask(left_out, layout) == ""
    dropped = inspection.do(add_finding, "Gone.").made
    inspection.do(move_finding_on, dropped, "dropped", "Not so.")
    inspection.do(add_finding, "Waiting.")
    assert inspection.ask(left_out, layout).startswith("1 finding was left out")
