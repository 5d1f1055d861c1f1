from __future__ import annotations

from datetime import date

import pytest

from app.operations import records
from app.operations.plan_days import last_evening, plan_days
from app.operations.requests import save_request
from app.operations.team import describe_inspection
from app.operations.timetable import add_slot
from app.operations.work import new_id

# A run as Haringey had it.
DATES = {
    "notified_on": "2017-11-21",
    "day_convention": "day 1",
    "fieldwork_from": "2017-12-04",
    "fieldwork_to": "2017-12-08",
    "published_on": "2018-01-30",
}


@pytest.fixture
def described(inspection):
    inspection.do(describe_inspection, DATES)
    return inspection


def by_day(inspection) -> dict[str, object]:
    return {one.day: one for one in inspection.ask(plan_days).days}


def test_days_are_numbered_from_notice_to_the_last_day_on_site(described) -> None:
    days = by_day(described)
    assert days["2017-11-21"].label == "day 1"
    assert (days["2017-12-04"].label, days["2017-12-08"].label) == ("day 10", "day 14")
    assert days["2017-12-04"].is_on_site
    assert "2017-11-25" not in days  # a Saturday of the notice
    assert days["2018-01-30"].label == ""


def test_day_0_shifts_every_number(described) -> None:
    described.do(describe_inspection, {"day_convention": "day 0"})
    assert by_day(described)["2017-12-04"].label == "day 9"


def test_the_statement_is_counted_from_receipt_and_from_publication(described) -> None:
    described.do(describe_inspection, {"report_received_on": "2018-01-26"})
    days = by_day(described)
    assert days["2018-05-11"].marks == ("Statement due, counted from publication",)
    assert days["2018-05-09"].marks == ("Statement due, counted from receipt",)
    told = " ".join(described.ask(plan_days).sentences)
    assert "Counted from publication, 70 working days end on Friday 11 May 2018." in told


def test_a_deadline_on_a_weekend_is_said(described) -> None:
    described.do(records.add, "letter", {"deadline": "2018-05-12"})
    told = " ".join(described.ask(plan_days).sentences)
    assert "on a day nobody works: 12 May 2018 is a Saturday." in told


def test_a_deadline_that_is_neither_count_is_said(described) -> None:
    described.do(records.add, "letter", {"deadline": "2018-05-10"})
    assert "which is neither" in " ".join(described.ask(plan_days).sentences)


def test_a_bank_holiday_is_shown_without_a_number(inspection) -> None:
    dates = {"notified_on": "2026-08-25", "fieldwork_from": "2026-09-07"}
    inspection.do(describe_inspection, {**dates, "fieldwork_to": "2026-09-11"})
    day = by_day(inspection)["2026-08-31"]
    assert (day.label, day.marks) == ("", ("Bank holiday",))


def test_promises_and_slots_hang_from_the_line(described) -> None:
    described.do(save_request, new_id(), {"what": "Audits", "promised_for": "2017-12-01"})
    described.do(add_slot, {"date": "2017-12-09"})
    days = by_day(described)
    assert days["2017-12-01"].marks == ("Promised: Audits",)
    assert "2017-12-09" in days


@pytest.mark.parametrize(
    "dates",
    [
        {},
        {"notified_on": "0001-01-01", "fieldwork_to": "9999-12-31"},
        {"notified_on": "2016-11-21", "fieldwork_from": "2017-12-04"},
        {"fieldwork_from": "2017-12-04", "fieldwork_to": "2017-11-04"},
        {"published_on": "2100-12-31"},
    ],
)
def test_strange_dates_make_a_short_line(inspection, dates) -> None:
    inspection.do(describe_inspection, {"area": "X", **dates})
    assert len(inspection.ask(plan_days).days) < 10


def test_years_far_apart_are_said(inspection) -> None:
    dates = {"notified_on": "2016-11-21", "fieldwork_from": "2017-12-04"}
    inspection.do(describe_inspection, dates)
    assert "look at the years" in inspection.ask(plan_days).sentences[0]


def test_the_usual_day_of_publication_is_only_said(inspection) -> None:
    inspection.do(describe_inspection, {k: v for k, v in DATES.items() if k != "published_on"})
    (told,) = inspection.ask(plan_days).sentences
    assert "here that would be 30 January 2018" in told


def test_the_evening_before_a_monday_is_fridays() -> None:
    assert last_evening(date(2026, 10, 12)) == date(2026, 10, 9)
    assert last_evening(date(2026, 10, 13)) == date(2026, 10, 12)
