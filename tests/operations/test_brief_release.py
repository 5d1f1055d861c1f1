"""The brief and the team's own pages are looked over as the letter is, and never trapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.identifying import Rule
from app.domain.tables import Table
from app.errors import InvalidInputError, OutputError
from app.operations.brief_release import (
    answer_in_brief,
    brief_release,
    write_leaving_brief,
)
from app.operations.briefs import add_point, change_point, say, set_brief
from app.operations.closing import close_inspection
from app.operations.letter_release import answer_look, release_sheet
from app.operations.letters import add_block
from app.operations.looking import keep_answer
from app.operations.meetings import decide
from app.operations.notes import add_note
from app.operations.records import add
from app.operations.register import keep_entry
from app.operations.working_papers import look_at_comparison, look_at_meeting, look_at_table
from app.reports.write import Format

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.inspection import Inspection

NAMED = "A worker met Aurelia weekly."


@pytest.fixture
def point(inspection: Inspection) -> str:
    """A brief of one point in which a name of the register stands."""
    inspection.do(add, "inspection", {"area": "Wexcombe"})
    inspection.do(keep_entry, "C3", ["Aurelia"])
    return inspection.do(add_point, "strengths", NAMED).made


def answer_all(inspection: Inspection) -> None:
    for one in inspection.ask(brief_release).answered:
        inspection.do(answer_in_brief, one.look, "Read by two of us.")


def test_a_name_in_a_point_is_looked_at_once_and_again_where_the_words_change(
    inspection: Inspection, point: str
) -> None:
    (found,) = inspection.ask(brief_release).answered
    assert (found.look.rule, found.look.block, found.answer) == (Rule.NAME, point, "")
    answer_all(inspection)
    inspection.do(change_point, point, {"text": f"{NAMED} So it was."})
    assert inspection.ask(brief_release).open == 0
    inspection.do(change_point, point, {"text": "A worker met Aurellia weekly."})
    assert inspection.ask(brief_release).open == 1


@pytest.mark.usefixtures("point")
def test_words_used_and_the_meeting_are_looked_at_as_the_copy_with_notes_has_them(
    inspection: Inspection, point: str
) -> None:
    inspection.do(change_point, point, {"text": "A worker met her weekly."})
    assert inspection.ask(brief_release).answered == ()
    inspection.do(say, point, "reworded", NAMED)
    meeting = inspection.do(set_brief, {"questions": "Whether C3 was seen."}).made
    found = [(one.look.rule, one.look.block) for one in inspection.ask(brief_release).answered]
    assert found == [(Rule.NAME, point), (Rule.CODE, meeting)]
    answer_all(inspection)
    assert inspection.ask(brief_release).open == 0


@pytest.mark.usefixtures("point")
def test_the_brief_leaves_with_things_open_and_the_record_says_how_many(
    inspection: Inspection, tmp_path: Path
) -> None:
    paths = write_leaving_brief(inspection, tmp_path, [Format.HTML])
    answer_all(inspection)
    write_leaving_brief(inspection, tmp_path, [Format.HTML])
    last, first = sorted(inspection.ask(brief_release).released, key=lambda one: one.unanswered)
    assert (first.looks, first.unanswered, last.looks, last.unanswered) == (0, 1, 1, 0)
    assert first.files == tuple(one.name for one in paths)
    assert inspection.ask(release_sheet).released == ()  # it is no release of the letter


@pytest.mark.usefixtures("point")
def test_what_could_not_be_written_is_not_recorded(inspection: Inspection, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError):
        write_leaving_brief(inspection, tmp_path / "file", [Format.HTML])
    assert inspection.ask(brief_release).released == ()


@pytest.mark.usefixtures("point")
def test_the_brief_of_a_closed_inspection_is_written_all_the_same(
    inspection: Inspection, tmp_path: Path
) -> None:
    inspection.do(close_inspection, "Done.")
    assert write_leaving_brief(inspection, tmp_path, [Format.HTML])


def test_whoever_read_the_letter_has_not_read_the_brief(inspection: Inspection) -> None:
    """Without a register somebody reads each of them; one answer is not the other's."""
    inspection.do(add, "inspection", {"area": "Wexcombe"})
    inspection.do(add_point, "strengths", "Leaders know their area.")
    inspection.do(add_block, {"type": "paragraph", "text": "Leaders know their area."})
    (letter,) = inspection.ask(release_sheet).answered
    assert letter.look.why.endswith("has to read the letter.")
    inspection.do(answer_look, letter.look, "Read by C. O.")
    (brief,) = inspection.ask(brief_release).answered
    assert brief.look.why.endswith("has to read the brief.")
    assert brief.answer == ""
    inspection.do(keep_answer, brief.look, "Read b")
    (brief,) = inspection.ask(brief_release).answered
    assert brief.draft == "Read b"
    answer_all(inspection)
    assert (inspection.ask(brief_release).open, inspection.ask(release_sheet).open) == (0, 0)


@pytest.mark.usefixtures("point")
def test_what_the_brief_no_longer_says_is_not_answered(inspection: Inspection, point: str) -> None:
    (found,) = inspection.ask(brief_release).answered
    inspection.do(change_point, point, {"text": "Nothing."})
    with pytest.raises(InvalidInputError, match="The brief no longer says this"):
        inspection.do(answer_in_brief, found.look, "Fine.")


@pytest.mark.usefixtures("point")
def test_a_meetings_page_is_looked_over_and_codes_are_let_be_in_it(inspection: Inspection) -> None:
    meeting = inspection.do(add_note, "team_meeting", {"date": "2026-10-13"}).made
    inspection.do(decide, meeting, "Read C3 again.")
    assert inspection.ask(look_at_meeting, meeting) == []
    inspection.do(decide, meeting, "Ask Aurelia’s school.")
    assert [one.words for one in inspection.ask(look_at_meeting, meeting)] == ["Aurelia"]


def test_what_was_answered_in_the_brief_is_answered_in_said_and_written(
    inspection: Inspection, point: str
) -> None:
    inspection.do(add_block, {"type": "paragraph", "text": "Workers see children weekly."})
    inspection.do(say, point, "said")
    # The point is its own title here: nobody wrote a finding under it.
    places = {one.block for one in inspection.ask(look_at_comparison)}
    assert places == {point}
    answer_all(inspection)
    assert inspection.ask(look_at_comparison) == []


@pytest.mark.usefixtures("point")
def test_a_list_is_looked_over_and_words_in_many_cells_are_listed_once(
    inspection: Inspection,
) -> None:
    rows = (("Aurelia waited.", 3), ("C3 waited.", 4), ("Then Aurelia left.", 5))
    looks = inspection.ask(look_at_table, Table("Evidence", ("Words", "Day"), rows))
    assert [one.words for one in looks] == ["Aurelia"]
