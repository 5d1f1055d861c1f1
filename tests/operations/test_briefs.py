from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.briefs import (
    add_point,
    begin_brief,
    brief_content,
    change_point,
    save_meeting,
    say,
    set_brief,
)
from app.operations.findings import add_finding, link_evidence, move_finding_on
from app.packs.load import load_brief_layout
from tests.operations.asking import held, note_with, of_kind, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

LAYOUT = load_brief_layout("verbal-feedback")
WITH_FINDINGS = [one for one in LAYOUT.sections if one.finding_types]


@pytest.fixture
def finding(inspection: Inspection) -> str:
    _note, paragraph = note_with(inspection, "We were not invited.")
    fields = {"type": WITH_FINDINGS[0].finding_types[0]}
    made = inspection.do(add_finding, "Health is left out.", fields).made
    inspection.do(link_evidence, made, paragraph, "for")
    return made


def test_a_point_rests_on_its_finding_and_its_evidence(
    inspection: Inspection, finding: str
) -> None:
    changes = inspection.do(add_point, "strengths", "Health is not asked.", finding)
    assert changes.kinds == {"brief_point", "basis"}
    (section,) = inspection.ask(brief_content).sections
    (point,) = section.points
    assert (point.id, point.text, point.findings) == (
        changes.made,
        "Health is not asked.",
        (finding,),
    )
    assert point.support.paragraphs == 1
    assert "words to speak" in refused(inspection, add_point, "strengths", " ")
    assert "wrong kind" in refused(inspection, add_point, "strengths", "Words.", point.id)


def test_a_first_brief_has_one_point_for_each_finding_that_stands(
    inspection: Inspection, finding: str
) -> None:
    inspection.do(records.add, "inspection", {"brief_layout": "verbal-feedback"})
    dropped = inspection.do(add_finding, "Gone.", {"type": WITH_FINDINGS[0].finding_types[0]}).made
    inspection.do(move_finding_on, dropped, "dropped", "Not borne out.")
    last = inspection.do(add_finding, "Last.", {"type": WITH_FINDINGS[-1].finding_types[0]}).made
    changes = inspection.do(begin_brief, LAYOUT)
    points = of_kind(inspection, "brief_point")
    assert changes.records >= {one.id for one in points}
    spoken = [
        (section.key, point.text, point.findings)
        for section in inspection.ask(brief_content).sections
        for point in section.points
    ]
    assert spoken == [
        (WITH_FINDINGS[0].key, "Health is left out.", (finding,)),
        (WITH_FINDINGS[-1].key, "Last.", (last,)),
    ]
    assert "points already" in refused(inspection, begin_brief, LAYOUT)


def test_points_are_spoken_in_the_order_of_layout_and_place(inspection: Inspection) -> None:
    inspection.do(records.add, "inspection", {"brief_layout": "verbal-feedback"})
    first, second = LAYOUT.sections[0].key, LAYOUT.sections[1].key
    b, a = (inspection.do(add_point, second, text).made for text in "ba")
    inspection.do(add_point, first, "opening")
    inspection.do(add_point, "own_section", "loose")
    inspection.do(records.move, a, None)
    content = inspection.ask(brief_content)
    assert [one.text for section in content.sections for one in section.points] == [
        *("opening", "a", "b", "loose")
    ]
    assert content.sections[-1].heading == "Own section"
    assert inspection.do(change_point, b, {"section": first}).records == {b}


def test_what_was_really_said_is_kept_beside_the_words(inspection: Inspection) -> None:
    point = inspection.do(add_point, "strengths", "As written.").made
    assert inspection.do(say, point, "said").records == {point}
    assert held(inspection, point).text("said_text") == "As written."
    assert "words that were used" in refused(inspection, say, point, "reworded", " ")
    inspection.do(say, point, "reworded", "As spoken.")
    now = held(inspection, point)
    assert (now.text("said"), now.text("text")) == ("reworded", "As written.")
    assert now.text("said_text") == "As spoken."
    inspection.do(say, point, "skipped")
    assert held(inspection, point).text("said_text") == ""
    assert "“said”" in refused(inspection, say, point, "sung")


def test_the_speaker_is_shown_by_role_and_evidence_counts_for_the_point_alone(
    inspection: Inspection, finding: str
) -> None:
    speaker = inspection.do(records.add, "person", {"role": "lead inspector"}).made
    point = inspection.do(add_point, "strengths", "One.", finding).made
    inspection.do(add_point, "strengths", "Two.")
    inspection.do(change_point, point, {"speaker": speaker, "seconds": 40})
    one, two = inspection.ask(brief_content).sections[0].points
    assert (one.speaker, one.seconds, one.support.paragraphs) == ("lead inspector", 40, 1)
    assert two.support.paragraphs == 0
    assert "can't be done" in refused(inspection, change_point, finding, {"text": "x"})


def test_when_it_was_said_is_kept_and_the_same_mark_again_leaves_it(inspection: Inspection) -> None:
    point = inspection.do(add_point, "strengths", "As written.").made
    inspection.do(say, point, "said")
    first = held(inspection, point).text("said_at")
    assert first
    assert inspection.do(say, point, "said").records == frozenset()
    inspection.do(change_point, point, {"text": "Written anew."})
    spoken = inspection.ask(brief_content).sections[0].points[0]
    assert (spoken.as_spoken, spoken.said_at) == ("As written.", first)
    inspection.do(say, point, "not yet")
    taken_back = held(inspection, point)
    assert (taken_back.text("said_at"), taken_back.text("said_text")) == ("", "")


def test_what_was_skipped_or_waits_was_not_spoken(inspection: Inspection) -> None:
    point = inspection.do(add_point, "strengths", "As written.").made
    for how in ("not yet", "skipped"):
        inspection.do(say, point, how)
        assert inspection.ask(brief_content).sections[0].points[0].as_spoken == ""


def test_the_meeting_is_one_record_whoever_begins_it(inspection: Inspection) -> None:
    inspection.do(save_meeting, "brief", {"audience": ["chief executive"]})
    inspection.do(save_meeting, "brief", {"questions": "Whose figures?"})
    inspection.do(set_brief, {"offered": "September’s audit", "words_a_minute": 110})
    (brief,) = of_kind(inspection, "brief")
    assert brief.id == "brief"  # the same on every laptop: two that begin apart begin one
    content = inspection.ask(brief_content)
    assert content.pace == 110
    assert content.meeting.audience == ("chief executive",)
    assert (content.meeting.questions, content.meeting.offered) == (
        "Whose figures?",
        "September’s audit",
    )
    assert "whole number" in refused(inspection, set_brief, {"words_a_minute": "slowly"})
