from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.codes import Meaning, code_words
from app.operations.jottings import file_jotting, jot
from app.operations.notes import add_note, finish_note, list_notes, lock_note, read_note
from app.operations.work import new_id
from tests.operations.asking import held, refused, revisions

if TYPE_CHECKING:
    from app.operations.inspection import Inspection


def test_words_jotted_down_are_one_note_however_often_they_are_kept(
    inspection: Inspection,
) -> None:
    note, paragraph = new_id(), new_id()
    before = revisions(inspection)
    inspection.do(jot, note, paragraph, "  ")
    assert revisions(inspection) == before
    inspection.do(jot, note, paragraph, "Call the")
    inspection.do(jot, note, paragraph, "Call the nursery back.")
    (row,) = inspection.ask(list_notes)
    assert (row.id, row.kind, row.status) == (note, "jotting", "jotting")
    assert [one.text for one in inspection.ask(read_note, note).paragraphs] == [
        "Call the nursery back."
    ]


def test_a_jotting_is_filed_with_its_paragraphs_times_and_codes(inspection: Inspection) -> None:
    note, paragraph = new_id(), new_id()
    inspection.do(jot, note, paragraph, "Call the nursery back.")
    code = inspection.do(code_words, paragraph, 0, 4, Meaning("A1")).made
    typed_at = held(inspection, paragraph).text("typed_at")
    made = inspection.do(file_jotting, note, "professional_interview").made
    filed = inspection.ask(read_note, made)
    assert [one.id for one in filed.paragraphs] == [paragraph]
    assert filed.paragraphs[0].typed_at == typed_at
    assert [one.id for one in filed.codes[paragraph]] == [code]
    assert filed.record.text("start") == held(inspection, note).text("start")
    assert [one.id for one in inspection.ask(list_notes)] == [made]
    assert inspection.ask(read_note, note).paragraphs == ()


def test_only_a_jotting_that_is_not_locked_is_filed(inspection: Inspection) -> None:
    note = inspection.do(add_note, "jotting").made
    assert "filed" in refused(inspection, file_jotting, note, "jotting")
    inspection.do(finish_note, note)
    inspection.do(lock_note, note)
    assert "locked" in refused(inspection, file_jotting, note, "observation")
    other = inspection.do(add_note, "observation").made
    assert "can't be done" in refused(inspection, file_jotting, other, "focus_group")
