"""The list of notes as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.kinds.registry import label_of
from app.domain.tables import Table
from app.operations.notes import list_notes
from app.operations.tables.cells import as_shown, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.operations.view import View

_HEADINGS: Final = (
    *("Day", "Time", "Reference", "Kind", "Note", "With whom", "Stands", "Paragraphs"),
    *("Written by", "Remark"),
)
_STANDS: Final = {"jotting": "unfinished"}


def notes_table(view: View, shown: Sequence[str]) -> Table:
    """Return the notes shown; the words in them stay where they are."""
    return Table(
        "Notes",
        _HEADINGS,
        tuple(
            (
                day(one.date),
                one.start,
                one.ref,
                label_of(one.kind),
                one.title or one.who or one.begins,
                one.who,
                _STANDS.get(one.status, one.status),
                one.paragraphs,
                one.author,
                "two versions" if one.is_forked else "",
            )
            for one in as_shown(list_notes(view), shown)
        ),
    )
