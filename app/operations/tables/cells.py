"""Values of records as cells: days as days, moments to the minute, and rows in a given order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from app.domain.dates import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.tables import Cell


class _Keyed(Protocol):
    @property
    def id(self) -> str: ...


Keyed = TypeVar("Keyed", bound=_Keyed)


def day(iso: str) -> Cell:
    """Return the day in an ISO text; other text, and nothing, as it is."""
    found = parse(iso)
    return iso if found is None else found


def moment(iso: str) -> str:
    """Return “2026-11-24 14:02” for an instant as records keep it, on its writer's clock."""
    return iso[:16].replace("T", " ") if parse(iso) is not None else iso


def yes(is_so: bool) -> str:  # noqa: FBT001 - the fact itself
    """Return “yes”, or nothing."""
    return "yes" if is_so else ""


def as_shown(rows: Iterable[Keyed], shown: Iterable[str]) -> list[Keyed]:
    """Return the rows that are shown, in that order; what has gone meanwhile is left out."""
    by_key = {one.id: one for one in rows}
    return [by_key[key] for key in shown if key in by_key]
