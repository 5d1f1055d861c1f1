from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.retention import NEWEST, superseded

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
moments = st.lists(st.integers(0, 60 * 24 * 90).map(lambda m: NOW - timedelta(minutes=m)))


def kept(made: list[datetime]) -> set[datetime]:
    return set(made) - set(superseded(made, NOW))


@given(moments)
def test_the_newest_few_stay_whatever_their_age(made: list[datetime]) -> None:
    assert set(sorted(set(made))[-NEWEST:]) <= kept(sorted(set(made)))


@given(moments)
def test_thinning_again_removes_no_more(made: list[datetime]) -> None:
    once = sorted(kept(sorted(set(made))))
    assert superseded(once, NOW) == []


def test_a_week_on_site_leaves_hours_days_and_weeks() -> None:
    every_ten_minutes = [NOW - timedelta(minutes=10 * n) for n in range(6 * 24 * 7)]
    left = sorted(kept(every_ten_minutes))
    assert 30 <= len(left) <= 50
    assert NOW - left[0] > timedelta(days=6)


def test_the_oldest_of_a_place_stays_so_that_a_loss_can_be_gone_behind() -> None:
    day = [NOW - timedelta(days=3, minutes=10 * n) for n in range(12)]
    many = [NOW - timedelta(minutes=n) for n in range(10)]
    assert min(day) in kept(day + many)


def test_one_from_the_future_stays() -> None:
    ahead = NOW + timedelta(days=400)
    assert ahead in kept([ahead, *(NOW - timedelta(minutes=n) for n in range(20))])
