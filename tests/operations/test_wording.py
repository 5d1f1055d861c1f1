from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.operations import records
from app.operations.briefs import add_point
from app.operations.candidates import candidates
from app.operations.codes import Meaning, code_words
from app.operations.findings import add_finding, link_evidence, move_finding_on, read_finding
from app.operations.letters import add_block
from app.operations.notes import add_note, add_paragraph, list_drafts
from app.operations.searching import find_words
from app.operations.sheets import brief_sheet, finding_sheet, findings_sheet, point_sheet
from app.operations.wording import (
    change_type,
    draft_of,
    drafts_of,
    keep_words,
    save_block,
    save_point,
    save_said,
    save_statement,
)
from tests.interchange.samples import ODD_WORDS
from tests.operations.asking import held, note_with, refused, revisions

if TYPE_CHECKING:
    from app.operations.inspection import Inspection


def agreed(inspection: Inspection) -> str:
    _note, paragraph = note_with(inspection, "Words.")
    finding = inspection.do(add_finding, "As agreed.", {"type": "strength"}).made
    inspection.do(records.change, finding, {"against_sought": True})
    inspection.do(link_evidence, finding, paragraph, "for")
    inspection.do(move_finding_on, finding, "agreed")
    return finding


def test_words_on_screen_are_a_draft_until_they_are_saved(inspection: Inspection) -> None:
    finding = inspection.do(add_finding, "Saved.").made
    point = inspection.do(add_point, "strengths", "Saved.").made
    block = inspection.do(add_block, {"type": "paragraph", "text": "Saved."}).made
    for record, kind, field, save in (
        (finding, "finding", "statement", save_statement),
        (point, "brief_point", "text", save_point),
        (block, "letter_block", "text", save_block),
    ):
        before = revisions(inspection)
        inspection.do(keep_words, record, kind, field, "On screen.")
        assert revisions(inspection) == before
        assert inspection.ask(draft_of, record, field, "Saved.") == "On screen."
        assert inspection.ask(drafts_of, field)[record] == "On screen."
        assert record in inspection.do(save, record, "On screen.").records
        assert held(inspection, record).text(field) == "On screen."
        assert inspection.ask(list_drafts) == []
    inspection.do(save_said, point, "reworded", "As spoken.")
    assert inspection.ask(point_sheet, point).record.text("said_text") == "As spoken."


def test_a_save_that_is_refused_keeps_the_draft(inspection: Inspection) -> None:
    finding = agreed(inspection)
    inspection.do(keep_words, finding, "finding", "statement", "Otherwise.")
    assert "why it changes" in refused(inspection, save_statement, finding, "Otherwise.")
    assert "needs a statement" in refused(inspection, save_statement, finding, " ")
    assert inspection.ask(finding_sheet, finding).draft == "Otherwise."
    inspection.do(save_statement, finding, "Otherwise.", "Moderated.")
    assert inspection.ask(finding_sheet, finding).draft == ""


def test_an_agreed_finding_changes_its_type_for_a_reason_alone(inspection: Inspection) -> None:
    finding = agreed(inspection)
    assert "why its type changes" in refused(inspection, change_type, finding, "improvement")
    inspection.do(change_type, finding, "improvement", "Moderated.")
    whole = inspection.ask(read_finding, finding)
    assert whole.record.text("type") == "improvement"
    assert "Moderated." in {one.why for one in whole.steps}


def test_what_is_found_leads_to_its_note(inspection: Inspection) -> None:
    note = inspection.do(add_note, "jotting", {"ref": "OF1/3"}).made
    paragraph = inspection.do(add_paragraph, note, "The hospital gave no notice.").made
    (hit,) = inspection.ask(find_words, "hospital")
    assert (hit.record, hit.owner, hit.owner_ref) == (paragraph, note, "OF1/3")
    assert "\x02hospital\x03" in hit.snippet
    inspection.do(records.delete, paragraph)
    assert inspection.ask(find_words, "hospital") == []


@given(st.text(max_size=60) | st.sampled_from(ODD_WORDS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_can_be_looked_for(inspection: Inspection, typed: str) -> None:
    assert isinstance(inspection.ask(find_words, typed), list)
    assert isinstance(inspection.ask(candidates, typed), list)


def test_coded_words_come_before_paragraphs_and_no_paragraph_twice(
    inspection: Inspection,
) -> None:
    _note, first, second = note_with(inspection, "Health was late.", "Health was not asked.")
    code = inspection.do(code_words, first, 0, 6, Meaning("A1", "improvement")).made
    found = inspection.ask(candidates, "health")
    assert [(one.paragraph, one.code) for one in found] == [(first, code), (second, "")]
    assert found[1].words == "Health was not asked."
    assert inspection.ask(candidates, "  ") == []


def test_sheets_show_what_their_pages_need(inspection: Inspection) -> None:
    finding = agreed(inspection)
    cqc = inspection.do(records.add, "inspectorate", {"name": "Commission", "short_name": "CQC"})
    point = inspection.do(add_point, "strengths", "Words.", finding).made
    assert [one.id for one in inspection.ask(findings_sheet).rows] == [finding]
    sheet = inspection.ask(finding_sheet, finding)
    assert [(one.id, one.name) for one in sheet.inspectorates] == [(cqc.made, "CQC")]
    assert "strengths" in {one.id for one in inspection.ask(brief_sheet).sections}
    assert not inspection.ask(point_sheet, point).trace.orphans
