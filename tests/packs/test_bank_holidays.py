"""Bank holidays as published for each nation; the days here were checked by hand."""

from __future__ import annotations

from datetime import date

from app.packs.bank_holidays import Nation, bank_holidays


def test_england_2026_is_as_published() -> None:
    assert bank_holidays([2026]) == {
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),
    }


def test_a_holiday_on_a_weekend_stands_as_its_substitute() -> None:
    days = bank_holidays([2022])
    assert date(2022, 1, 1) not in days
    assert date(2022, 1, 3) in days
    assert {date(2022, 12, 26), date(2022, 12, 27)} <= days


def test_days_proclaimed_once_are_known() -> None:
    days = bank_holidays(range(2020, 2024))
    once = {date(2020, 5, 8), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
    assert once <= days
    assert date(2020, 5, 4) not in days


def test_england_and_wales_share_theirs() -> None:
    years = range(2016, 2031)
    assert bank_holidays(years, Nation.WALES) == bank_holidays(years, Nation.ENGLAND)


def test_scotland_and_northern_ireland_have_their_own() -> None:
    scotland = bank_holidays([2025], Nation.SCOTLAND)
    ireland = bank_holidays([2025], Nation.NORTHERN_IRELAND)
    assert {date(2025, 1, 2), date(2025, 12, 1)} <= scotland
    assert date(2025, 4, 21) not in scotland
    assert {date(2025, 3, 17), date(2025, 7, 14)} <= ireland


def test_only_the_years_asked_for_are_answered() -> None:
    assert {day.year for day in bank_holidays([2018, 2025])} == {2018, 2025}
    assert bank_holidays([]) == frozenset()
