"""The days of an inspection from notice to publication, their numbers, and what is due on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.calendar import (
    STATEMENT_WORKING_DAYS,
    DayConvention,
    add_working_days,
    day_number,
    in_words,
    is_working_day,
    statement_deadline,
    weekend_or_holiday,
)
from app.domain.dates import parse
from app.domain.kinds.planning import SLOT
from app.packs.bank_holidays import bank_holidays

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from app.operations.view import View

# Letters since 2022 settled there; it is what most did, and no rule.
USUAL_PUBLICATION: Final = 34
_LONGEST: Final = timedelta(days=120)  # a notice or a fieldwork beyond this is a slip of a year
_YEARS: Final = (2000, 2100)
_SATURDAY: Final = 5
_NAMES: Final = (
    ("notified_on", "Area notified"),
    ("fieldwork_from", "First day on site"),
    ("fieldwork_to", "Last day on site"),
    ("report_received_on", "Report received"),
    ("published_on", "Letter published"),
)


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of the line; ``number`` is None where it does not count."""

    day: str
    number: int | None
    is_on_site: bool
    marks: tuple[str, ...]
    is_gap_before: bool = False

    @property
    def label(self) -> str:
        """The day's number in words, or why it has none."""
        return "" if self.number is None else f"day {self.number}"


@dataclass(frozen=True, slots=True)
class PlanDays:
    """The line of days, and what is to be said about its dates."""

    days: tuple[PlanDay, ...] = ()
    sentences: tuple[str, ...] = ()
    is_dated: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """Today in the inspection: its number, and which day on site it is."""

    day: date
    number: int | None
    on_site: tuple[int, int] | None  # the third of five

    @property
    def words(self) -> str:
        """Return “Tuesday 13 October · day 11 · day 2 of 5 on site”."""
        parts = [f"{self.day:%A} {self.day.day} {self.day:%B}"]
        if self.number is not None:
            parts.append(f"day {self.number}")
        if self.on_site is not None:
            parts.append(f"day {self.on_site[0]} of {self.on_site[1]} on site")
        return " · ".join(parts)


def today(view: View) -> Today:
    """Return what day it is in the inspection."""
    held = view.inspection
    day = view.clock.now().astimezone().date()
    notified, first, last = (
        _day(held.text(name)) for name in ("notified_on", "fieldwork_from", "fieldwork_to")
    )
    holidays = bank_holidays({day.year, (notified or day).year})
    number, on_site = None, None
    # The days are counted while the inspection is on; in the months after they mean nothing.
    if notified is not None and notified <= day <= (last or day) and _is_near(notified, day):
        number = day_number(notified, day, _convention(held.text("day_convention")), holidays)
    if first is not None and last is not None and first <= day <= last and _is_near(first, last):
        whole = [one for one in _days(first, last) if is_working_day(one, holidays)]
        if day in whole:
            on_site = (whole.index(day) + 1, len(whole))
    return Today(day, number, on_site)


def last_evening(day: date) -> date:
    """Return the working day before a day."""
    return add_working_days(day, -1, bank_holidays({day.year - 1, day.year}))


def plan_days(view: View) -> PlanDays:
    """Return the line of days with what is due on each, and remarks on the dates."""
    held = view.inspection
    dates = {name: _day(held.text(name)) for name, _words in _NAMES}
    marks: dict[date, list[str]] = {}
    for name, words in _NAMES:
        day = dates[name]
        if day is not None:
            marks.setdefault(day, []).append(words)
    holidays = _holidays([day for day in dates.values() if day is not None])
    for day, words in _deadlines(view, dates, holidays):
        marks.setdefault(day, []).append(words)
    for one in view.records.of_kind("information_request"):
        due = _day(one.text("promised_for"))
        if due is not None and not one.text("received_at"):
            what = one.text("what") or one.text("title")
            marks.setdefault(due, []).append(f"Promised: {what}")
    shown = set(marks) | _counted(dates, holidays)
    shown |= {day for one in view.records.of_kind(SLOT) if (day := _day(one.text("date")))}
    return PlanDays(
        tuple(_line(sorted(shown), dates, marks, holidays, held.text("day_convention"))),
        tuple(_remarks(view, dates, holidays)),
        dates["notified_on"] is not None or dates["fieldwork_from"] is not None,
    )


def _line(
    shown: list[date],
    dates: dict[str, date | None],
    marks: dict[date, list[str]],
    holidays: Container[date],
    convention: str,
) -> Iterator[PlanDay]:
    notified, first, last = dates["notified_on"], dates["fieldwork_from"], dates["fieldwork_to"]
    before: date | None = None
    for day in shown:
        number = None
        if notified is not None and day <= (last or day) and _is_near(notified, day):
            number = day_number(notified, day, _convention(convention), holidays)
        on_site = first is not None and last is not None and first <= day <= last
        said = list(marks.get(day, ()))
        why = weekend_or_holiday(day, holidays)
        if why.endswith("bank holiday"):
            said.insert(0, "Bank holiday")
        is_gap = before is not None and any(
            is_working_day(one, holidays)
            for one in _days(before + timedelta(days=1), day - timedelta(days=1), most=7)
        )
        yield PlanDay(day.isoformat(), number, on_site, tuple(said), is_gap)
        before = day


def _counted(dates: dict[str, date | None], holidays: Container[date]) -> set[date]:
    """Return the working days from notice to the last day on site, where they make sense."""
    first = dates["notified_on"] or dates["fieldwork_from"]
    last = dates["fieldwork_to"] or dates["fieldwork_from"] or first
    if first is None or last is None or not _is_near(first, last):
        return set()
    days = set(_days(first, last))
    on_site = dates["fieldwork_from"]
    return {
        day
        for day in days
        if is_working_day(day, holidays) or day.weekday() < _SATURDAY or day == on_site
    }


def _deadlines(
    view: View, dates: dict[str, date | None], holidays: Container[date]
) -> Iterator[tuple[date, str]]:
    letter = _day(view.letter.text("date"))
    if letter is not None:
        yield letter, "Date of the letter"
    printed = _day(view.letter.text("deadline"))
    if printed is not None:
        yield printed, "Statement due, as the letter says"
    for name, words in (("report_received_on", "receipt"), ("published_on", "publication")):
        day = dates[name]
        if day is not None:
            yield statement_deadline(day, holidays), f"Statement due, counted from {words}"


def _remarks(view: View, dates: dict[str, date | None], holidays: Container[date]) -> Iterator[str]:
    notified, first, last = dates["notified_on"], dates["fieldwork_from"], dates["fieldwork_to"]
    if notified is not None and first is not None and not _is_near(notified, first):
        yield "The day of notification and the first day on site are far apart: look at the years."
    for name, words in _NAMES:
        day = dates[name]
        why = weekend_or_holiday(day, holidays) if day is not None else ""
        if why:
            yield f"{words}: {why}."
    printed = _day(view.letter.text("deadline"))
    counted: list[tuple[str, date]] = []
    for name, words in (("report_received_on", "receipt"), ("published_on", "publication")):
        day = dates[name]
        if day is not None:
            due = statement_deadline(day, holidays)
            counted.append((words, due))
            yield (
                f"Counted from {words}, {STATEMENT_WORKING_DAYS} working days end on "
                f"{due:%A} {in_words(due)}."
            )
    if printed is not None:
        why = weekend_or_holiday(printed, holidays)
        if why:
            yield f"The letter asks for the statement on a day nobody works: {why}."
        elif counted and printed not in {due for _words, due in counted}:
            yield f"The letter asks for the statement by {in_words(printed)}, which is neither."
    if last is not None and dates["published_on"] is None:
        usual = add_working_days(last, USUAL_PUBLICATION, _holidays([last]))
        yield (
            f"No day of publication yet. Most letters since 2022 came {USUAL_PUBLICATION} working "
            f"days after the fieldwork; here that would be {in_words(usual)}."
        )


def _day(iso: str) -> date | None:
    """Return a day that an inspection can be on: from a year far off nothing can be counted."""
    found = parse(iso)
    return found if found is not None and _YEARS[0] <= found.year <= _YEARS[1] else None


def _days(first: date, last: date, most: int = 400) -> list[date]:
    return [first + timedelta(days=n) for n in range(min(most, (last - first).days + 1))]


def _is_near(one: date, other: date) -> bool:
    return abs(other - one) <= _LONGEST


def _holidays(days: list[date]) -> Container[date]:
    return bank_holidays({day.year + n for day in days for n in (0, 1)})


def _convention(text: str) -> DayConvention:
    return "day 0" if text == "day 0" else "day 1"
