from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.sync.plan import Range, held_by, missing, plan

vectors = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30))


def taken_in(vector: dict[str, int], ranges: tuple[Range, ...]) -> dict[str, int]:
    grown = dict(vector)
    for device, first, last in ranges:
        assert first == grown.get(device, 0) + 1, "what is sent follows what is held"
        grown[device] = last
    return {device: number for device, number in grown.items() if number}


@given(vectors, vectors)
def test_after_the_exchange_both_hold_what_either_held(
    ours: dict[str, int], theirs: dict[str, int]
) -> None:
    decided = plan(ours, theirs)
    assert taken_in(ours, decided.fetch) == taken_in(theirs, decided.send)
    both = {one: max(ours.get(one, 0), theirs.get(one, 0)) for one in {*ours, *theirs}}
    assert taken_in(ours, decided.fetch) == {one: n for one, n in both.items() if n}


@given(vectors, vectors)
def test_nothing_is_sent_that_is_held_already(ours: dict[str, int], theirs: dict[str, int]) -> None:
    for device, first, last in plan(ours, theirs).send:
        assert theirs.get(device, 0) < first <= last <= ours[device]
    assert plan(ours, ours).is_even


@given(vectors, vectors)
def test_both_sides_decide_the_same(ours: dict[str, int], theirs: dict[str, int]) -> None:
    mine, other = plan(ours, theirs), plan(theirs, ours)
    assert (mine.send, mine.fetch) == (other.fetch, other.send)


@given(vectors, st.lists(vectors, max_size=4))
def test_f03_what_others_speak_of_and_we_lack_is_named(
    ours: dict[str, int], heard_of: list[dict[str, int]]
) -> None:
    named = {device: (first, last) for device, first, last in missing(ours, heard_of)}
    for vector in heard_of:
        for device, number in vector.items():
            if number > ours.get(device, 0):
                first, last = named[device]
                assert first == ours.get(device, 0) + 1
                assert number <= last


def test_a_revision_is_held_by_those_who_have_reached_it() -> None:
    replicas = [{"a": 5}, {"a": 4, "b": 9}, {}]
    assert [held_by(("a", n), replicas) for n in (4, 5, 6)] == [2, 1, 0]
