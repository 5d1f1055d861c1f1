"""Dates and times as people in Britain type them, and as records keep them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
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
_AHEAD: Final = re.compile(r"\+\s*(\d{1,4})\s*(?:(h)(?:ours?)?|min(?:utes?)?|m)?", re.IGNORECASE)
_NEAR: Final = {"": 0, "today": 0, "tomorrow": 1, "yesterday": -1}
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


def instant_typed(text: str, now: datetime) -> str:
    """Return the moment meant by "14:20", "tomorrow 12:00", "13 Oct 14:20", "now" or "+90".

    A time alone is of today, "+90" is in so many minutes, "+2h" in hours. Other text as it is.
    """
    words = text.strip()
    here = now.astimezone()
    if words.casefold() == "now":
        return here.isoformat(timespec="seconds")
    ahead = _AHEAD.fullmatch(words)
    if ahead is not None:
        unit = timedelta(hours=1) if ahead.group(2) else timedelta(minutes=1)
        return (here + int(ahead.group(1)) * unit).isoformat(timespec="seconds")
    day, _space, clock = words.rpartition(" ")
    on = _day_typed(day, here.date())
    at = time_typed(clock)
    try:
        meant = datetime.fromisoformat(f"{on}T{at}") if on and len(at) == len("14:20") else None
    except ValueError:
        meant = None
    return words if meant is None else meant.astimezone().isoformat(timespec="seconds")


def _day_typed(text: str, today: date) -> str:
    word = text.strip().casefold()
    if word in _NEAR:
        return (today + timedelta(days=_NEAR[word])).isoformat()
    typed = date_typed(text)
    if typed == text.strip():
        typed = date_typed(f"{text.strip()} {today.year}")
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        return ""
