"""Two observers' notes of one event, on one axis of time. Their words are never merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.kinds.registry import NOTE_KINDS
from app.errors import InvalidInputError
from app.operations.notes import list_notes, read_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.changes import Changes
    from app.operations.notes import Note, NoteRow, Paragraph
    from app.operations.view import View
    from app.operations.work import Work


@dataclass(frozen=True, slots=True)
class Moment:
    """One minute, with what each of two observers wrote in it."""

    time: str
    first: tuple[Paragraph, ...]
    second: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two notes of one event, minute by minute."""

    first: Note
    second: Note
    moments: tuple[Moment, ...]


def pair_notes(work: Work, note: str, other: str) -> Changes:
    """Say that two notes are of one event.

    Raises:
        InvalidInputError: it is the same note twice, or not a note.

    """
    held, second = work.of_kind(note, *NOTE_KINDS), work.of_kind(other, *NOTE_KINDS)
    if note == other:
        raise InvalidInputError("Choose another note than this one.", other)
    event = held.text("event") or second.text("event") or min(note, other)
    for one in (note, other):
        work.change(one, {"event": event})
    return work.changes(other)


def part_notes(work: Work, note: str) -> Changes:
    """Say that a note is not of the same event as another after all."""
    work.of_kind(note, *NOTE_KINDS)
    work.change(note, {"event": None})
    return work.changes()


def second_note(view: View, note: str) -> Pair | None:
    """Return a note beside the other of its event, or None where there is no other.

    Raises:
        NotFoundError: nothing has that id.

    """
    event = view.records.get(note).text("event")
    if not event:
        return None
    others = sorted(
        one.id
        for one in view.records.of_kind(*sorted(NOTE_KINDS))
        if one.text("event") == event and one.id != note
    )
    if not others:
        return None
    first, second = read_note(view, note), read_note(view, others[0])
    return Pair(first, second, aligned(first.paragraphs, second.paragraphs))


def could_be_second(view: View, note: str) -> list[NoteRow]:
    """Return the other notes, those of the same day first."""
    day = view.records.get(note).text("date")
    others = [one for one in list_notes(view) if one.id != note]
    return sorted(others, key=lambda one: one.date != day)


def aligned(first: Sequence[Paragraph], second: Sequence[Paragraph]) -> tuple[Moment, ...]:
    """Return paragraphs minute by minute, each side in its own order; those without a time last."""
    minutes: dict[str, tuple[list[Paragraph], list[Paragraph]]] = {}
    for side, paragraphs in enumerate((first, second)):
        for one in paragraphs:
            minutes.setdefault(one.typed_at[:16], ([], []))[side].append(one)
    ordered = sorted(minutes, key=lambda minute: (not minute, minute))
    return tuple(
        Moment(minute[11:16], tuple(minutes[minute][0]), tuple(minutes[minute][1]))
        for minute in ordered
    )
