"""The small parts, each alone: challenges, limits, bodies of items, counts, calls, waiters."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.relay.calling import understood, written
from app.sync.relay.challenges import SECONDS, Challenges, Seen, fingerprint
from app.sync.relay.framing import frame, unframe
from app.sync.relay.limits import Buckets, Places, network
from app.sync.relay.metrics import Metrics
from app.sync.relay.refusals import Refusal
from app.sync.relay.settings import Rate
from app.sync.relay.waiting import Waiters
from tests.fakes.clock import StillClock

SECRET = bytes(range(32))


def refused(status: int, code: str, call, *given: object) -> None:
    with pytest.raises(Refusal) as met:
        call(*given)
    assert (met.value.status, met.value.code) == (status, code)


def test_a_challenge_is_short_and_drawn_anew() -> None:
    drawn = {Challenges(SECRET, StillClock()).draw() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(one) <= 200 and one.replace("-", "").replace("_", "").isalnum() for one in drawn)


def test_every_byte_of_a_challenge_counts() -> None:
    challenges = Challenges(SECRET, StillClock())
    drawn = challenges.draw()
    assert challenges.until(drawn) == int(StillClock().now().timestamp()) + SECONDS
    for place, letter in enumerate(drawn):
        # Away from the last letter's unused bits, any other letter is another challenge.
        other = "A" if letter != "A" else "Q"
        altered = drawn[:place] + other + drawn[place + 1 :]
        refused(401, "challenge", challenges.until, altered)
    for wrong in ("", "x", drawn[:-1], drawn + "A", drawn * 10, "é", "=" * 70, "\x00" * 70):
        refused(401, "challenge", challenges.until, wrong)
    refused(401, "challenge", Challenges(bytes(32), StillClock()).until, drawn)


@given(st.text(max_size=250))
def test_no_text_is_a_challenge(text: str) -> None:
    refused(401, "challenge", Challenges(SECRET, StillClock()).until, text)


def test_a_request_to_read_is_remembered_until_its_challenge_ends() -> None:
    seen = Seen(most=3)
    seen.take(b"one", 10)
    refused(401, "challenge", seen.take, b"one", 10)
    seen.sweep(now=10)
    seen.take(b"one", 10)
    for other in (b"two", b"three", b"four"):
        seen.take(other, 10)
    assert len(seen) == 3
    refused(401, "challenge", seen.take, b"four", 10)


def test_a_fingerprint_is_of_device_challenge_and_count() -> None:
    assert len({fingerprint(*of) for of in (("a", "b", 1), ("a", "b", 2), ("ab", "", 1))}) == 3


def test_a_bucket_fills_again_with_time() -> None:
    clock = StillClock()
    buckets = Buckets(Rate(2, 3), clock.monotonic)
    for _ in range(3):
        buckets.take("one")
    refused(429, "rate", buckets.take, "one")
    buckets.take("other")
    clock.move(timedelta(seconds=0.5))
    buckets.take("one")
    refused(429, "rate", buckets.take, "one")
    clock.move(timedelta(days=1))
    for _ in range(3):
        buckets.take("one")
    refused(429, "rate", buckets.take, "one")


def test_buckets_stay_few() -> None:
    buckets = Buckets(Rate(1, 1), StillClock().monotonic)
    for number in range(20_100):
        buckets.take(str(number))
    assert len(buckets._buckets) == 20_000


def test_places_are_given_back_however_it_ends() -> None:
    places = Places(1, 2)
    with places.taken("one"):
        refused(429, "rate", places.taken("one").__enter__)
        with places.taken("two"):
            refused(503, "busy", places.taken("three").__enter__)
        with pytest.raises(ZeroDivisionError), places.taken("three"):
            raise ZeroDivisionError
        with places.taken("three"):
            pass
    assert not places._taken


@pytest.mark.parametrize(
    ("address", "stands_for"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("no address", ""),
    ],
)
def test_whoever_has_a_network_has_all_addresses_in_it(address: str, stands_for: str) -> None:
    assert network(address) == stands_for


@given(st.lists(st.tuples(st.text("abc.", max_size=80), st.binary(max_size=300)), max_size=5))
def test_items_come_out_of_a_body_as_they_went_in(items: list[tuple[str, bytes]]) -> None:
    body = b"".join(frame(*one) for one in items)
    assert list(unframe(body)) == items


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_a_body(untrusted: bytes) -> None:
    with suppress(Refusal):
        assert b"".join(frame(*one) for one in unframe(untrusted)) == untrusted


def test_counts_read_as_prometheus_wants_them() -> None:
    metrics = Metrics()
    metrics.answered("store", 200, 0.004)
    metrics.answered("store", 200, 0.04)
    metrics.answered("store", 507, 99)
    metrics.stored_bytes = 1_300
    lines = metrics.text(waiters=2).splitlines()
    assert 'siteweek_relay_requests_total{route="store",status="200"} 2' in lines
    assert 'siteweek_relay_requests_total{route="store",status="507"} 1' in lines
    assert 'siteweek_relay_seconds_bucket{route="store",le="0.0025"} 0' in lines
    assert 'siteweek_relay_seconds_bucket{route="store",le="0.005"} 1' in lines
    assert 'siteweek_relay_seconds_bucket{route="store",le="10.0"} 2' in lines
    assert 'siteweek_relay_seconds_bucket{route="store",le="+Inf"} 3' in lines
    assert 'siteweek_relay_seconds_count{route="store"} 3' in lines
    assert "siteweek_relay_waiters 2" in lines
    assert "siteweek_relay_stored_bytes_total 1300" in lines


@given(st.dictionaries(st.integers(0, 2**31), st.integers(0, 2**62), max_size=200))
def test_a_call_is_understood_and_fits(new: dict[int, int]) -> None:
    text = written(new)
    assert understood(text) == new
    assert len(text) < 8_000


@pytest.mark.parametrize("call", ["x", "1", "1:", "1:2:3", "a:b", "1:2 3"])
def test_a_call_that_is_none_of_ours_is_passed_over(call: str) -> None:
    assert understood(call) == {}


def test_what_is_stored_while_one_is_on_the_way_to_wait_is_not_missed() -> None:
    async def promise() -> None:
        waiters = Waiters()
        waiters.wake({7: 5})
        with waiters.entered(7, after=4) as waiter:
            assert waiter.is_woken.is_set()
            assert waiter.newest == 5
        with waiters.entered(7, after=5) as waiter:
            assert not waiter.is_woken.is_set()
            waiters.wake({8: 9})
            waiters.wake({7: 5})
            assert not waiter.is_woken.is_set()
            waiters.wake({7: 6})
            assert waiter.is_woken.is_set()
        assert len(waiters) == 0
        assert waiters.mailboxes() == []
        waiters.end()
        with waiters.entered(7, after=6) as waiter:
            assert waiter.is_woken.is_set()

    asyncio.run(promise())
