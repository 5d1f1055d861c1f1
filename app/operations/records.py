"""The verbs every kind of record shares: add, change, delete, restore, move, settle a fork."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.domain.kinds.registry import KINDS
from app.domain.order import between, spread
from app.domain.revisions import DELETED
from app.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.work import Work


def add(work: Work, kind: str, fields: Mapping[str, Json]) -> Changes:
    """Add a record, last among its siblings where they have an order.

    Raises:
        InvalidInputError: an unknown kind, an unfit field, a reference to nothing.

    """
    known = KINDS.get(kind)
    placed = dict(fields)
    if known is not None and "position" in known.by_name and "position" not in placed:
        owner = placed.get(known.owner) if known.owner else None
        placed["position"] = last_place(work, kind, owner if isinstance(owner, str) else "")
    return work.changes(work.add(kind, placed))


def change(work: Work, record: str, fields: Mapping[str, Json]) -> Changes:
    """Set fields of a record; None clears one.

    Raises:
        NotFoundError: nothing has that id.
        InvalidInputError: an unfit field, a reference to nothing.

    """
    work.change(record, fields)
    return work.changes()


def delete(work: Work, record: str) -> Changes:
    """Mark a record deleted. What is part of it is shown no more, and comes back with it."""
    work.delete(record)
    return work.changes()


def restore(work: Work, record: str) -> Changes:
    """Bring a deleted record back as it was."""
    work.change(record, {DELETED: None})
    return work.changes()


def choose(work: Work, record: str, field: str, version: int) -> Changes:
    """Settle a fork by choosing one of its versions; the others stay in the history.

    Raises:
        InvalidInputError: the field has no such version.

    """
    held = work.records.get(record)
    versions = held.forks.get(field, ())
    if not 0 <= version < len(versions):
        raise InvalidInputError(f"There is no version {version + 1} of “{field}” to choose.", field)
    work.change(record, {field: versions[version]})
    return work.changes()


def move(work: Work, record: str, after: str | None) -> Changes:
    """Place a record straight after a sibling, or first where ``after`` is None."""
    held = work.records.get(record)
    siblings = work.records.places(_owner(held.kind, held.fields), held.kind)
    others = [one for one in siblings if one[0] != record]
    ids = [one[0] for one in others]
    if after is not None and after not in ids:
        raise InvalidInputError(f"{after} is not beside {record}.", after)
    index = 0 if after is None else ids.index(after) + 1
    work.change(record, {"position": open_place(work, others, index)})
    return work.changes()


def move_beside(work: Work, record: str, other: str, *, behind: bool) -> Changes:
    """Place a record straight before or behind a sibling.

    Raises:
        InvalidInputError: the other is no sibling of it.

    """
    held = work.records.get(record)
    siblings = work.records.places(_owner(held.kind, held.fields), held.kind)
    ids = [one for one, _place in siblings if one != record]
    if other not in ids:
        raise InvalidInputError(f"{other} is not beside {record}.", other)
    at = ids.index(other) + behind
    return move(work, record, ids[at - 1] if at else None)


def open_place(work: Work, siblings: Sequence[tuple[str, str]], index: int) -> str:
    """Return a place at ``index`` among siblings, given as id and place in their order.

    Where an import left siblings without places, or with places between which nothing fits,
    all of them get new ones first, in the order they stand in.
    """
    places = [place for _id, place in siblings]
    if all(places):
        with suppress(ValueError):
            return place_at(places, index)
    fresh = spread(len(siblings))
    for (one, _place), place in zip(siblings, fresh, strict=True):
        work.change(one, {"position": place})
    return place_at(fresh, index)


def place_at(places: Sequence[str], index: int) -> str:
    """Return a place at ``index`` among siblings' places, which are in order.

    Two laptops can have chosen the same place: the next different one bounds it then.
    """
    left = next((place for place in reversed(places[:index]) if place), None)
    right = next((place for place in places[index:] if place > (left or "")), None)
    return between(left, right)


def last_place(work: Work, kind: str, owner: str) -> str:
    """Return a place after every sibling of a kind under an owner."""
    places = [place for _id, place in work.records.places(owner, kind) if place]
    return between(max(places, default=None), None)


def _owner(kind: str, fields: Mapping[str, Json]) -> str:
    name = KINDS[kind].owner if kind in KINDS else ""
    owner = fields.get(name) if name else None
    return owner if isinstance(owner, str) else ""
