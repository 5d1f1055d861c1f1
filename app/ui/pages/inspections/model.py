"""What the list of inspections shows, from what the profile tells of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.dates import short_date
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.operations.profile import InspectionRow

WAITING = {
    "admission": (
        "Waiting to be admitted",
        "When the admission comes, take it in here. Until then there is nothing to read.",
    ),
    "notes": (
        "Admitted to the team",
        "Open it, and choose on the Team page where its notes come from.",
    ),
}


def as_rows(inspections: Sequence[InspectionRow]) -> list[Row]:
    """Return the rows in groups: what is due, what is open, what waits, what is closed, the rest.

    Within a group the newest come first, as they were given.
    """
    groups: dict[str, list[Row]] = {
        "Past the day until which they were to be kept": [],
        "Open": [],
        "Waiting for the team": [],
        "Closed": [],
        "Can’t be opened": [],
    }
    for one in inspections:
        groups[_group(one)].append(as_row(one))
    filled = {name: rows for name, rows in groups.items() if rows}
    if set(filled) == {"Open"}:
        return filled["Open"]
    return [
        row
        for name, rows in filled.items()
        for row in (Row(f"heading {name}", name, is_heading=True), *rows)
    ]


def as_row(one: InspectionRow) -> Row:
    """Return the row of one inspection."""
    if one.waits_for and not one.problem:
        title, meta = WAITING[one.waits_for]
        return Row(one.id, title, meta)
    dates = " to ".join(short_date(day) for day in (one.fieldwork_from, one.fieldwork_to) if day)
    parts = (
        "Invented, to be tried" if one.is_invented else "",
        one.theme,
        f"{dates} {one.fieldwork_to[:4]}".strip(),
        f"closed {_day(one.closed_at[:10])}" if one.closed_at else "",
        _kept(one),
    )
    meta = one.problem or " · ".join(part for part in parts if part)
    return Row(one.id, name_of(one), meta, badge=one.marking)


def name_of(one: InspectionRow) -> str:
    """Return what an inspection is called where it is spoken of."""
    if one.waits_for:
        return WAITING[one.waits_for][0]
    return one.area or "An inspection without an area"


def _group(one: InspectionRow) -> str:
    if one.problem:
        return "Can’t be opened"
    if one.is_due:
        return "Past the day until which they were to be kept"
    if one.waits_for:
        return "Waiting for the team"
    return "Closed" if one.closed_at else "Open"


def _kept(one: InspectionRow) -> str:
    if not one.keep_until:
        return ""
    if one.is_due:
        return f"past its keep-until date, {_day(one.keep_until)}"
    return f"keep until {_day(one.keep_until)}"


def _day(day: str) -> str:
    return f"{short_date(day)} {day[:4]}"
