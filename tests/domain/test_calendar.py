"""Working days, against days that real inspections printed and the law they follow."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import (
    add_working_days,
    day_number,
    in_words,
    is_working_day,
    notice_timeline,
    statement_deadline,
    weekend_or_holiday,
    working_days_between,
)

ENGLAND = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2015, 2028)))
DAYS = st.dates(date(2015, 6, 1), date(2026, 6, 1))


def test_haringey_was_on_site_on_days_10_to_14() -> None:
    notified = date(2017, 11, 21)
    assert day_number(notified, notified, "day 1", ENGLAND) == 1
    assert day_number(notified, date(2017, 12, 4), "day 1", ENGLAND) == 10
    assert day_number(notified, date(2017, 12, 8), "day 1", ENGLAND) == 14
    assert day_number(notified, date(2017, 12, 4), "day 0", ENGLAND) == 9


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2017, 12, 8), date(2018, 1, 3), 15),
        (date(2018, 1, 3), date(2018, 1, 16), 9),
        (date(2017, 12, 8), date(2018, 1, 26), 32),
        (date(2017, 12, 8), date(2018, 1, 30), 34),
        (date(2016, 2, 26), date(2016, 4, 5), 25),
        (date(2022, 1, 14), date(2022, 2, 21), 26),
        (date(2022, 2, 21), date(2022, 5, 30), 67),
    ],
)
def test_working_days_agree_with_published_runs(start: date, end: date, days: int) -> None:
    assert working_days_between(start, end, ENGLAND) == days


@pytest.mark.parametrize(
    ("published", "due"),
    [
        (date(2018, 1, 30), date(2018, 5, 11)),
        (date(2016, 4, 5), date(2016, 7, 14)),
        (date(2025, 3, 13), date(2025, 6, 25)),
    ],
)
def test_statement_is_due_70_working_days_later(published: date, due: date) -> None:
    assert statement_deadline(published, ENGLAND) == due


def test_days_without_work_are_named_in_words() -> None:
    assert weekend_or_holiday(date(2022, 5, 14)) == "14 May 2022 is a Saturday"
    assert weekend_or_holiday(date(2016, 8, 29), ENGLAND) == "29 August 2016 is a bank holiday"
    assert weekend_or_holiday(date(2022, 5, 13), ENGLAND) == ""
    assert in_words(date(2016, 4, 5)) == "5 April 2016"


def test_days_that_do_not_count_have_no_number() -> None:
    notified = date(2017, 11, 21)
    assert day_number(notified, date(2017, 11, 20), "day 1", ENGLAND) is None
    assert day_number(notified, date(2017, 11, 25), "day 1", ENGLAND) is None
    assert day_number(notified, date(2017, 12, 25), "day 1", ENGLAND) is None


def test_timeline_runs_from_notification_to_the_last_day_on_site() -> None:
    week = (date(2017, 12, 4), date(2017, 12, 8))
    days = notice_timeline(date(2017, 11, 21), week, "day 1", ENGLAND)
    assert [day.number for day in days] == list(range(1, 15))
    assert days[0].label == "day 1: area notified"
    assert days[1].label == "day 2"
    assert days[9].label == "day 10: first day on site"
    assert days[10].label == "day 11: on site"
    assert days[-1].label == "day 14: last day on site"
    assert [day.is_on_site for day in days] == [False] * 9 + [True] * 5


def test_timeline_shows_holidays_and_a_saturday_printed_as_fieldwork() -> None:
    days = notice_timeline(
        date(2016, 3, 24), (date(2016, 3, 29), date(2016, 4, 2)), "day 0", ENGLAND
    )
    labels = {day.day: day.label for day in days}
    assert labels[date(2016, 3, 25)] == "not a working day"
    assert date(2016, 3, 26) not in labels
    assert labels[date(2016, 4, 2)] == "not a working day: last day on site"
    assert notice_timeline(date(2017, 1, 1), (date(2016, 1, 1),) * 2, "day 1", ENGLAND) == ()


def test_no_calendar_no_answer() -> None:
    with pytest.raises(OverflowError):
        statement_deadline(date.max, ENGLAND)


@given(start=DAYS, count=st.integers(1, 120))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    end = add_working_days(start, count, ENGLAND)
    assert is_working_day(end, ENGLAND)
    assert working_days_between(start, end, ENGLAND) == count
    back = add_working_days(end, -count, ENGLAND)
    assert working_days_between(back, end, ENGLAND) == count


@given(start=DAYS, days=st.integers(-200, 200), split=st.integers(-200, 200))
def test_counts_add_up_whatever_day_lies_between(start: date, days: int, split: int) -> None:
    end, middle = start + timedelta(days=days), start + timedelta(days=split)
    parts = working_days_between(start, middle, ENGLAND)
    parts += working_days_between(middle, end, ENGLAND)
    assert parts == working_days_between(start, end, ENGLAND)
