from __future__ import annotations

import pytest

from app.ui.widgets.dates_typed import date_typed, time_typed


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
