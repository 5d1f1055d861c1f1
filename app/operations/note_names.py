"""The names beside a note: who wrote it, about which agency, and what its form can choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.operations.work import ME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.records import Record
    from app.operations.view import View


@dataclass(frozen=True, slots=True)
class Named:
    """``me`` is the person who uses this laptop; ``by_kind`` maps kinds to names by id."""

    me: str
    author: str
    agency: str
    by_kind: Mapping[str, Mapping[str, str]]


def names_for_header(view: View, note: str) -> Named:
    """Return the names that a note's header and its form show.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(note)
    by_kind = {
        kind: {one.id: _name(one) for one in view.records.of_kind(kind)}
        for kind in ("person", "agency", "child", "finding", "line_of_enquiry")
    }
    return Named(
        view.records.recall(ME),
        by_kind["person"].get(held.text("author"), ""),
        by_kind["agency"].get(held.text("agency"), ""),
        by_kind,
    )


def _name(one: Record) -> str:
    for field in ("name", "role", "code", "statement", "title", "question"):
        if one.text(field):
            return one.text(field)
    return one.id
