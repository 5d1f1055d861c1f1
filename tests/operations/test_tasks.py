from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.findings import link_evidence, read_finding
from app.operations.notes import finish_note, remove_paragraph
from app.operations.tasks import (
    add_task,
    add_task_point,
    close_task,
    list_tasks,
    make_finding,
    read_task,
    reopen_task,
    reword_task_point,
)
from app.operations.team import be, join_team
from tests.operations.asking import held, note_with, of_kind, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection


@pytest.fixture
def task(inspection: Inspection) -> str:
    return inspection.do(add_task, "Front door", {"criteria": ["A1", "A2"]}).made


def test_a_task_shows_its_members_inspectorates_once_each(inspection: Inspection) -> None:
    bodies = [inspection.do(records.add, "inspectorate", {"name": one}).made for one in "XY"]
    people = [
        inspection.do(join_team, f"inspector {n}", body).made
        for n, body in enumerate([*bodies, bodies[0]])
    ]
    inspection.do(be, people[0])
    made = inspection.do(add_task, "Front door", {"members": people}).made
    row = inspection.ask(list_tasks)[0]
    assert (row.id, row.inspectorates, row.lead) == (made, ("X", "Y"), "inspector 0")
    assert not row.is_closed
    assert "to find out" in refused(inspection, add_task, " ")


def test_a_task_closes_on_linked_evidence_or_with_a_reason(
    inspection: Inspection, task: str
) -> None:
    point = inspection.do(add_task_point, task, "Late in six of 20.").made
    assert "rests on evidence" in refused(inspection, close_task, task)
    _note, paragraph = note_with(inspection, "Six late.")
    inspection.do(link_evidence, point, paragraph, "for")
    assert inspection.ask(read_task, task).rests_on == 1
    inspection.do(close_task, task)
    assert inspection.ask(list_tasks)[0].is_closed
    inspection.do(reopen_task, task)
    assert not inspection.ask(read_task, task).is_closed
    inspection.do(remove_paragraph, paragraph)
    assert "rests on evidence" in refused(inspection, close_task, task, "  ")
    inspection.do(close_task, task, "Nobody could be seen.")
    assert held(inspection, task).text("close_reason") == "Nobody could be seen."


def test_finishing_the_note_of_a_task_is_closing_the_task(
    inspection: Inspection, task: str
) -> None:
    assert "rests on evidence" in refused(inspection, finish_note, task)
    point = inspection.do(add_task_point, task, "Late in six of 20.").made
    _note, paragraph = note_with(inspection, "Six late.")
    inspection.do(link_evidence, point, paragraph, "for")
    inspection.do(finish_note, task)
    assert inspection.ask(list_tasks)[0].is_closed


def test_points_stand_in_their_order_and_are_reworded(inspection: Inspection, task: str) -> None:
    first = inspection.do(add_task_point, task, "One.").made
    inspection.do(add_task_point, task, "Two.")
    inspection.do(reword_task_point, first, "One, twice.")
    assert [one.text for one in inspection.ask(read_task, task).points] == ["One, twice.", "Two."]
    assert "needs words" in refused(inspection, reword_task_point, first, " ")
    assert "what was found" in refused(inspection, add_task_point, task, "")


def test_a_point_becomes_a_finding_once_with_its_evidence(
    inspection: Inspection, task: str
) -> None:
    point = inspection.do(add_task_point, task, "Late in six of 20.").made
    _note, one, other = note_with(inspection, "Six late.", "One on time.")
    inspection.do(link_evidence, point, one, "for")
    inspection.do(link_evidence, point, other, "against")
    finding = inspection.do(make_finding, point).made
    found = inspection.ask(read_finding, finding)
    assert found.record.text("statement") == "Late in six of 20."
    assert found.record.texts("criteria") == ("A1", "A2")
    assert [len(found.evidence_for), len(found.evidence_against)] == [1, 1]
    assert inspection.do(make_finding, point).made == finding
    assert len(of_kind(inspection, "finding")) == 1
