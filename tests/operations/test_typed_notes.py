from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import StoreError
from app.operations import records
from app.operations.inspection import Inspection
from app.operations.notes import (
    edit_paragraph,
    finish_note,
    keep_draft,
    list_drafts,
    lock_note,
    read_note,
    remove_paragraph,
)
from app.operations.typed_notes import Typed, keep_drafts, offered_drafts, save_note, take_up_draft
from app.operations.work import new_id
from tests.fakes.stores import open_store
from tests.operations.asking import held, note_with, refused, revisions

if TYPE_CHECKING:
    from pathlib import Path


def lines(inspection: Inspection, note: str) -> list[str]:
    return [one.text for one in inspection.ask(read_note, note).paragraphs]


def test_new_changed_and_removed_paragraphs_are_saved_in_one_go(inspection: Inspection) -> None:
    note, a, b, c = note_with(inspection, *"abc")
    first, between = Typed(new_id(), "evaluation", "0"), Typed(new_id(), "verbatim", "a2", "nurse")
    typed = [first, Typed(a, "evidence", "A"), between, Typed(c, "evidence", "c")]
    changes = inspection.do(save_note, note, typed, [b])
    assert lines(inspection, note) == ["0", "A", "a2", "c"]
    assert changes.records == {first.id, a, between.id, b}
    assert held(inspection, between.id).text("speaker") == "nurse"


def test_only_what_differs_is_written(inspection: Inspection) -> None:
    note, a = note_with(inspection, "a")
    before = revisions(inspection)
    typed = [Typed(a, "evidence", "a"), Typed(new_id(), "evidence", " \n")]
    assert inspection.do(save_note, note, typed).records == set()
    assert revisions(inspection) == before


def test_undoing_a_removal_brings_back_the_same_paragraph_with_its_new_words(
    inspection: Inspection,
) -> None:
    note, a = note_with(inspection, "a")
    inspection.do(save_note, note, [], [a])
    inspection.do(save_note, note, [], [a])
    assert lines(inspection, note) == []
    inspection.do(save_note, note, [Typed(a, "evidence", "a, and more")])
    assert lines(inspection, note) == ["a, and more"]


def test_in_a_locked_note_nothing_typed_changes_what_stands(inspection: Inspection) -> None:
    note, a = note_with(inspection, "a")
    inspection.do(finish_note, note)
    inspection.do(lock_note, note)
    for typed, gone in (
        ([Typed(a, "evidence", "b")], []),
        ([Typed(a, "evaluation", "a")], []),
        ([], [a]),
    ):
        assert "locked" in refused(inspection, save_note, note, typed, gone)
    assert "locked" in refused(inspection, remove_paragraph, a)
    inspection.do(save_note, note, [Typed(a, "evidence", "a"), Typed(new_id(), "evidence", "b")])
    assert lines(inspection, note) == ["a", "b"]


def test_words_on_screen_are_offered_with_their_note_and_taken_up(inspection: Inspection) -> None:
    note, a = note_with(inspection, "a")
    inspection.do(records.change, note, {"ref": "OF1/3"})
    new = Typed(new_id(), "evidence", "never left")
    before = revisions(inspection)
    inspection.do(keep_drafts, note, [Typed(a, "evidence", "a and"), new])
    assert revisions(inspection) == before
    offered = inspection.ask(offered_drafts)
    assert [(one.text, one.note_ref) for one in offered] == [
        ("a and", "OF1/3"),
        ("never left", "OF1/3"),
    ]
    for one in offered:
        inspection.do(take_up_draft, one.record)
    assert sorted(lines(inspection, note)) == ["a and", "never left"]
    assert inspection.ask(list_drafts) == []
    assert inspection.do(take_up_draft, "gone").records == set()


def test_saving_the_words_drops_their_draft(inspection: Inspection) -> None:
    note, a = note_with(inspection, "a")
    typed = [Typed(a, "evidence", "b")]
    inspection.do(keep_drafts, note, typed)
    inspection.do(save_note, note, typed)
    assert inspection.ask(list_drafts) == []
    inspection.do(keep_drafts, note, typed)
    inspection.do(edit_paragraph, a, "c")
    assert inspection.ask(list_drafts) == []


def test_words_that_never_reached_the_store_are_taken_up_into_their_paragraph(
    inspection: Inspection,
) -> None:
    note, held_id = note_with(inspection, "before")
    inspection.do(keep_draft, held_id, "paragraph", {"text": "before and after"})
    (offered,) = inspection.ask(offered_drafts)
    assert (offered.note, offered.text) == (note, "before and after")
    inspection.do(take_up_draft, held_id)
    (one,) = inspection.ask(read_note, note).paragraphs
    assert (one.text, one.type) == ("before and after", "evidence")
    assert inspection.ask(offered_drafts) == []


def test_every_new_paragraph_of_a_refused_save_comes_back_as_a_draft(
    inspection: Inspection, tmp_path: Path
) -> None:
    note, a = note_with(inspection, "a")
    inspection._store.write(
        lambda tx: tx.connection.execute("PRAGMA query_only = ON")
    ).result()  # as if the disk had turned read-only
    typed = [Typed(a, "evidence", "A"), *(Typed(new_id(), "evidence", one) for one in "bcd")]
    with pytest.raises(StoreError, match="kept beside it"):
        inspection.do(save_note, note, typed)
    inspection.close()
    again = Inspection("0" * 32, open_store(tmp_path / "store"), inspection.clock)
    assert {one.record: one.text for one in again.ask(offered_drafts)} == {
        one.id: one.text for one in typed
    }
    again.close()
