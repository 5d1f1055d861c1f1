"""Dates and times as people in Britain type them, and as records keep them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DAY_MONTH_YEAR: Final = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s./-]+(\d{1,2}|[a-z]{3,9})[\s./-]+(\d{4})", re.IGNORECASE
)
_TIME: Final = re.compile(r"(\d{1,2})[:.h]?(\d{2})")


def date_typed(text: str) -> str:
    """Return "2026-11-24" for "24/11/2026" or "Tue 24 Nov 2026"; other text as it is."""
    found = _DAY_MONTH_YEAR.fullmatch(text.strip())
    if found is None:
        return text.strip()
    day, month, year = found.groups()
    number = int(month) if month.isdecimal() else _month(month)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return text.strip()


def time_typed(text: str) -> str:
    """Return "14:02" for "1402", "14.02" or "14:02", "09:05" for "9:05"; other text as it is."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return text.strip()
    return f"{int(found.group(1)):02d}:{found.group(2)}"


def _month(name: str) -> int:
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0
