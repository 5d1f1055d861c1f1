"""Writing notes: begin one, type paragraphs, keep drafts, finish, add to a locked one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.domain.kinds.notes import USUAL_SOURCE
from app.domain.kinds.registry import NOTE_KINDS
from app.domain.records import Record, read
from app.domain.spans import Edit, Span, find, make, moved
from app.errors import InvalidInputError
from app.operations.grounds import require_grounds
from app.operations.naming import named
from app.operations.records import open_place
from app.store.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

NEW_PARAGRAPH_KIND: Final = "paragraph"


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as a list shows it; ``begins`` are its first words, where nothing else names it."""

    id: str
    kind: str
    ref: str
    title: str
    who: str
    date: str
    start: str
    status: str
    author: str
    paragraphs: int
    is_forked: bool
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a note, as it stands."""

    id: str
    note: str
    type: str
    text: str
    speaker: str
    author: str
    typed_at: str
    source: str
    voice: str
    late_reason: str
    position: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code on words of a paragraph; ``start`` is None when the words can't be found."""

    id: str
    paragraph: str
    start: int | None
    quote: str
    before: str
    after: str
    criterion: str
    agency: str
    child: str
    weight: str


@dataclass(frozen=True, slots=True)
class Note:
    """A whole note: its record, its paragraphs in order, and the codes on each."""

    record: Record
    paragraphs: tuple[Paragraph, ...]
    codes: Mapping[str, tuple[Code, ...]]
    has_versions: bool = False  # somewhere in it two versions wait for a choice


def add_note(work: Work, kind: str, header: Mapping[str, Json] | None = None) -> Changes:
    """Begin a note of a kind, dated now and by the person who uses this laptop.

    Raises:
        InvalidInputError: not a kind of note, or an unfit header.

    """
    if kind not in NOTE_KINDS:
        raise InvalidInputError(f"There is no kind of note called {kind!r}.", kind)
    now = work.now()
    fields: dict[str, Json] = {"date": now[:10], "start": now[11:16], "status": "jotting"}
    if kind in USUAL_SOURCE:
        fields["source"] = USUAL_SOURCE[kind]
    if work.me:
        fields["author"] = work.me
    return work.changes(work.add(kind, {**fields, **(header or {})}))


def add_paragraph(
    work: Work,
    note: str,
    text: str,
    after: str | None = None,
    fields: Mapping[str, Json] | None = None,
    record: str = "",
) -> Changes:
    """Add a paragraph after another of the note, or last; the time is the app's to add.

    Raises:
        InvalidInputError: no such note, or ``after`` is not in it.

    """
    work.of_kind(note, *NOTE_KINDS)
    siblings = work.records.places(note, NEW_PARAGRAPH_KIND)
    ids = [one for one, _place in siblings]
    if after is not None and after not in ids:
        raise InvalidInputError("That paragraph is not in this note.", after)
    index = len(ids) if after is None else ids.index(after) + 1
    given: dict[str, Json] = {
        "note": note,
        "position": open_place(work, siblings, index),
        "type": "evidence",
        "text": text,
        "typed_at": work.now(),
    }
    if work.me:
        given["author"] = work.me
    return work.changes(work.add(NEW_PARAGRAPH_KIND, {**given, **(fields or {})}, record))


def edit_paragraph(work: Work, paragraph: str, text: str) -> Changes:
    """Set a paragraph's words; the codes on it move with the words they stand on.

    Raises:
        InvalidInputError: it belongs to a locked note, which is only added to.

    """
    before = _open_paragraph(work, paragraph).text("text")
    work.records.drop_draft(paragraph)
    if work.change(paragraph, {"text": text}):
        _move_codes(work, paragraph, before, text)
    return work.changes()


def set_type(work: Work, paragraph: str, kind: str, speaker: str = "") -> Changes:
    """Mark a paragraph as evidence, verbatim words of a speaker, or evaluation.

    Raises:
        InvalidInputError: it belongs to a locked note, which is only added to.

    """
    _open_paragraph(work, paragraph)
    work.change(paragraph, {"type": kind, "speaker": speaker or None})
    return work.changes()


def remove_paragraph(work: Work, paragraph: str) -> Changes:
    """Take a paragraph out of its note; it can be restored. One that is out already stays so.

    Raises:
        InvalidInputError: it belongs to a locked note, which is only added to.

    """
    if not work.records.get(paragraph).is_deleted:
        _open_paragraph(work, paragraph)
        work.delete(paragraph)
    return work.changes()


def keep_draft(work: Work, record: str, kind: str, fields: Mapping[str, Json]) -> Changes:
    """Keep what is on screen, encrypted on disk, without making a revision of it."""
    work.records.keep_draft(Draft(record, kind, fields, work.now()))
    return work.changes()


def drop_draft(work: Work, record: str) -> Changes:
    """Put a draft aside for good, once a person has said so."""
    work.records.drop_draft(record)
    return work.changes()


def finish_note(work: Work, note: str) -> Changes:
    """Finish a note: its end time is set if it had none.

    Raises:
        InvalidInputError: it is locked; finishing it again would unlock it. Or it is a task that
            rests on nothing.

    """
    held = work.of_kind(note, *NOTE_KINDS)
    if held.text("status") == "locked":
        raise InvalidInputError("This note is locked already.", note)
    if held.kind == "subgroup_task":
        require_grounds(work, note, held.text("close_reason"))
    now = work.now()
    end = held.text("end") or now[11:16]
    work.change(note, {"status": "finished", "finished_at": now, "end": end})
    return work.changes()


def lock_note(work: Work, note: str) -> Changes:
    """Lock a finished note: from now on it is only added to."""
    held = work.of_kind(note, *NOTE_KINDS)
    if held.text("status") == "jotting":
        raise InvalidInputError("Finish the note before locking it.", note)
    if held.text("status") != "locked":
        work.change(note, {"status": "locked", "locked_at": work.now()})
    return work.changes()


def list_notes(view: View) -> list[NoteRow]:
    """Return every note, by date, time and reference."""
    counts = view.records.part_counts(NEW_PARAGRAPH_KIND)
    people = {
        one.id: one.text("initials") or one.text("role") for one in view.records.of_kind("person")
    }
    forked = {one.text("note") for one in view.records.forked() if one.kind == "paragraph"}
    notes = view.records.of_kind(*sorted(NOTE_KINDS))
    nameless = (one.id for one in notes if not named(one))
    begins = view.records.beginnings(nameless, NEW_PARAGRAPH_KIND)
    rows = [
        NoteRow(
            one.id,
            one.kind,
            one.text("ref"),
            one.text("aspect") or one.text("title") or one.text("what"),
            one.text("who") or one.text("profession"),
            one.text("date"),
            one.text("start"),
            one.text("status"),
            people.get(one.text("author"), ""),
            counts.get(one.id, 0),
            bool(one.forks) or one.id in forked,
            begins.get(one.id, ""),
        )
        for one in notes
    ]
    return sorted(rows, key=lambda row: (row.date, row.start, row.ref, row.id))


def read_note(view: View, note: str) -> Note:
    """Return a note with its paragraphs and codes.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(note)
    parts = view.records.parts_of(note, "paragraph")
    paragraphs = [read(Paragraph, one) for one in parts]
    coded = view.records.parts_of_each((one.id for one in paragraphs), "code")
    codes = {
        one.id: tuple(_found(read(Code, code), one.text) for code in coded.get(one.id, ()))
        for one in paragraphs
    }
    has_versions = bool(held.forks) or any(one.forks for one in parts)
    return Note(held, tuple(paragraphs), codes, has_versions)


def list_drafts(view: View) -> list[Draft]:
    """Return what was on screen and is not yet a revision, oldest first."""
    return view.records.drafts()


def _edit_between(before: str, after: str) -> Edit:
    """Return the one stretch in which two texts differ, as if typed at once."""
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    most = shorter - start
    end = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    removed, inserted = len(before) - start - end, len(after) - start - end
    if not removed or not inserted:
        start = _at_words(before if removed else after, start, removed + inserted)
    return Edit(start, removed, after[start : start + inserted])


def _at_words(text: str, start: int, length: int) -> int:
    """Return where words that came or went begin, where the letters alone leave a choice.

    Between "seen alone at" and "seen at" went "alone ", not "lone a".
    """
    place = start
    while not (_is_edge(text, place) and _is_edge(text, place + length)):
        if not place or text[place - 1] != text[place + length - 1]:
            return start
        place -= 1
    return place


def _is_edge(text: str, place: int) -> bool:
    return not (text[place - 1 : place].isalnum() and text[place : place + 1].isalnum())


def _move_codes(work: Work, paragraph: str, before: str, text: str) -> None:
    edit = _edit_between(before, text)
    for one in work.records.parts_of(paragraph, "code"):
        code = _found(read(Code, one), before)
        if code.start is None:
            # Its words were not there before: nothing says which ones it would stand on now.
            continue
        held = Span(code.start, code.quote, code.before, code.after)
        span = moved(held, edit)
        if span.start is None:
            span = replace(held, start=_typed_again(before, edit, code.quote))
        if span.start is None or span.end is None:
            # The words went: the code keeps its quote and is shown as loose.
            work.change(code.id, {"start": None})
            continue
        kept = make(text, span.start, span.end)
        work.change(
            code.id,
            {
                "start": kept.start,
                "quote": kept.quote,
                "before": kept.before,
                "after": kept.after,
            },
        )


def _typed_again(before: str, edit: Edit, quote: str) -> int | None:
    """Return where words stand again that lay whole inside a stretch that was replaced.

    Changes at both ends of a paragraph, saved at once, are one such stretch. Only words that
    stand once on either side are surely the same.
    """
    whole = re.compile(rf"(?<!\w){re.escape(quote)}(?!\w)")
    gone = before[edit.position : edit.position + edit.removed]
    places = [found.start() for found in whole.finditer(edit.inserted)]
    if len(places) != 1 or len(whole.findall(gone)) != 1:
        return None
    return edit.position + places[0]


def _found(code: Code, text: str) -> Code:
    """Return a code where its words are in this text, which may have changed elsewhere."""
    return replace(code, start=find(text, Span(code.start, code.quote, code.before, code.after)))


def _open_paragraph(work: Work, paragraph: str) -> Record:
    held = work.of_kind(paragraph, NEW_PARAGRAPH_KIND)
    if work.records.get(held.text("note")).text("status") == "locked":
        raise InvalidInputError(
            "This note is locked. Add a paragraph instead; it will carry today’s date.", paragraph
        )
    return held
