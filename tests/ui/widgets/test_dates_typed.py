from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.ui.widgets.dates_typed import date_typed, instant_typed, time_typed


@pytest.mark.parametrize(
    "typed",
    [
        "24/11/2026",
        "24.11.2026",
        "24-11-2026",
        "24 Nov 2026",
        "Tue 24 Nov 2026",
        "24 november 2026",
    ],
)
def test_a_date_is_understood_as_it_is_typed(typed) -> None:
    assert date_typed(typed) == "2026-11-24"


@pytest.mark.parametrize(
    "typed", ["2026-11-24", "31/02/2026", "24 Foo 2026", "tomorrow", "", "24/11"]
)
def test_what_is_no_date_is_left_for_the_check_to_refuse(typed) -> None:
    assert date_typed(typed) == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1402", "14:02"),
        ("14.02", "14:02"),
        ("9:05", "09:05"),
        (" 14:02 ", "14:02"),
        ("905", "09:05"),
    ],
)
def test_a_time_is_understood_as_it_is_typed(typed, kept) -> None:
    assert time_typed(typed) == kept


@pytest.mark.parametrize("typed", ["two", "14", ""])
def test_what_is_no_time_is_left_for_the_check_to_refuse(typed) -> None:
    assert time_typed(typed) == typed


NOW = datetime(2026, 10, 13, 15, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:20", "2026-10-13T14:20"),
        ("1420", "2026-10-13T14:20"),
        ("tomorrow 9:05", "2026-10-14T09:05"),
        ("Yesterday 14:20", "2026-10-12T14:20"),
        ("13 Oct 14:20", "2026-10-13T14:20"),
        ("Tue 13 Oct 2026 14:20", "2026-10-13T14:20"),
        ("13/10/2026 14.20", "2026-10-13T14:20"),
    ],
)
def test_a_moment_is_understood_as_it_is_typed(typed, meant) -> None:
    assert instant_typed(typed, NOW).startswith(meant)


@pytest.mark.parametrize(("typed", "minutes"), [("now", 0), ("+90", 90), ("+2h", 120), ("+ 5", 5)])
def test_a_moment_can_be_said_from_now_on(typed, minutes) -> None:
    assert datetime.fromisoformat(instant_typed(typed, NOW)) == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["", "soonish", "25:00", "32 Oct 14:20", "Friday 14:20", "+"])
def test_what_is_no_moment_is_left_for_the_check_to_refuse(typed) -> None:
    assert instant_typed(typed, NOW) == typed
