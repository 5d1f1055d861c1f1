from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.kinds.registry import NOTE_KINDS
from app.operations import records
from app.operations.codes import Meaning, code_words
from app.operations.notes import (
    add_note,
    add_paragraph,
    drop_draft,
    edit_paragraph,
    finish_note,
    keep_draft,
    list_drafts,
    list_notes,
    lock_note,
    read_note,
    set_type,
)
from app.operations.team import be, join_team
from tests.operations.asking import fork, held, note_with, of_kind, refused, revisions

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock


def texts(inspection: Inspection, note: str) -> list[str]:
    return [one.text for one in inspection.ask(read_note, note).paragraphs]


def coded(inspection: Inspection, paragraph: str, words: str) -> str:
    start = held(inspection, paragraph).text("text").index(words)
    span = (start, start + len(words))
    return inspection.do(code_words, paragraph, *span, Meaning(criterion="A1")).made


def quoted(inspection: Inspection, code: str) -> str | None:
    """The words a code really stands on, or None for a loose one; never other words."""
    one = held(inspection, code)
    note = held(inspection, one.text("paragraph")).text("note")
    (seen,) = (
        each
        for codes in inspection.ask(read_note, note).codes.values()
        for each in codes
        if each.id == code
    )
    if seen.start is None:
        return None
    text = held(inspection, one.text("paragraph")).text("text")
    words = text[seen.start : seen.start + len(seen.quote)]
    assert words == seen.quote
    return words


def test_a_note_is_dated_now_and_by_whoever_uses_this_laptop(inspection: Inspection) -> None:
    me = inspection.do(join_team, "inspector").made
    inspection.do(be, me)
    changes = inspection.do(add_note, "professional_interview", {"who": "health visitor"})
    note = held(inspection, changes.made)
    now = inspection.clock.now().astimezone().isoformat()
    assert (note.text("date"), note.text("start")) == (now[:10], now[11:16])
    assert (note.text("author"), note.text("status")) == (me, "jotting")
    assert note.text("who") == "health visitor"
    assert changes.records == {note.id}
    assert changes.kinds == {"professional_interview"}


@pytest.mark.parametrize("kind", sorted(NOTE_KINDS))
def test_no_field_is_needed_before_typing_starts(inspection: Inspection, kind: str) -> None:
    note = inspection.do(add_note, kind).made
    inspection.do(add_paragraph, note, "First words.")
    assert texts(inspection, note) == ["First words."]


@pytest.mark.parametrize(
    ("kind", "source"),
    [("professional_interview", "practitioner"), ("child_conversation", "child"), ("jotting", "")],
)
def test_a_note_says_by_its_kind_what_kind_of_source_it_is(
    inspection: Inspection, kind: str, source: str
) -> None:
    note = inspection.do(add_note, kind).made
    assert inspection.ask(read_note, note).record.text("source") == source
    other = inspection.do(add_note, kind, {"source": "data"}).made
    assert inspection.ask(read_note, other).record.text("source") == "data"


def test_what_is_no_kind_of_note_is_refused(inspection: Inspection) -> None:
    assert "no kind of note" in refused(inspection, add_note, "finding")
    assert "“start”" in refused(inspection, add_note, "jotting", {"start": "nine"})


def test_paragraphs_stand_in_the_order_they_were_typed(inspection: Inspection) -> None:
    note, *_ = note_with(inspection, *"abcdefghij")
    assert texts(inspection, note) == list("abcdefghij")


def test_a_paragraph_goes_straight_after_the_one_named(inspection: Inspection) -> None:
    note, first, *_ = note_with(inspection, "a", "b")
    changes = inspection.do(add_paragraph, note, "a2", first)
    inspection.do(add_paragraph, note, "a1", first)
    assert texts(inspection, note) == ["a", "a1", "a2", "b"]
    assert changes.records == {changes.made}


def test_a_paragraph_goes_after_one_that_came_without_a_place(inspection: Inspection) -> None:
    note, *_ = note_with(inspection)
    for text in "abc":
        inspection.do(lambda work, text=text: work.changes(_unplaced(work, note, text)))
    first, second, _third = (one.id for one in inspection.ask(read_note, note).paragraphs)
    inspection.do(add_paragraph, note, "a2", first)
    assert texts(inspection, note) == ["a", "a2", "b", "c"]
    inspection.do(records.move, second, None)
    assert texts(inspection, note) == ["b", "a", "a2", "c"]


def _unplaced(work: object, note: str, text: str) -> str:
    return work.add("paragraph", {"note": note, "text": text}, f"p-{text}")


def test_a_paragraph_after_one_of_another_note_is_refused(inspection: Inspection) -> None:
    note, *_ = note_with(inspection, "a")
    _other, elsewhere = note_with(inspection, "b")
    assert "not in this note" in refused(inspection, add_paragraph, note, "c", elsewhere)
    assert "wrong kind" in refused(inspection, add_paragraph, note, "c", None, {"author": note})


def test_a_paragraph_carries_its_time_and_its_writer(
    inspection: Inspection, clock: StillClock
) -> None:
    me = inspection.do(join_team, "inspector").made
    inspection.do(be, me)
    note, *_ = note_with(inspection)
    clock.move(timedelta(minutes=7))
    paragraph = held(inspection, inspection.do(add_paragraph, note, "a").made)
    assert paragraph.text("typed_at") == clock.now().astimezone().isoformat()
    assert paragraph.text("author") == me
    assert paragraph.text("type") == "evidence"


def test_words_are_kept_as_typed(inspection: Inspection) -> None:
    odd = " =1+1 <b>'; DROP TABLE record; --\n\n\tŵ e\u0301 👩‍👧 "
    note, paragraph = note_with(inspection, odd)
    assert held(inspection, paragraph).text("text") == odd
    for broken in ("a\0b", "a\ud800b"):
        assert "was not saved" in refused(inspection, add_paragraph, note, broken)
        assert "was not saved" in refused(inspection, edit_paragraph, paragraph, broken)


def test_editing_changes_the_paragraph_and_the_codes_that_moved(inspection: Inspection) -> None:
    _note, paragraph = note_with(inspection, "The child was seen alone.")
    code = coded(inspection, paragraph, "seen alone")
    changes = inspection.do(edit_paragraph, paragraph, "On Monday the child was seen alone.")
    assert changes.records == {paragraph, code}
    assert changes.kinds == {"paragraph", "code"}
    assert (
        inspection.do(edit_paragraph, paragraph, "On Monday the child was seen alone.").records
        == set()
    )


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("Then the child was seen alone at school.", "seen alone"),
        ("The child was seen alone.", "seen alone"),
        ("The child was never seen alone at school.", "seen alone"),
        ("The child was seen quite alone at school.", "seen quite alone"),
        ("The child was seen at school.", "seen "),
        ("Yesterday this child was seen alone at home, too.", "seen alone"),
        ("The child was at school.", None),
        ("", None),
        ("Seen at school.", None),
        ("👩‍👧 The child was seen alone at school.", "seen alone"),
    ],
)
def test_a_code_moves_with_its_words_and_never_slides(
    inspection: Inspection, after: str, expected: str | None
) -> None:
    _note, paragraph = note_with(inspection, "The child was seen alone at school.")
    code = coded(inspection, paragraph, "seen alone")
    inspection.do(edit_paragraph, paragraph, after)
    assert quoted(inspection, code) == expected


def test_a_code_whose_words_went_is_loose_and_keeps_its_quote(inspection: Inspection) -> None:
    _note, paragraph = note_with(inspection, "Nobody was invited. It was late.")
    code = coded(inspection, paragraph, "Nobody was invited")
    inspection.do(edit_paragraph, paragraph, "It was late.")
    assert quoted(inspection, code) is None
    assert held(inspection, code).text("quote") == "Nobody was invited"
    inspection.do(edit_paragraph, paragraph, "Nobody was invited. It was late.")
    assert quoted(inspection, code) is None  # only a person puts it back


def test_a_code_does_not_slide_to_the_same_words_elsewhere(inspection: Inspection) -> None:
    _note, paragraph = note_with(inspection, "Seen alone: yes. Later seen alone: yes.")
    code = coded(inspection, paragraph, "yes")
    inspection.do(edit_paragraph, paragraph, "Later seen alone: yes.")
    assert quoted(inspection, code) is None


def test_a_code_from_elsewhere_that_stands_on_no_words_breaks_nothing(
    inspection: Inspection,
) -> None:
    _note, paragraph = note_with(inspection, "Short.")
    for start, quote in ((900, "far away"), (0, "Other"), (None, "Short"), (2, "")):
        fields = {"paragraph": paragraph, "quote": quote, "start": start}
        code = inspection.do(records.add, "code", fields).made
        inspection.do(edit_paragraph, paragraph, f"Short. {quote}")
        assert quoted(inspection, code) is None
        assert held(inspection, code).text("quote") == quote
        inspection.do(edit_paragraph, paragraph, "Short.")


WORDS = st.lists(st.sampled_from(["seen", "alone", "child", "ŵy", "👧", "."]), max_size=6).map(
    " ".join
)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=3), st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_edits_a_code_quotes_words_that_are_there_or_is_loose(
    inspection: Inspection, before: str, edits: list[str], data: st.DataObject
) -> None:
    _note, paragraph = note_with(inspection, f"x{before}")
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start + 1, len(before) + 1))
    if not f"x{before}"[start:end].strip():
        return
    code = inspection.do(code_words, paragraph, start, end, Meaning()).made
    for text in edits:
        inspection.do(edit_paragraph, paragraph, text)
        quoted(inspection, code)
        assert held(inspection, code).text("quote")


def test_a_finished_note_has_its_end_and_when_it_was_finished(
    inspection: Inspection, clock: StillClock
) -> None:
    note, *_ = note_with(inspection)
    clock.move(timedelta(minutes=40))
    assert inspection.do(finish_note, note).records == {note}
    now = clock.now().astimezone().isoformat()
    finished = held(inspection, note)
    assert finished.text("status") == "finished"
    assert (finished.text("end"), finished.text("finished_at")) == (now[11:16], now)
    other = inspection.do(add_note, "jotting", {"end": "08:15"}).made
    inspection.do(finish_note, other)
    assert held(inspection, other).text("end") == "08:15"


def test_a_locked_note_is_only_added_to(inspection: Inspection) -> None:
    note, paragraph = note_with(inspection, "As it was.")
    assert "Finish the note" in refused(inspection, lock_note, note)
    inspection.do(finish_note, note)
    inspection.do(lock_note, note)
    assert "locked" in refused(inspection, edit_paragraph, paragraph, "Otherwise.")
    assert "locked" in refused(inspection, set_type, paragraph, "evaluation")
    assert "locked" in refused(inspection, finish_note, note)
    inspection.do(add_paragraph, note, "Added later.")
    assert texts(inspection, note) == ["As it was.", "Added later."]
    assert held(inspection, note).text("status") == "locked"


def test_words_of_somebody_are_marked_with_the_speaker(inspection: Inspection) -> None:
    _note, paragraph = note_with(inspection, "We were not asked.")
    assert inspection.do(set_type, paragraph, "verbatim", "school nurse").records == {paragraph}
    marked = held(inspection, paragraph)
    assert (marked.text("type"), marked.text("speaker")) == ("verbatim", "school nurse")
    inspection.do(set_type, paragraph, "evidence")
    assert held(inspection, paragraph).text("speaker") == ""
    refused(inspection, set_type, paragraph, "rumour")


def test_a_draft_is_kept_without_a_revision_and_goes_when_its_words_are_saved(
    inspection: Inspection,
) -> None:
    _note, paragraph = note_with(inspection, "One.")
    before = revisions(inspection)
    inspection.do(keep_draft, paragraph, "paragraph", {"text": "One. Two"})
    assert revisions(inspection) == before
    assert [one.fields["text"] for one in inspection.ask(list_drafts)] == ["One. Two"]
    inspection.do(edit_paragraph, paragraph, "One. Two.")
    assert inspection.ask(list_drafts) == []
    inspection.do(keep_draft, paragraph, "paragraph", {"text": "Three"})
    inspection.do(drop_draft, paragraph)
    assert inspection.ask(list_drafts) == []
    assert held(inspection, paragraph).text("text") == "One. Two."


def test_a_note_that_nothing_names_is_listed_by_its_first_words(inspection: Inspection) -> None:
    nameless = inspection.do(add_note, "jotting").made
    named = inspection.do(add_note, "jotting", {"who": "health visitor"}).made
    for note in (nameless, named):
        inspection.do(add_paragraph, note, "Came late.")
        inspection.do(add_paragraph, note, "Said nothing.")
    listed = {one.id: one.begins for one in inspection.ask(list_notes)}
    assert listed == {nameless: "Came late.", named: ""}


def test_notes_are_listed_by_day_time_and_reference(inspection: Inspection) -> None:
    person = inspection.do(join_team, "inspector", "", "OF1").made
    for date, start, ref in (
        ("2026-10-13", "09:00", "B"),
        ("2026-10-12", "11:00", "C"),
        ("2026-10-12", "10:00", "D"),
        ("2026-10-12", "10:00", "A"),
    ):
        inspection.do(
            add_note, "jotting", {"date": date, "start": start, "ref": ref, "author": person}
        )
    rows = inspection.ask(list_notes)
    assert [row.ref for row in rows] == ["A", "D", "C", "B"]
    inspection.do(add_paragraph, rows[0].id, "x")
    fork(inspection, rows[0].id, {"title": "one"}, {"title": "two"})
    first = inspection.ask(list_notes)[0]
    assert (first.paragraphs, first.author, first.is_forked) == (1, "OF1", True)
    inspection.do(records.delete, rows[1].id)
    assert [row.ref for row in inspection.ask(list_notes)] == ["A", "C", "B"]


def test_nothing_is_added_to_a_deleted_note(inspection: Inspection) -> None:
    note, paragraph = note_with(inspection, "a")
    inspection.do(records.delete, note)
    assert "was deleted" in refused(inspection, add_paragraph, note, "b")
    inspection.do(records.restore, note)
    inspection.do(records.delete, paragraph)
    assert "was deleted" in refused(inspection, edit_paragraph, paragraph, "b")
    assert of_kind(inspection, "paragraph") == []
