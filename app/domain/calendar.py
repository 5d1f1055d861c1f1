"""Working days: the notice an area gets, the days of fieldwork, and the statement's deadline.

Bank holidays come from the caller as anything that answers ``in``, because which days are
holidays is data that changes from year to year. No function here asks what day it is today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Container

# Children Act 2004 (Joint Area Reviews) Regulations 2015: a written statement of proposed
# action is made within this many working days of receiving the report.
STATEMENT_WORKING_DAYS: Final = 70

DayConvention: TypeAlias = Literal["day 0", "day 1"]

_FIRST_WEEKEND_DAY: Final = 5
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LabelledDay:
    """One day of the notice or the fieldwork, and what to call it.

    ``number`` is None on a day that does not count: a weekend or a bank holiday.
    """

    day: date
    number: int | None
    label: str
    is_on_site: bool


def in_words(day: date) -> str:
    """Return a date as a letter prints it: 14 May 2022."""
    return f"{day.day} {day:%B} {day.year}"


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Whether it is Monday to Friday and no bank holiday."""
    return day.weekday() < _FIRST_WEEKEND_DAY and day not in holidays


def add_working_days(start: date, count: int, holidays: Container[date]) -> date:
    """Return the working day that is ``count`` working days after ``start``.

    ``start`` itself is not counted, so one working day after a Friday is the Monday. A negative
    count goes back; 0 returns ``start``, working day or not.

    Raises:
        OverflowError: where no calendar has such a day.

    """
    step = _ONE_DAY if count >= 0 else -_ONE_DAY
    day, left = start, abs(count)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Container[date]) -> int:
    """Return how many working days after ``start`` ``end`` is: ``start`` not counted, ``end`` is.

    Where ``end`` comes first, the same the other way round, below 0.
    """
    if end < start:
        return -working_days_between(end, start, holidays)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def day_number(
    notified_on: date, day: date, convention: DayConvention, holidays: Container[date]
) -> int | None:
    """Return a working day's number, where the day of notification is 0 or 1 by convention.

    None for a day before notification, a weekend or a bank holiday: these have no number.
    Local guides count notification as day 1 and have ten working days before fieldwork.
    """
    first = 1 if convention == "day 1" else 0
    if day == notified_on:
        return first
    if day < notified_on or not is_working_day(day, holidays):
        return None
    return first + working_days_between(notified_on, day, holidays)


def notice_timeline(
    notified_on: date,
    fieldwork: tuple[date, date],
    convention: DayConvention,
    holidays: Container[date],
) -> tuple[LabelledDay, ...]:
    """Return the days from notification to the last day on site, each with its label.

    Weekends are left out unless they are inside the fieldwork; bank holidays on weekdays are
    shown, without a number. Nothing is returned where notification follows the fieldwork.
    """
    first, last = fieldwork
    days = (notified_on + timedelta(days=number) for number in range((last - notified_on).days + 1))
    return tuple(
        LabelledDay(
            day,
            number := day_number(notified_on, day, convention, holidays),
            _label(number, _event(day, notified_on, first, last)),
            first <= day <= last,
        )
        for day in days
        if day.weekday() < _FIRST_WEEKEND_DAY or day >= first or day == notified_on
    )


def statement_deadline(received_or_published_on: date, holidays: Container[date]) -> date:
    """Return the last day for the written statement of proposed action.

    The law counts from receipt of the report; most letters count from publication. The caller
    says which by the date it gives.

    Raises:
        OverflowError: where no calendar has such a day.

    """
    return add_working_days(received_or_published_on, STATEMENT_WORKING_DAYS, holidays)


def weekend_or_holiday(day: date, holidays: Container[date] = ()) -> str:
    """Return in words why nobody works that day, or nothing where it is a working day."""
    if day.weekday() >= _FIRST_WEEKEND_DAY:
        return f"{in_words(day)} is a {day:%A}"
    if day in holidays:
        return f"{in_words(day)} is a bank holiday"
    return ""


def _event(day: date, notified_on: date, first: date, last: date) -> str:
    if day == notified_on:
        return "area notified"
    if day == first:
        return "first day on site"
    if day == last:
        return "last day on site"
    return "on site" if first < day < last else ""


def _label(number: int | None, event: str) -> str:
    counted = "not a working day" if number is None else f"day {number}"
    return f"{counted}: {event}" if event else counted
