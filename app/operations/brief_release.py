"""Before the brief leaves: what in it has to be looked at, and the record of its leaving.

It is spoken from on Friday whatever stands open here: what nobody looked at is counted and kept
with the record, and stops nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.identifying import BRIEF, Passage
from app.errors import ClosedInspectionError
from app.operations.documents import write_brief
from app.operations.looking import Leaving, ReleaseSheet, answer_in, answered_in, releases_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.domain.changes import Changes
    from app.domain.identifying import Look
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.operations.work import Work
    from app.reports.write import Format
    from app.store.reader import Reader


def brief_release(view: View) -> ReleaseSheet:
    """Return everything to look at before the brief leaves, and every time that it left."""
    return ReleaseSheet(
        answered=tuple(answered_in(view.records, IN_BRIEF)),
        released=tuple(releases_of(view, BRIEF.name)),
        has_blocks=bool(view.records.of_kind("brief_point")),
    )


def answer_in_brief(work: Work, look: Look, answer: str) -> Changes:
    """Keep what somebody answered to a thing to look at; it takes the place of what stood there.

    Raises:
        InvalidInputError: nothing was written, or the brief no longer says so.

    """
    return answer_in(work, IN_BRIEF, look, answer)


def write_leaving_brief(
    inspection: Inspection, folder: Path, formats: Sequence[Format]
) -> list[Path]:
    """Write the brief, and record that it left and how much of it nobody had looked at.

    Raises:
        OutputError: a file could not be written; nothing is recorded.

    """
    paths = write_brief(inspection, folder, formats)
    try:
        inspection.do(record_brief, [one.name for one in paths])
    except ClosedInspectionError:
        return paths  # it takes no records any more, and its brief can be written all the same
    return paths


def record_brief(work: Work, files: Sequence[str]) -> Changes:
    """Record that the brief left as it stands."""
    found = answered_in(work.records, IN_BRIEF)
    unanswered = sum(not one.answer for one in found)
    fields: dict[str, Json] = {
        "paper": BRIEF.name,
        "at": work.now(),
        "by": work.me or None,
        "files": list(files),
        "looks": len(found) - unanswered,
        "unanswered": unanswered,
    }
    return work.changes(work.add("release", fields))


def _passages(reader: Reader) -> list[Passage]:
    """Return the words of points and of the meeting; what every brief reads out names nobody."""
    points = [
        Passage(one.id, _joined(one.text("text"), one.text("said_text")))
        for one in reader.of_kind("brief_point")
    ]
    return [*points, *(Passage(one.id, _meeting(one)) for one in reader.of_kind("brief"))]


def _meeting(brief: Record) -> str:
    fields = ("title", "place", "questions", "offered")
    return _joined(*(brief.text(one) for one in fields), *brief.texts("audience"))


def _joined(*words: str) -> str:
    return "\n\n".join(dict.fromkeys(one for one in words if one.strip()))


IN_BRIEF: Final = Leaving(BRIEF, _passages)
