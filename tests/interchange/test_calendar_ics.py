"""The calendar is read by the clocks of the United Kingdom, whatever else a program knows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from app.domain.appointments import Appointment
from app.interchange.calendar_ics import ZONE, ics_bytes

NOW = datetime(2026, 10, 12, 7, 30, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def entry(**given: object) -> Appointment:
    fields = {"id": "one@siteweek", "title": "Visit 1", "day": date(2026, 10, 13)}
    return Appointment(**{**fields, **given})


def read(*appointments: Appointment, now: datetime = NOW) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(ics_bytes(appointments, now))


@pytest.mark.parametrize("day", [date(2026, 10, 23), date(2026, 10, 26), date(2027, 3, 29)])
def test_a_time_is_the_one_on_the_clocks_there_on_that_day(day: date) -> None:
    (event,) = read(entry(day=day, start=time(9), end=time(10, 30))).events
    assert event.start == datetime.combine(day, time(9), LONDON)
    assert event.end == datetime.combine(day, time(10, 30), LONDON)
    assert event["dtstart"].params["tzid"] == ZONE


def test_its_own_rules_for_the_clocks_agree_with_the_laws_for_years() -> None:
    (zone,) = read(entry()).timezones
    rules = zone.to_tz(lookup_tzid=False)
    for days in range(0, 365 * 12, 5):
        at = datetime(2026, 1, 1, 12, 0) + timedelta(days=days)  # noqa: DTZ001 - a wall clock
        assert at.replace(tzinfo=rules).utcoffset() == at.replace(tzinfo=LONDON).utcoffset(), at


def test_it_holds_what_it_was_given_and_nothing_else() -> None:
    whole, begun, off = read(
        entry(),
        entry(start=time(9)),
        entry(start=time(9), end=time(10), is_off=True, place="School; hall, two\nSTATUS:X"),
    ).events
    assert (whole.start, whole.end) == (date(2026, 10, 13), date(2026, 10, 14))
    assert "dtend" not in begun
    assert "location" not in begun
    assert (str(off["status"]), str(whole["status"])) == ("CANCELLED", "CONFIRMED")
    assert str(off["location"]) == "School; hall, two\nSTATUS:X"
    assert {str(one["class"]) for one in (whole, begun, off)} == {"PRIVATE"}


def test_each_time_it_is_written_it_counts_as_newer_under_the_same_id() -> None:
    (first,) = read(entry()).events
    (second,) = read(entry(), now=NOW + timedelta(seconds=1)).events
    assert first["uid"] == second["uid"]
    assert first["sequence"] < second["sequence"] < 2**31
    (late,) = read(entry(), now=datetime(2090, 1, 1, tzinfo=UTC)).events
    assert late["sequence"] < 2**31
