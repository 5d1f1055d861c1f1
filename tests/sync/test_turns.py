from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.turns import BETWEEN_ENVELOPES, FIRST_WAIT, LONGEST_WAIT, REGULARLY, Turns

HAPPENINGS = ("changed", "woken", "asked", "begun", "well", "failed", "off", "on", "time")


def after(turns: Turns, happening: str, now: float) -> Turns:
    ends = {
        "well": lambda: turns.went_well(now, put=True),
        "failed": lambda: turns.failed(now, spread=0.5),
    }
    if happening in ends:
        return ends[happening]() if turns.is_busy else turns
    if happening == "begun":
        return turns.begun() if turns.is_due(now) else turns
    if happening in {"off", "on"}:
        return turns.switched(now, on=happening == "on")
    return turns if happening == "time" else getattr(turns, happening)(now)


steps = st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.floats(0, 400)), max_size=60)


@given(steps)
def test_c31_c56_whatever_happens_a_target_that_is_on_is_tried_again_by_itself(
    happened: list[tuple[str, float]],
) -> None:
    now, turns = 0.0, Turns()
    for happening, passed in happened:
        now += passed
        turns = after(turns, happening, now)
        if turns.is_on and not turns.is_busy:
            waits = turns.seconds(now)
            assert waits is not None
            assert waits <= max(LONGEST_WAIT, REGULARLY)
            assert turns.is_due(now + waits + 1e-6)
        else:
            assert not turns.is_due(now + 1e9)


@given(steps)
def test_f17_what_is_written_here_leaves_at_most_once_in_three_seconds(
    happened: list[tuple[str, float]],
) -> None:
    now, turns, last = 0.0, Turns(), None
    for happening, passed in happened:
        if happening in {"asked", "off", "on", "woken"}:
            continue  # nothing of ours leaves by these more often: sealing keeps its own pause
        now += passed
        begins = happening == "begun" and turns.is_due(now)
        if begins and last is not None and turns.failures == 0:
            assert now - last >= BETWEEN_ENVELOPES
        turns = after(turns, happening, now)
        if happening == "well" and not turns.is_busy:
            last = turns.last_put if turns.last_put >= 0 else last


def test_a_change_leaves_at_once_when_none_left_shortly_before() -> None:
    turns = Turns().begun().went_well(100, put=True)
    assert turns.changed(110).is_due(110)
    assert not turns.changed(101).is_due(101)
    assert turns.changed(101).is_due(103)


def test_a_change_in_the_middle_of_a_turn_is_not_forgotten() -> None:
    turns = Turns().begun().changed(5)
    assert turns.went_well(6, put=False).is_due(6)
    assert Turns().begun().woken(5).failed(6, spread=0).seconds(6) is not None


def test_waits_grow_and_a_person_need_not_wait() -> None:
    turns, waits = Turns(), []
    for _ in range(30):
        turns = turns.begun().failed(0, spread=1)
        waits.append(turns.due)
    assert waits == sorted(waits)
    assert waits[0] == FIRST_WAIT
    assert waits[-1] == LONGEST_WAIT
    assert turns.asked(1).is_due(1)
    assert not turns.changed(1).is_due(1), "typing does not hammer a relay that is down"
    assert turns.asked(1).begun().went_well(2, put=False).failures == 0


@pytest.mark.parametrize("asked_for", [0.0, 900.0])
def test_a_relay_that_says_when_is_not_asked_before(asked_for: float) -> None:
    turns = Turns().begun().failed(0, spread=0, at_least=asked_for)
    assert turns.due >= max(asked_for, FIRST_WAIT / 2)
