"""What does not fit in a timetable: a person twice, no time to travel, a child seen twice.

Nothing here is forbidden: a lead may have a reason. It is said in words beside the slots.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TRAVEL_MINUTES: Final = 30  # between two places, where nobody said how far apart they are
CALLED_OFF: Final = "called off"
_MINUTES: Final = 60
_TIME_LENGTH: Final = len("14:02")


@dataclass(frozen=True, slots=True)
class Planned:
    """One slot as it is weighed; ``name`` is how people call whoever goes, ``child`` a code."""

    id: str
    who: str
    name: str
    day: str
    start: str
    end: str
    place: str
    child: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Two slots that do not fit together, and why."""

    first: str
    second: str
    sentence: str


def misfits(slots: Iterable[Planned]) -> tuple[Misfit, ...]:
    """Return what does not fit, in the order of days and times."""
    timed = [one for one in slots if _minutes(one.start) is not None and one.status != CALLED_OFF]
    timed.sort(key=lambda one: (one.day, one.start, one.id))
    found: list[Misfit] = []
    for _day, of_day in groupby(timed, key=lambda one: one.day):
        listed = list(of_day)
        for place, one in enumerate(listed):
            for other in listed[place + 1 :]:
                found += _pair(one, other)
    return tuple(found)


def span_words(start: str, end: str) -> str:
    """Return “09:00–10:30”, or the start alone."""
    return "–".join(part for part in (start, end) if part)


def _pair(one: Planned, other: Planned) -> Iterator[Misfit]:
    overlap = _overlap(one, other)
    if one.who and one.who == other.who:
        if overlap:
            yield Misfit(one.id, other.id, f"{one.name} is planned twice at {other.start}.")
        elif (gap := _gap(one, other)) is not None and gap < TRAVEL_MINUTES and _apart(one, other):
            left = f"{gap} minutes" if gap else "No time"
            yield Misfit(
                one.id, other.id, f"{left} for {one.name} from {one.place} to {other.place}."
            )
    elif overlap and one.child and one.child == other.child:
        yield Misfit(
            one.id,
            other.id,
            f"{one.child} is planned with {one.name or 'nobody'} and "
            f"{other.name or 'nobody'} at {other.start}.",
        )


def _overlap(one: Planned, other: Planned) -> bool:
    """Whether they stand at the same time; without an end a slot is its beginning alone."""
    if one.start == other.start:
        return True
    return (one.end or one.start) > other.start and (other.end or other.start) > one.start


def _gap(one: Planned, other: Planned) -> int | None:
    ends, begins = _minutes(one.end), _minutes(other.start)
    return None if ends is None or begins is None else begins - ends


def _apart(one: Planned, other: Planned) -> bool:
    here, there = one.place.strip().casefold(), other.place.strip().casefold()
    return bool(here and there) and here != there


def _minutes(time: str) -> int | None:
    hours, colon, minutes = time.partition(":")
    if len(time) != _TIME_LENGTH or not colon or not (hours + minutes).isdecimal():
        return None
    return int(hours) * _MINUTES + int(minutes)
