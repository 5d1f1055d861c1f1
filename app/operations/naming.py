"""What a note is called where it stands in a list: its title, or the words it begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.kinds.registry import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.records import Record
    from app.operations.view import View


def named(note: Record) -> str:
    """Return what a note's own fields call it; nothing if they don't."""
    fields = (note.text(one) for one in ("aspect", "title", "what", "who", "profession"))
    return next((one for one in fields if one), "")


def note_names(view: View, notes: Iterable[Record]) -> dict[str, str]:
    """Return how each of some notes is called, in one question for those that nothing names."""
    held = list(notes)
    nameless = [one.id for one in held if not named(one)]
    begins = view.records.beginnings(nameless, "paragraph")
    return {one.id: named(one) or begins.get(one.id) or label_of(one.kind) for one in held}
