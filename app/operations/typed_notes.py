"""What an editor holds of a note: saved in one go, kept as drafts, offered after a crash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.records import Record
from app.domain.revisions import DELETED
from app.operations.notes import add_paragraph, edit_paragraph, remove_paragraph, set_type
from app.operations.records import move
from app.store import drafts
from app.store.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work


@dataclass(frozen=True, slots=True)
class Typed:
    """A paragraph as an editor holds it; its id is fresh where the paragraph is new."""

    id: str
    type: str
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class OfferedDraft:
    """Words that were on screen when the app last stopped, with the note they belong to."""

    record: str
    note: str
    note_ref: str
    at: str
    text: str


def save_note(work: Work, note: str, typed: Sequence[Typed], gone: Sequence[str] = ()) -> Changes:
    """Save what an editor holds of a note: new, changed and removed paragraphs, in one go.

    Only what differs is written. Each new paragraph follows the one before it in ``typed``.

    Raises:
        InvalidInputError: the note is locked and something in it changed; nothing was saved.

    """
    before: str | None = None
    for one in typed:
        held = work.records.find(one.id)
        if held is None:
            if one.text.strip():
                _add_typed(work, note, one, before)
                before = one.id
            continue
        if held.is_deleted:  # undoing brings a paragraph back, perhaps with other words
            work.change(one.id, {DELETED: None})
        if held.text("text") != one.text:
            edit_paragraph(work, one.id, one.text)
        work.records.drop_draft(one.id)
        if (held.text("type") or "evidence", held.text("speaker")) != (one.type, one.speaker):
            set_type(work, one.id, one.type, one.speaker)
        before = one.id
    for record in gone:
        work.records.drop_draft(record)
        if work.records.find(record) is not None:
            remove_paragraph(work, record)
    return work.changes()


def keep_drafts(work: Work, note: str, typed: Sequence[Typed]) -> Changes:
    """Keep what is on screen of some paragraphs, encrypted on disk, without revisions."""
    for one in typed:
        fields: dict[str, Json] = {
            "note": note,
            "type": one.type,
            "text": one.text,
            "speaker": one.speaker,
        }
        work.records.keep_draft(Draft(one.id, "paragraph", fields, work.now()))
    return work.changes()


def take_up_draft(work: Work, record: str) -> Changes:
    """Make a revision of the words that were on screen when the app last stopped."""
    for one in drafts.every(work.records.connection):
        if one.record == record:
            # Words that could not be saved may carry no more than what was changed.
            stored = work.records.find(record)
            before = stored.fields if stored is not None else {}
            held = Record(record, one.kind, {"type": "evidence", **before, **one.fields})
            typed = Typed(record, held.text("type"), held.text("text"), held.text("speaker"))
            return save_note(work, held.text("note"), [typed])
    return work.changes()


def offered_drafts(view: View) -> list[OfferedDraft]:
    """Return what was on screen and is not yet a revision, oldest first."""
    offered: list[OfferedDraft] = []
    for one in view.records.drafts():
        if one.kind != "paragraph":
            continue
        held = Record(one.record, one.kind, one.fields)
        stored = view.records.find(one.record)
        note = held.text("note") or (stored.text("note") if stored is not None else "")
        named = view.records.find(note) if note else None
        ref = (named.text("ref") or named.text("title")) if named is not None else ""
        offered.append(OfferedDraft(one.record, note, ref, one.at, held.text("text")))
    return offered


def _add_typed(work: Work, note: str, one: Typed, before: str | None) -> None:
    ids = {record for record, _place in work.records.places(note, "paragraph")}
    fields: dict[str, Json] = {"type": one.type}
    if one.speaker:
        fields["speaker"] = one.speaker
    if before is None and ids:
        made = add_paragraph(work, note, one.text, fields=fields, record=one.id).made
        move(work, made, None)
    else:
        add_paragraph(work, note, one.text, before, fields, one.id)
    work.records.drop_draft(one.id)
