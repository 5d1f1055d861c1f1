"""The team, its places and what was put aside, as rows and sentences to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.dates import short_date
from app.operations.sync.people import ROLE_NAMES
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.operations.sync.aside import Aside
    from app.operations.sync.courier import PlaceState
    from app.operations.sync.people import Laptop


def laptop_rows(laptops: Iterable[Laptop]) -> list[Row]:
    """Return the laptops as the list shows them, those no longer on the team under a heading."""
    rows: list[Row] = []
    told = False
    for one in laptops:
        if one.is_removed and not told:
            rows.append(Row("removed", "No longer on the team", is_heading=True))
            told = True
        badge = "this laptop" if one.is_own else ""
        rows.append(Row(one.device, one.who, f"{one.name} · {_holding(one)}", badge=badge))
    return rows


def _holding(one: Laptop) -> str:
    role = ROLE_NAMES.get(one.role, one.role)
    if one.is_removed or one.is_own:
        return role
    if one.last_heard is None or one.lacks is None:
        return f"{role} · not heard from yet"
    holds = "holds all of this" if one.lacks == 0 else f"lacked {_changes(one.lacks)}"
    unheard = " · has not heard of the newest change to the team" if one.unheard else ""
    return f"{role} · {holds} · last heard {_when(one.last_heard)}{unheard}"


def place_rows(states: Iterable[PlaceState]) -> list[Row]:
    """Return the places with how it goes there, in words."""
    return [Row(str(one.place.key), one.place.name, _going(one)) for one in states]


def _going(one: PlaceState) -> str:
    state = one.state
    if not one.place.is_on or not state.is_on:
        return "off"
    if state.is_busy:
        return "exchanging now"
    if state.problem:
        again = f"next try {state.next_try.astimezone():%H:%M:%S} · " if state.next_try else ""
        return f"{again}{state.problem}"
    return f"last exchanged {_when(state.last_good)}" if state.last_good else "not tried yet"


def aside_rows(found: Iterable[Aside]) -> list[Row]:
    """Return what arrived and was not taken in, each with its reason."""
    return [
        Row(one.name, f"From {one.who}", one.why, badge="you decide" if one.may_let_in else "")
        for one in found
    ]


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count:,} changes"


def _when(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone()
    return f"{short_date(local.date().isoformat())} {local:%H:%M}"
