"""The hybrid clock rises on one device and is never dragged away by another's wrong clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.hybrid import COUNTER_BITS, LARGEST_JUMP, instant, stamp

MOMENTS = st.datetimes(datetime(2016, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis wants bounds without a zone
MILLISECOND = timedelta(milliseconds=1)


@given(st.lists(st.tuples(MOMENTS, st.integers(0, 5)), min_size=1, max_size=20))
def test_stamps_of_one_device_rise_while_its_clock_is_believable(
    steps: list[tuple[datetime, int]],
) -> None:
    newest = 0
    for now, repeats in sorted(steps):
        for _ in range(repeats):
            made = stamp(now, newest)
            assert made > newest
            newest = made


@given(MOMENTS)
def test_a_stamp_shows_the_time_it_was_made(now: datetime) -> None:
    assert timedelta(0) <= now - instant(stamp(now)) < MILLISECOND


@given(MOMENTS, st.timedeltas(timedelta(0), LARGEST_JUMP - timedelta(seconds=1)))
def test_a_clock_set_back_a_little_still_gives_later_stamps(now: datetime, back: timedelta) -> None:
    newest = stamp(now)
    made = stamp(now - back, newest)
    assert made > newest
    assert instant(made) - instant(newest) <= MILLISECOND


@given(MOMENTS, st.integers(1, 10**6))
def test_a_wildly_wrong_clock_elsewhere_is_not_adopted(now: datetime, days: int) -> None:
    wrong = stamp(now) + (((LARGEST_JUMP + timedelta(days=days)) // MILLISECOND) << COUNTER_BITS)
    assert stamp(now, wrong) == stamp(now)


@given(st.integers(-(2**70), 2**90))
def test_any_number_can_be_shown_as_a_time(stamped: int) -> None:
    assert instant(stamped).tzinfo is UTC
