"""Dates as people read them in Britain."""

from __future__ import annotations

from datetime import date
from typing import Final

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def parse(iso: str) -> date | None:
    """Return the date in an ISO text, or None where there is none."""
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def long_date(iso: str) -> str:
    """Return "24 November 2026" for "2026-11-24"; other text as it is."""
    day = parse(iso)
    return iso if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(iso: str) -> str:
    """Return "Tue 24 Nov" for "2026-11-24"; other text as it is."""
    day = parse(iso)
    return iso if day is None else f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1][:3]}"
