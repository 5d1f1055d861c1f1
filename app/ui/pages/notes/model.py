"""A note as a row of the list, and as one quiet line above its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.domain.kinds.registry import KINDS, NOTE_KINDS, label_of
from app.operations.additions import locked_at
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.records import Record
    from app.operations.notes import Note, NoteRow


DAY: Final = "day "  # the keys of headings begin with it; no record's id has a space


def note_rows(rows: Sequence[NoteRow], wanted: str = "") -> list[Row]:
    """Return the notes whose words fit the filter, under a heading for each day."""
    found: list[Row] = []
    day = None
    words = wanted.casefold().split()
    for one in rows:
        row = note_row(one)
        if not all(word in f"{row.title} {row.meta} {one.kind}".casefold() for word in words):
            continue
        if one.date != day:
            day = one.date
            found.append(Row(f"{DAY}{day}", short_date(day) or "No date", is_heading=True))
        found.append(row)
    return found


def note_row(one: NoteRow) -> Row:
    """Return one note as a row."""
    kind = label_of(one.kind)
    title = one.title or one.who or one.begins or kind
    meta = " · ".join(part for part in (one.start, one.ref, kind if title != kind else "") if part)
    badge = "two versions" if one.is_forked else ("" if one.status != "jotting" else "unfinished")
    return Row(one.id, title, meta, badge=badge)


def with_beginning(rows: list[NoteRow], note: Note) -> list[NoteRow]:
    """Return the rows with a note's first words as they are now; the same list if none changed."""
    begins = next((one.text for one in note.paragraphs), "")[:120]
    for at, one in enumerate(rows):
        if one.id == note.record.id and not (one.title or one.who) and one.begins != begins:
            return [*rows[:at], replace(one, begins=begins), *rows[at + 1 :]]
    return rows


def header_line(note: Record, agency: str = "", author: str = "") -> str:
    """Return who, where and when of a note in one line."""
    times = "–".join(part for part in (note.text("start"), note.text("end")) if part)
    when = " ".join(part for part in (short_date(note.text("date")), times) if part)
    who = note.text("who") or note.text("profession")
    parts = (label_of(note.kind), who, agency, note.text("place"), when, author)
    return " · ".join(part for part in parts if part)


def standing(note: Record) -> str:
    """Return whether and when a note was finished or locked, and why it was entered late."""
    status = note.text("status")
    told = []
    if status == "locked":
        told.append(f"Locked {_moment(locked_at(note))}. What is added carries its date.")
    elif status == "finished":
        told.append(f"Finished {_moment(note.text('finished_at'))}.")
    if note.fields.get("late_entry") is True:
        why = note.text("late_reason")
        told.append(f"Entered late: {why}" if why else "Entered late.")
    return " ".join(told).replace(" .", ".")


def _moment(instant: str) -> str:
    return f"{short_date(instant)} {instant[11:16]}" if instant else ""


def kind_rows() -> list[Row]:
    """Return the kinds of note to choose from, in the table's order."""
    return [Row(name, kind.label) for name, kind in KINDS.items() if name in NOTE_KINDS]
