"""What stands in a note after it was locked or long after it happened, and whose voice a point is.

An addition is a paragraph that was first typed after its note was locked. Why it came late can
be said of it at any time; its words are as fast as those before it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.dates import short_date
from app.domain.kinds.registry import NOTE_KINDS
from app.errors import InvalidInputError

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.operations.work import Work


def locked_at(note: Record) -> str:
    """Return when a note was locked, or nothing where it was not."""
    if note.text("status") != "locked":
        return ""
    return note.text("locked_at") or note.text("finished_at")


def is_addition(typed_at: str, note_locked_at: str) -> bool:
    """Whether a paragraph first typed at an instant came after its note was locked."""
    if not typed_at or not note_locked_at:
        return False
    try:
        return datetime.fromisoformat(typed_at) > datetime.fromisoformat(note_locked_at)
    except (ValueError, TypeError):  # imported without an offset: nothing can be said
        return False


def added(typed_at: str, note_locked_at: str, why: str = "") -> str:
    """Return "added Tue 24 Nov 14:02" for an addition, with why; nothing for other paragraphs."""
    if not is_addition(typed_at, note_locked_at):
        return f"entered late: {why}" if why else ""
    told = f"added {short_date(typed_at)} {typed_at[11:16]}"
    return f"{told}: {why}" if why else told


def say_late(work: Work, record: str, why: str) -> Changes:
    """Say why a note, or a paragraph added to a locked one, was entered late; "" takes it back.

    Raises:
        InvalidInputError: a paragraph that was there when its note was locked.

    """
    held = work.of_kind(record, *NOTE_KINDS, "paragraph")
    reason = why.strip() or None
    if held.kind == "paragraph":
        locked = locked_at(work.records.get(held.text("note")))
        if locked and not is_addition(held.text("typed_at"), locked):
            raise InvalidInputError(
                "This paragraph stood there when the note was locked; it stays as it is.", record
            )
        work.change(record, {"late_reason": reason})
    else:
        work.change(record, {"late_entry": True if reason else None, "late_reason": reason})
    return work.changes()


def set_voice(work: Work, paragraph: str, voice: str) -> Changes:
    """Say how many in a group a point was heard from; "" takes it back.

    Raises:
        InvalidInputError: its note is locked.

    """
    held = work.of_kind(paragraph, "paragraph")
    if locked_at(work.records.get(held.text("note"))):
        raise InvalidInputError(
            "This note is locked; what was said of its points stays.", paragraph
        )
    work.change(paragraph, {"voice": voice or None})
    return work.changes()
