"""Fields of a record being written in a form: kept as a draft, then saved as a whole.

Saving and putting the draft aside is one transaction, so no draft outlives the words it became.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.notes import keep_draft, list_drafts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work


def keep_fields(work: Work, record: str, kind: str, fields: Mapping[str, Json]) -> Changes:
    """Keep what stands in a form, encrypted on disk, without making a revision of it."""
    return keep_draft(work, record, kind, fields)


def save_fields(work: Work, record: str, fields: Mapping[str, Json]) -> Changes:
    """Save fields of a record; None clears one.

    Raises:
        NotFoundError: nothing has that id.
        InvalidInputError: an unfit field; nothing of it was saved.

    """
    work.change(record, fields)
    work.records.drop_draft(record)
    return work.changes(record)


def fields_kept(view: View, record: str) -> dict[str, Json]:
    """Return the fields of a record that are kept but not saved."""
    return next((dict(one.fields) for one in list_drafts(view) if one.record == record), {})


def keep_line(work: Work, owner: str, kind: str, words: str) -> Changes:
    """Keep what stands in the line under a record, which will be a part of it of this kind.

    Nothing in the line puts aside what was kept of it.
    """
    if words.strip():
        return keep_draft(work, _line_of(owner), kind, {"text": words})
    work.records.drop_draft(_line_of(owner))
    return work.changes()


def line_kept(view: View, owner: str) -> str:
    """Return what stood in the line under a record when the app last stopped."""
    words = fields_kept(view, _line_of(owner)).get("text")
    return words if isinstance(words, str) else ""


def _line_of(owner: str) -> str:
    return f"{owner}.line"
