from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.operations import records
from app.operations.actions import give_action
from app.operations.agenda import AgendaLine, Part, agenda, make_task
from app.operations.escalations import record_response, write_escalation
from app.operations.findings import add_finding, link_evidence, move_finding_on
from app.operations.notes import add_note
from app.operations.tasks import add_task, close_task
from app.operations.team import code_child, name_agency
from app.operations.work import new_id
from tests.operations.asking import held, note_with

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock


def lines(inspection: Inspection, part: Part) -> list[AgendaLine]:
    return [one for one in inspection.ask(agenda) if one.part is part]


def test_an_inspection_without_gaps_has_no_agenda(inspection: Inspection) -> None:
    assert inspection.ask(agenda) == []


def test_an_unanswered_concern_comes_first_and_leaves_once_answered(
    inspection: Inspection,
) -> None:
    inspection.do(give_action, "Chase the hospital.")
    form = new_id()
    inspection.do(write_escalation, form, {"concern": "Not seen."})
    first = inspection.ask(agenda)[0]
    assert (first.part, first.record) == (Part.ESCALATIONS, form)
    assert "the lead is not told yet" in first.why
    inspection.do(record_response, form, "duty manager", "Seen.")
    assert lines(inspection, Part.ESCALATIONS) == []


def test_open_actions_say_whose_and_what_is_late(inspection: Inspection) -> None:
    inspection.do(give_action, "late", due="2026-10-11")
    inspection.do(give_action, "soon", due="2026-10-13")
    assert [one.why for one in lines(inspection, Part.ACTIONS)] == [
        "was due Sun 11 Oct",
        "due Tue 13 Oct",
    ]


def test_a_task_slips_from_the_day_after_and_not_once_closed(
    inspection: Inspection, clock: StillClock
) -> None:
    task = inspection.do(add_task, "Front door").made
    assert lines(inspection, Part.TASKS) == []
    clock.move(timedelta(days=1))
    assert [one.why for one in lines(inspection, Part.TASKS)] == [
        "planned for Mon 12 Oct · nothing reported"
    ]
    inspection.do(close_task, task, "Overtaken.")
    assert lines(inspection, Part.TASKS) == []


def test_findings_that_rest_on_little_or_on_both_sides_are_asked_about(
    inspection: Inspection,
) -> None:
    finding = inspection.do(add_finding, "Plans rest on mothers.", {"criteria": ["B3"]}).made
    (thin,) = lines(inspection, Part.THIN)
    assert thin.why == "Nothing has been recorded for it."
    _note, one, other = note_with(inspection, "Nine of 12.", "Two good plans.")
    inspection.do(link_evidence, finding, one, "for")
    assert "single conversation" in lines(inspection, Part.THIN)[0].why
    inspection.do(link_evidence, finding, other, "against")
    assert lines(inspection, Part.CONTRADICTIONS)[0].why == "1 for and 1 against, not yet settled"
    inspection.do(move_finding_on, finding, "tested")
    inspection.do(move_finding_on, finding, "agreed")
    assert inspection.ask(agenda) == []


def test_a_line_nobody_tested_is_filled_by_the_task_it_makes(inspection: Inspection) -> None:
    line = inspection.do(
        records.add, "line_of_enquiry", {"question": "Do notices arrive?", "criteria": ["A2"]}
    ).made
    (asked,) = lines(inspection, Part.LINES)
    assert asked.idea is not None
    task = held(inspection, inspection.do(make_task, asked.idea).made)
    assert task.text("aspect") == "Do notices arrive?"
    assert (task.texts("criteria"), task.texts("lines_of_enquiry")) == (("A2",), (line,))
    assert lines(inspection, Part.LINES) == []


def test_agencies_and_children_are_named_until_they_are_heard(inspection: Inspection) -> None:
    agency = inspection.do(name_agency, "Housing").made
    child = inspection.do(code_child).made
    unborn = inspection.do(code_child).made
    for one in (child, unborn):
        inspection.do(records.change, one, {"is_tracked": True})
    inspection.do(records.change, unborn, {"age_band": "unborn"})
    assert [one.words for one in lines(inspection, Part.AGENCIES)] == ["Housing"]
    assert [one.words for one in lines(inspection, Part.CHILDREN)] == ["C1"]
    inspection.do(add_note, "professional_interview", {"agency": agency})
    inspection.do(add_note, "child_conversation", {"children": [child]})
    assert inspection.ask(agenda) == []
