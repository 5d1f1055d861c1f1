from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.operations import records
from app.operations.notes import edit_paragraph, finish_note, list_notes, lock_note, read_note
from app.operations.second_notes import (
    could_be_second,
    pair_notes,
    part_notes,
    second_note,
)
from app.operations.versions import forks_in, restore_words, words_before, writers
from tests.operations.asking import fork, held, note_with, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock


def test_every_version_of_a_paragraph_is_there_with_the_words_before_it(
    inspection: Inspection,
) -> None:
    _note, a = note_with(inspection, "one")
    inspection.do(edit_paragraph, a, "one two")
    inspection.do(records.change, a, {"type": "evaluation"})
    inspection.do(edit_paragraph, a, "two")
    found = inspection.ask(words_before, a)
    assert [(one.words, one.before) for one in found] == [
        ("two", "one two"),
        ("one two", "one"),
        ("one", ""),
    ]
    inspection.do(restore_words, a, found[-1].words)
    assert held(inspection, a).text("text") == "one"
    assert len(inspection.ask(words_before, a)) == 4


def test_a_locked_note_is_not_taken_back_to_earlier_words(inspection: Inspection) -> None:
    note, a = note_with(inspection, "one")
    inspection.do(edit_paragraph, a, "two")
    inspection.do(finish_note, note)
    inspection.do(lock_note, note)
    assert "locked" in refused(inspection, restore_words, a, "one")


def test_two_versions_of_a_paragraph_show_on_its_note_until_one_is_chosen(
    inspection: Inspection,
) -> None:
    note, a = note_with(inspection, "one")
    assert not inspection.ask(read_note, note).has_versions
    fork(inspection, a, {"text": "mine"}, {"text": "theirs"})
    assert inspection.ask(read_note, note).has_versions
    (row,) = inspection.ask(list_notes)
    assert row.is_forked
    (found,) = inspection.ask(forks_in, note)
    assert sorted(str(one.value) for one in found.sides) == ["mine", "theirs"]
    inspection.do(records.choose, a, "text", 1)
    assert inspection.ask(forks_in, note) == []
    assert not inspection.ask(list_notes)[0].is_forked
    assert {one.words for one in inspection.ask(words_before, a)} >= {"mine", "theirs"}


def test_without_a_team_every_word_was_written_here(inspection: Inspection) -> None:
    _note, a = note_with(inspection, "one")
    (was,) = inspection.ask(words_before, a)
    assert was.words == "one"
    assert writers(inspection).name("0" * 32) == "on another laptop"


def test_two_observers_notes_stand_on_one_axis_of_time_and_stay_apart(
    inspection: Inspection, clock: StillClock
) -> None:
    first, a = note_with(inspection, "I asked.")
    second, b = note_with(inspection, "She asked.")
    clock.move(timedelta(minutes=3))
    (third, c) = note_with(inspection, "Later.")
    assert inspection.ask(second_note, first) is None
    assert {one.id for one in inspection.ask(could_be_second, first)} == {second, third}
    inspection.do(pair_notes, first, second)
    pair = inspection.ask(second_note, first)
    (moment,) = pair.moments
    assert [one.id for one in moment.first] == [a]
    assert [one.id for one in moment.second] == [b]
    assert inspection.ask(second_note, second).second.record.id == first
    inspection.do(pair_notes, third, first)
    assert held(inspection, third).text("event") == held(inspection, first).text("event")
    inspection.do(part_notes, third)
    inspection.do(part_notes, second)
    assert inspection.ask(second_note, first) is None
    assert "another note" in refused(inspection, pair_notes, first, first)
    assert [one.id for one in inspection.ask(read_note, third).paragraphs] == [c]
