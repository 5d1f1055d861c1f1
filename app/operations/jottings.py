"""Words caught in passing: kept as a jotting at once, and filed as a note of a kind later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.kinds.registry import NOTE_KINDS
from app.errors import InvalidInputError
from app.operations.notes import add_note
from app.operations.typed_notes import Typed, save_note

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.work import Work

JOTTING: Final = "jotting"


def jot(work: Work, note: str, paragraph: str, words: str) -> Changes:
    """Keep words as a jotting of one paragraph; the ids are fresh the first time.

    Asked again with other words it changes them; with none, before anything was kept, nothing.
    """
    if work.records.find(note) is None:
        if not words.strip():
            return work.changes()
        now = work.now()
        fields: dict[str, Json] = {"date": now[:10], "start": now[11:16], "status": "jotting"}
        if work.me:
            fields["author"] = work.me
        work.add(JOTTING, fields, note)
    save_note(work, note, [Typed(paragraph, "evidence", words)])
    return work.changes(note)


def file_jotting(work: Work, jotting: str, kind: str) -> Changes:
    """Make a jotting a note of another kind: its paragraphs go there, with times and codes.

    The jotting itself is deleted; it can be restored, empty.

    Raises:
        InvalidInputError: it is no jotting, is locked, or there is no such kind of note.

    """
    held = work.of_kind(jotting, JOTTING)
    if kind not in NOTE_KINDS or kind == JOTTING:
        raise InvalidInputError(f"A jotting can't be filed as {kind!r}.", kind)
    if held.text("status") == "locked":
        raise InvalidInputError("This note is locked; it stays where it is.", jotting)
    header = {
        name: value
        for name, value in held.fields.items()
        if value is not None and name != "deleted"
    }
    made = add_note(work, kind, header).made
    for one in work.records.parts_of(jotting, "paragraph"):
        work.change(one.id, {"note": made})
    work.delete(jotting)
    return work.changes(made)
