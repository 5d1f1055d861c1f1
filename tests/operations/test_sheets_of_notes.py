from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.notes import add_note
from app.operations.sampling import add_sampled, change_sampled, sample_sheet, tally
from app.operations.stages import STAGES, Cell, stage_sheet
from app.operations.tracking import fill_stage, sample_tallies
from tests.operations.asking import held, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ([], "Nothing was sampled yet."),
        (["met"], "1 of 1 met."),
        (["met", "not met", "met", ""], "2 of 4 met, 1 not met, 1 without a result."),
        (["partly", "cannot tell"], "0 of 2 met, 1 partly, 1 cannot tell."),
    ],
)
def test_a_sample_is_told_as_n_of_m(results, told) -> None:
    assert tally(results) == told


def test_records_of_a_sample_share_what_the_first_one_said(inspection: Inspection) -> None:
    header = {"title": "Strategy meetings", "question": "Was health there?", "drawn": "random"}
    first = inspection.do(add_note, "sampled_record", {**header, "place": "the Junction"}).made
    assert inspection.do(add_sampled, first, {"code": "SM1", "result": "met"}).made == first
    second = inspection.do(add_sampled, first, {"code": "SM2", "result": "not met"}).made
    assert second != first
    assert held(inspection, second).text("question") == "Was health there?"
    assert held(inspection, second).text("place") == "the Junction"
    sheet = inspection.ask(sample_sheet, second)
    assert (sheet.sample, sheet.drawn) == ("Strategy meetings", "random")
    assert [one.code for one in sheet.rows] == ["SM1", "SM2"]
    assert sheet.tally == "1 of 2 met, 1 not met."
    (counted,) = inspection.ask(sample_tallies)
    assert counted.sampled == 2


def test_a_record_needs_its_code(inspection: Inspection) -> None:
    note = inspection.do(add_note, "sampled_record").made
    assert "code" in refused(inspection, add_sampled, note, {"result": "met"})


def test_what_was_said_of_a_record_can_be_changed(inspection: Inspection) -> None:
    note = inspection.do(add_note, "sampled_record", {"title": "T"}).made
    inspection.do(add_sampled, note, {"code": "1", "result": "met"})
    inspection.do(change_sampled, note, {"result": "partly", "escalate": True})
    (row,) = inspection.ask(sample_sheet, note).rows
    assert (row.result, row.escalate) == ("partly", True)


def test_a_childs_stages_are_shown_for_the_agencies_involved_and_all_that_was_written(
    inspection: Inspection,
) -> None:
    police, health, school = (
        inspection.do(records.add, "agency", {"name": name}).made
        for name in ("Police", "Health", "School")
    )
    file = inspection.do(add_note, "tracked_child", {"agencies": [police, health]}).made
    inspection.do(fill_stage, file, "plan", health, {"evidence": "Seven actions."})
    inspection.do(fill_stage, file, "a stage of ours", school, {"gaps": "None."})
    sheet = inspection.ask(stage_sheet, file)
    assert sheet.stages == (*STAGES, "a stage of ours")
    assert [name for _id, name in sheet.agencies] == ["Police", "Health", "School"]
    assert sheet.cells["plan", health] == Cell("Seven actions.")
    assert not sheet.cells["plan", health].is_empty
