"""What a record was before: every revision of it, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.hybrid import instant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work


@dataclass(frozen=True, slots=True)
class Version:
    """One revision of a record: where and when it was made, and the fields it set."""

    device: str
    number: int
    at: datetime
    fields: Mapping[str, Json]


def history_of(view: View, record: str) -> list[Version]:
    """Return every revision of a record, oldest arrival first."""
    return [
        Version(one.dot.device, one.dot.number, instant(one.at), one.fields)
        for one in view.records.history(record)
    ]


def go_back(work: Work, record: str, version: Version) -> Changes:
    """Set a record's fields to what one of its revisions set, as a new revision."""
    work.change(record, version.fields)
    return work.changes()
