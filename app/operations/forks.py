"""Two versions of the same words: who wrote which, and choosing one. The others are never lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.hybrid import instant
from app.domain.kinds.registry import KINDS
from app.domain.revisions import DELETED, canonical, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from app.domain.records import Record
    from app.domain.revisions import Dot, Json, Revision, State
    from app.operations.view import View


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a field and the revision that wrote it, the latest of those that did."""

    value: Json
    device: str
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Fork:
    """A field with two or more versions that nobody has chosen between, the same order on all."""

    record: str
    kind: str
    field: str
    label: str
    sides: tuple[Side, ...]


def forks(view: View, record: str = "") -> list[Fork]:
    """Return every fork of the inspection, or of one record.

    Raises:
        NotFoundError: nothing has that id.

    """
    found = [view.records.get(record)] if record else view.records.forked()
    return [fork for one in found for fork in _of_record(view, one)]


def _of_record(view: View, record: Record) -> list[Fork]:
    if not record.forks:
        return []
    revisions = view.records.counting(record.id)
    by_dot = {one.dot: one for one in revisions}
    state = merge(revisions)
    return [
        Fork(
            record.id,
            record.kind,
            name,
            _label(record.kind, name),
            tuple(_side(value, _writers(state, name, value), by_dot) for value in values),
        )
        for name, values in sorted(record.forks.items())
    ]


def _writers(state: State, name: str, value: Json) -> list[Dot]:
    """Return the revisions a version stands in; for one that was kept, those that never saw it go.

    An edit made apart from a deletion carries no word of it: its side is all that was edited.
    """
    own = state.fields[name].versions
    exact = [dot for dot, held in own.items() if canonical(held) == canonical(value)]
    if exact or name != DELETED:
        return exact
    deletion = state.fields[DELETED]
    edits = [dot for field in state.fields.values() for dot in field.versions]
    return [dot for dot in edits if deletion.seen.get(dot.device, 0) < dot.number] or edits


def _side(value: Json, writers: Iterable[Dot], by_dot: Mapping[Dot, Revision]) -> Side:
    latest = max((by_dot[dot] for dot in writers), key=lambda one: (one.at, one.dot))
    return Side(value, latest.dot.device, latest.dot.number, instant(latest.at))


def _label(kind: str, name: str) -> str:
    if name == DELETED:
        return "Deleted"
    known = KINDS.get(kind)
    field = known.by_name.get(name) if known is not None else None
    return name if field is None else field.label
