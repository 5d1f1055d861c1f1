"""Revisions and the one merge rule. Pure values; no clock takes part in a merge.

A record's state is a join-semilattice: per field, the versions no other revision has seen,
and a vector of all that has been seen. Joining is commutative, associative and idempotent,
so any order, repetition or grouping of the same revisions ends in the same state. This is the
multi-value register with dotted version vectors (Preguiça and others, 2010).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Vector: TypeAlias = "Mapping[str, int]"


class Dot(NamedTuple):
    """Names one revision: the device that wrote it and its number there, from 1."""

    device: str
    number: int


# Deleting a record sets this field; an edit made apart from that is a fork like any other.
DELETED: Final = "deleted"


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable change to one record by one device.

    ``context`` holds, per device, the highest number of that device's revisions of *this*
    record that the writer had seen. ``at`` is the hybrid-clock time (see ``hybrid``); it is
    for display and order on screen alone.
    """

    dot: Dot
    record: str
    kind: str
    at: int
    fields: Mapping[str, Json]
    context: Vector = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldState:
    """What one field is worth: versions nobody has superseded, and what has been seen."""

    versions: Mapping[Dot, Json]
    seen: Vector

    def values(self) -> tuple[Json, ...]:
        """Return the different values left, the same order on every device.

        More than one is a fork. Equal values count once: they are no fork.
        """
        different: dict[str, Json] = {}
        for dot in sorted(self.versions):
            value = self.versions[dot]
            different.setdefault(canonical(value), value)
        return tuple(different.values())


@dataclass(frozen=True, slots=True)
class State:
    """What one record is worth after some set of its revisions."""

    fields: Mapping[str, FieldState] = field(default_factory=dict)

    def values(self) -> dict[str, Json]:
        """Return each field's first value: the one used where only one fits.

        A record that somebody edited without knowing of its deletion is shown, not deleted. Two
        who each claim to have seen the other's version leave none; then the field has no value.
        """
        found = ((name, one.values()) for name, one in self.fields.items())
        values = {name: versions[0] for name, versions in found if versions}
        if self._was_edited_apart():
            values[DELETED] = False
        return values

    def forks(self) -> dict[str, tuple[Json, ...]]:
        """Return the fields with two or more different values, all of them kept."""
        found = ((name, one.values()) for name, one in self.fields.items())
        forks = {name: values for name, values in found if len(values) > 1}
        if self._was_edited_apart():
            forks[DELETED] = (False, True)
        return forks

    def _was_edited_apart(self) -> bool:
        """Whether the record is deleted, and some version and the deletion never saw each other."""
        deletion = self.fields.get(DELETED)
        if deletion is None:
            return False
        deletions = [dot for dot, value in deletion.versions.items() if value is True]
        return any(
            _is_unseen(dot, deletion.seen) and _is_unseen(deleted, one.seen) and dot != deleted
            for deleted in deletions
            for name, one in self.fields.items()
            if name != DELETED
            for dot in one.versions
        )


def of_revision(revision: Revision) -> State:
    """Return the state a single revision makes on its own."""
    return State(
        {
            name: FieldState({revision.dot: value}, revision.context)
            for name, value in revision.fields.items()
        }
    )


def join(left: State, right: State) -> State:
    """Return what both states together are worth."""
    fields = dict(left.fields)
    for name, theirs in right.fields.items():
        ours = fields.get(name)
        fields[name] = theirs if ours is None else _join_field(ours, theirs)
    return State(fields)


def merge(revisions: Iterable[Revision]) -> State:
    """Return the state of one record from its revisions, in any order."""
    return reduce(join, map(of_revision, revisions), State())


def context_of(revisions: Iterable[Revision]) -> dict[str, int]:
    """Return the context of a revision written by someone who has seen all of these."""
    seen: dict[str, int] = {}
    for revision in revisions:
        device, number = revision.dot
        seen[device] = max(number, seen.get(device, 0))
    return seen


# Made once: half the time of writing a short text went into making the writer. What is written is
# data that was read, so it holds no circle to look out for.
_CANONICAL: Final = json.JSONEncoder(
    ensure_ascii=False,
    sort_keys=True,
    separators=(",", ":"),
    allow_nan=False,
    check_circular=False,
)


def canonical(value: object) -> str:
    """Return the one JSON text of a value: sorted members, no spaces, text as it is.

    Raises:
        ValueError: for NaN and infinities, which JSON has no word for.

    """
    return _CANONICAL.encode(value)


def _is_unseen(dot: Dot, seen: Vector) -> bool:
    return seen.get(dot.device, 0) < dot.number


def _join_field(left: FieldState, right: FieldState) -> FieldState:
    seen = dict(left.seen)
    for device, number in right.seen.items():
        seen[device] = max(number, seen.get(device, 0))
    both = {**left.versions, **right.versions}
    kept = {dot: value for dot, value in both.items() if _is_unseen(dot, seen)}
    return FieldState(kept, seen)
