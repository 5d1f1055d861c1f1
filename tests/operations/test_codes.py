from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations import records
from app.operations.codes import Meaning, code_words, list_coded, recode, remove_code
from app.operations.notes import add_note, add_paragraph
from app.operations.team import be, code_child, join_team, name_agency
from tests.operations.asking import held, note_with, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

WORDS = "A child 👧 was seen alone."


def test_a_code_keeps_its_words_and_what_stands_around_them(inspection: Inspection) -> None:
    _note, paragraph = note_with(inspection, WORDS)
    start = WORDS.index("seen")
    changes = inspection.do(code_words, paragraph, start, start + 4, Meaning("A1", "strength"))
    code = held(inspection, changes.made)
    assert changes.records == {code.id}
    assert changes.kinds == {"code"}
    assert (code.number("start"), code.text("quote")) == (start, "seen")
    assert (code.text("before"), code.text("after")) == ("A child 👧 was ", " alone.")
    assert (code.text("criterion"), code.text("weight")) == ("A1", "strength")
    assert "agency" not in code.fields


def test_the_framework_in_use_is_pinned_and_the_coder_named(inspection: Inspection) -> None:
    inspection.do(records.add, "inspection", {"framework": "front-door-2024"})
    me = inspection.do(join_team, "inspector").made
    inspection.do(be, me)
    _note, paragraph = note_with(inspection, WORDS)
    code = held(inspection, inspection.do(code_words, paragraph, 0, 7, Meaning()).made)
    assert (code.text("framework"), code.text("author")) == ("front-door-2024", me)


def test_only_words_that_are_there_can_be_coded(inspection: Inspection) -> None:
    note, paragraph = note_with(inspection, WORDS)
    for start, end in ((3, 3), (5, 2), (-1, 4), (0, 99), (1, 2)):
        assert "Select the words" in refused(
            inspection, code_words, paragraph, start, end, Meaning()
        )
    assert "can't be done" in refused(inspection, code_words, note, 0, 1, Meaning())
    assert "wrong kind" in refused(inspection, code_words, paragraph, 0, 7, Meaning(agency=note))
    assert "“weight”" in refused(inspection, code_words, paragraph, 0, 7, Meaning(weight="heavy"))


def test_recoding_changes_what_is_said_and_leaves_the_words(inspection: Inspection) -> None:
    _note, paragraph = note_with(inspection, WORDS)
    agency = inspection.do(name_agency, "Police").made
    child = inspection.do(code_child).made
    code = inspection.do(code_words, paragraph, 0, 7, Meaning("A1", "strength", agency)).made
    assert inspection.do(recode, code, Meaning("B2", "", "", child)).records == {code}
    now = held(inspection, code)
    assert (now.text("criterion"), now.text("child"), now.text("quote")) == ("B2", child, "A child")
    assert (now.text("weight"), now.text("agency")) == ("", "")
    assert "can't be done" in refused(inspection, recode, paragraph, Meaning())


def test_a_code_taken_off_comes_back(inspection: Inspection) -> None:
    _note, paragraph = note_with(inspection, WORDS)
    code = inspection.do(code_words, paragraph, 0, 7, Meaning()).made
    assert inspection.do(remove_code, code).records == {code}
    assert inspection.ask(list_coded) == []
    assert "was deleted" in refused(inspection, remove_code, code)
    inspection.do(records.restore, code)
    assert [one.quote for one in inspection.ask(list_coded)] == ["A child"]


def test_coded_words_are_listed_by_day_and_by_criterion(inspection: Inspection) -> None:
    for date, ref, criterion in (("2026-10-13", "B", "A1"), ("2026-10-12", "A", "A2")):
        note = inspection.do(add_note, "jotting", {"date": date, "ref": ref}).made
        paragraph = inspection.do(add_paragraph, note, WORDS).made
        inspection.do(code_words, paragraph, 0, 7, Meaning(criterion))
    assert [one.note_ref for one in inspection.ask(list_coded)] == ["A", "B"]
    assert [one.note_ref for one in inspection.ask(list_coded, "A1")] == ["B"]


def test_words_of_a_deleted_paragraph_or_note_are_not_listed(inspection: Inspection) -> None:
    note, first, second = note_with(inspection, WORDS, WORDS)
    for one in (first, second):
        inspection.do(code_words, one, 0, 7, Meaning())
    inspection.do(records.delete, first)
    assert [one.paragraph for one in inspection.ask(list_coded)] == [second]
    inspection.do(records.delete, note)
    assert inspection.ask(list_coded) == []
