from __future__ import annotations

from app.crypto import identity
from app.crypto.safety import (
    JOINING_BITS,
    STATE_BITS,
    joining_digest,
    places,
    state_digest,
)

LEAD, NEWCOMER = identity.create().public, identity.create().public
INSPECTION, HEAD = bytes(range(32)), bytes(range(1, 33))


def changed(value: bytes, place: int) -> bytes:
    return value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]


def test_g11_words_differ_when_any_byte_of_anything_does() -> None:
    whole = [INSPECTION, HEAD, LEAD, NEWCOMER]
    said = tuple(places(joining_digest(*whole), JOINING_BITS, 7776))
    seen = {said}
    for index, part in enumerate(whole):
        for place in range(0, len(part), 13):
            other = list(whole)
            other[index] = changed(part, place)
            seen.add(tuple(places(joining_digest(*other), JOINING_BITS, 7776)))
    swapped = [INSPECTION, HEAD, NEWCOMER, LEAD]
    seen.add(tuple(places(joining_digest(*swapped), JOINING_BITS, 7776)))
    assert len(seen) == 2 + sum(len(range(0, len(part), 13)) for part in whole)


def test_enough_words_are_read_out_and_no_more() -> None:
    digest = joining_digest(INSPECTION, HEAD, LEAD, NEWCOMER)
    assert len(places(digest, JOINING_BITS, 7776)) == 12
    assert len(places(digest, STATE_BITS, 7776)) == 6
    assert len(places(digest, 132, 2048)) == 12
    assert all(0 <= one < 7776 for one in places(digest, JOINING_BITS, 7776))


def test_those_who_hold_the_same_see_the_same_whatever_order_it_came_in() -> None:
    one = {"a" * 32: b"\1" * 32, "b" * 32: b"\2" * 32}
    other = dict(reversed(one.items()))
    assert state_digest(INSPECTION, HEAD, one) == state_digest(INSPECTION, HEAD, other)
    behind = one | {"b" * 32: b"\3" * 32}
    assert state_digest(INSPECTION, HEAD, one) != state_digest(INSPECTION, HEAD, behind)
    assert state_digest(INSPECTION, HEAD, one) != state_digest(INSPECTION, bytes(32), one)
