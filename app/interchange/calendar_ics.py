"""Appointments as iCalendar (RFC 5545), which Outlook, Google and Apple calendars take in.

Every time it is written with the same ids and a higher sequence, so that taking it in again moves
entries instead of doubling them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.appointments import Appointment

ZONE: Final = "Europe/London"
_PRODUCT: Final = "-//Siteweek//Timetable//EN"
# RFC 5545, 3.8.7.4: a sequence is a whole number of 32 bits; seconds from here on fit until 2092.
_FIRST: Final = datetime(2024, 1, 1, tzinfo=UTC)


def ics_bytes(appointments: Iterable[Appointment], now: datetime) -> bytes:
    """Return a calendar of these appointments, written at that instant."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(_zone())
    for one in appointments:
        made.add_component(_event(one, now))
    return bytes(made.to_ical())


def _event(one: Appointment, now: datetime) -> Event:
    event = Event()
    event.add("uid", one.id)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", int((now - _FIRST).total_seconds()))
    event.add("summary", one.title)
    if one.start is None:
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
    else:
        zone = ZoneInfo(ZONE)
        event.add("dtstart", datetime.combine(one.day, one.start, zone))
        if one.end is not None:
            event.add("dtend", datetime.combine(one.day, one.end, zone))
    if one.place:
        event.add("location", one.place)
    event.add("status", "CANCELLED" if one.is_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _zone() -> Timezone:
    """Return the rule of the United Kingdom's clocks: The Summer Time Order 2002.

    As two rules and not as a list of days: Outlook reads no lists.
    """
    zone = Timezone()
    zone.add("tzid", ZONE)
    winter, summer = timedelta(0), timedelta(hours=1)
    for part, name, month, begins, before, after in (
        (TimezoneStandard(), "GMT", 10, datetime(1996, 10, 27, 2), summer, winter),  # noqa: DTZ001
        (TimezoneDaylight(), "BST", 3, datetime(1996, 3, 31, 1), winter, summer),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone
