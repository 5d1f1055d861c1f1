"""Subgroup tasks: planned across inspectorates, reported in a few points, closed on evidence.

A task closes when something it reports rests on evidence, or when somebody says why not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.records import Record, read
from app.errors import InvalidInputError
from app.operations import records
from app.operations.findings import add_finding, link_evidence
from app.operations.grounds import require_grounds
from app.operations.notes import Paragraph, add_note
from app.operations.support import Piece, pieces_under
from app.operations.typed_fields import fields_kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

KIND: Final = "subgroup_task"
POINT: Final = "task_point"
UNNAMED: Final = "New task"  # until its first words take the place of these
FEWEST_POINTS: Final = 3
MOST_POINTS: Final = 7
_DONE: Final = frozenset({"finished", "locked"})


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as a list shows it."""

    id: str
    title: str
    day: str
    start: str
    lead: str
    inspectorates: tuple[str, ...]
    points: int
    is_ready: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A point that a subgroup reports, with the evidence under it."""

    id: str
    text: str
    finding: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A whole task: its record, words kept but not saved, its points and the notes in it."""

    record: Record
    draft: Mapping[str, Json]
    points: tuple[Point, ...]
    paragraphs: tuple[Paragraph, ...]
    inspectorates: tuple[str, ...]

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        return is_closed(self.record)

    @property
    def rests_on(self) -> int:
        """How many of its points rest on evidence."""
        return sum(bool(one.pieces) for one in self.points)


def add_task(work: Work, title: str, fields: Mapping[str, Json] | None = None) -> Changes:
    """Begin a task, for today unless another day is given, led by who begins it."""
    if not title.strip():
        raise InvalidInputError("Write what the task is to find out.", "aspect")
    given: dict[str, Json] = {"title": title, "aspect": title}
    if work.me:
        given |= {"task_lead": work.me, "members": [work.me]}
    return add_note(work, KIND, {**given, **(fields or {})})


def add_task_point(work: Work, task: str, text: str) -> Changes:
    """Add a point the subgroup reports, last of its task.

    Raises:
        InvalidInputError: no words, or not a task.

    """
    if not text.strip():
        raise InvalidInputError("Write what was found.", "text")
    work.of_kind(task, KIND)
    fields: dict[str, Json] = {"task": task, "text": text, "at": work.now()}
    if work.me:
        fields["author"] = work.me
    return records.add(work, POINT, fields)


def reword_task_point(work: Work, point: str, text: str) -> Changes:
    """Change the words of a reported point."""
    work.of_kind(point, POINT)
    if not text.strip():
        raise InvalidInputError("A point needs words; the ones saved before are kept.", "text")
    work.change(point, {"text": text})
    return work.changes()


def make_finding(work: Work, point: str) -> Changes:
    """Make a finding of a reported point, with its evidence, or return the one it became.

    Raises:
        InvalidInputError: not a point.

    """
    held = work.of_kind(point, POINT)
    became = work.records.find(held.text("finding"))
    if became is not None and not became.is_deleted:
        return work.changes(became.id)
    task = work.records.get(held.text("task"))
    fields: dict[str, Json] = {"criteria": list(task.texts("criteria"))}
    if task.text("task_lead"):
        fields["lead"] = task.text("task_lead")
    finding = add_finding(work, held.text("text"), fields).made
    for one in work.records.parts_of(point, "evidence"):
        link_evidence(work, finding, one.text("paragraph"), one.text("direction"), one.text("code"))
    work.change(point, {"finding": finding})
    return work.changes(finding)


def close_task(work: Work, task: str, why: str = "") -> Changes:
    """Close a task.

    Raises:
        InvalidInputError: nothing it reports rests on evidence, and no reason is given.

    """
    held = work.of_kind(task, KIND)
    require_grounds(work, task, why)
    now = work.now()
    fields: dict[str, Json] = {"closed_at": now, "status": "finished", "finished_at": now}
    fields |= {"closed_by": work.me or None, "close_reason": why.strip() or None}
    fields["end"] = held.text("end") or now[11:16]
    work.change(task, fields)
    return work.changes()


def reopen_task(work: Work, task: str) -> Changes:
    """Open a closed task again."""
    work.of_kind(task, KIND)
    cleared = ("closed_at", "closed_by", "close_reason", "finished_at")
    work.change(task, {"status": "jotting", **dict.fromkeys(cleared)})
    return work.changes()


def is_closed(task: Record) -> bool:
    """Whether a task was closed, here or where it was brought from."""
    return bool(task.text("closed_at")) or task.text("status") in _DONE


def list_tasks(view: View) -> list[TaskRow]:
    """Return every task, by day and time."""
    people = {one.id: one for one in view.records.of_kind("person")}
    names = _inspectorates(view)
    points = view.records.part_counts(POINT)
    rows = [
        TaskRow(
            one.id,
            one.text("aspect") or one.text("title"),
            one.text("date"),
            one.text("start"),
            _initials(people.get(one.text("task_lead"))),
            _across(one, people, names),
            points.get(one.id, 0),
            one.flag("ready_to_report"),
            is_closed(one),
        )
        for one in view.records.of_kind(KIND)
    ]
    return sorted(rows, key=lambda row: (row.day, row.start, row.title, row.id))


def read_task(view: View, task: str) -> Task:
    """Return a task for its page.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(task)
    points = view.records.parts_of(task, POINT)
    under: dict[str, list[Piece]] = {}
    for piece in pieces_under(view, [one.id for one in points]):
        under.setdefault(piece.supports, []).append(piece)
    people = {one.id: one for one in view.records.of_kind("person")}
    return Task(
        held,
        fields_kept(view, task),
        tuple(
            Point(one.id, one.text("text"), one.text("finding"), tuple(under.get(one.id, ())))
            for one in points
        ),
        tuple(read(Paragraph, one) for one in view.records.parts_of(task, "paragraph")),
        _across(held, people, _inspectorates(view)),
    )


def _inspectorates(view: View) -> dict[str, str]:
    return {
        one.id: one.text("short_name") or one.text("name")
        for one in view.records.of_kind("inspectorate")
    }


def _across(
    task: Record, people: Mapping[str, Record], names: Mapping[str, str]
) -> tuple[str, ...]:
    members = [people[one] for one in task.texts("members") if one in people]
    found = (names.get(one.text("inspectorate"), "") for one in members)
    return tuple(dict.fromkeys(one for one in found if one))


def _initials(person: Record | None) -> str:
    return (person.text("initials") or person.text("role")) if person is not None else ""
