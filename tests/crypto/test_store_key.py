"""An inspection's key opens with its profile alone, and its head can't be turned back unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import store_key
from app.crypto.keys import MasterKey, StoreKey
from app.crypto.store_key import EMPTY_HEAD, Head
from app.errors import DamagedFileError, NewerVersionError, SiteweekError, StoreError
from tests.crypto import twin
from tests.crypto.samples import raised_by, single_byte_flips

MASTER = MasterKey(b"m" * 32)
HERE = b"inspection-here!"
THERE = b"inspection-there"
HEAD = Head(57, b"h" * 32)
heads = st.builds(Head, st.integers(0, 2**64 - 1), st.binary(min_size=32, max_size=32))


@given(heads, heads, st.binary(min_size=16, max_size=16))
def test_key_and_head_come_back_here_and_in_the_twin(first, second, inspection_id):
    data, key = store_key.create(inspection_id, MASTER, first)
    opened = store_key.unlock(data, inspection_id, MASTER)
    assert (opened.key, opened.head) == (key, first)
    moved = store_key.replace_head(data, inspection_id, key, second, may_go_back=True)
    assert store_key.unlock(moved, inspection_id, MASTER).head == second
    assert twin.read_store_key(moved, MASTER.raw) == (key.raw, second.count, second.hash)


def test_a_new_store_has_the_empty_head_and_a_key_of_its_own():
    (one, key), (other, other_key) = (store_key.create(HERE, MASTER) for _ in range(2))
    assert store_key.unlock(one, HERE, MASTER).head == EMPTY_HEAD
    assert key != other_key
    assert one[25:85] != other[25:85]


def test_a02_each_single_byte_flip_is_refused():
    data, key = store_key.create(HERE, MASTER, HEAD)
    for place, flipped in single_byte_flips(data):
        problems = [
            raised_by(lambda file=flipped: store_key.unlock(file, HERE, MASTER)),
            raised_by(
                lambda file=flipped: store_key.replace_head(
                    file, HERE, key, Head(2**64 - 1, HEAD.hash)
                )
            ),
        ]
        assert all(isinstance(problem, SiteweekError) for problem in problems), place
        assert all("Nothing was changed" in problem.sentence for problem in problems), place


def test_a02_a_damaged_head_is_refused_but_the_notes_can_be_rescued():
    data, key = store_key.create(HERE, MASTER, HEAD)
    for place, flipped in single_byte_flips(data):
        if place < 85:
            with pytest.raises(SiteweekError):
                store_key.rescue(flipped, HERE, MASTER)
        else:
            assert store_key.rescue(flipped, HERE, MASTER) == key


def test_a05_keys_of_other_inspections_and_profiles_open_nothing():
    data, key = store_key.create(HERE, MASTER, HEAD)
    other, _ = store_key.create(THERE, MASTER, HEAD)
    for file, inspection_id, master in (
        (data, THERE, MASTER),
        (data, HERE, MasterKey(b"n" * 32)),
        (data[:9] + THERE + data[25:], THERE, MASTER),
        (data[:25] + other[25:85] + data[85:], HERE, MASTER),
        (data[:85] + other[85:], HERE, MASTER),
    ):
        with pytest.raises(DamagedFileError):
            store_key.unlock(file, inspection_id, master)
    with pytest.raises(DamagedFileError):
        store_key.replace_head(data, HERE, StoreKey(bytes(32)), Head(58, HEAD.hash))
    with pytest.raises(DamagedFileError):
        store_key.replace_head(other, HERE, key, Head(58, HEAD.hash))


def test_a12_cut_or_lengthened_files_are_refused_in_words():
    data, _ = store_key.create(HERE, MASTER, HEAD)
    for length in range(len(data)):
        with pytest.raises(DamagedFileError, match="Put back a copy"):
            store_key.unlock(data[:length], HERE, MASTER)
    for more in (b"\0", data, bytes(10**6)):
        with pytest.raises(DamagedFileError, match="Put back a copy"):
            store_key.unlock(data + more, HERE, MASTER)
        with pytest.raises(DamagedFileError, match="Put back a copy"):
            store_key.rescue(data + more, HERE, MASTER)


@given(st.binary(max_size=200), st.sampled_from([b"", b"SWSTOKEY", b"SWSTOKEY\1" + HERE]))
def test_a12_any_bytes_are_refused_with_an_expected_error(noise, beginning):
    with pytest.raises(SiteweekError):
        store_key.unlock(beginning + noise, HERE, MASTER)


def test_a_newer_file_is_refused_in_its_own_words():
    data, key = store_key.create(HERE, MASTER)
    newer = data[:8] + b"\2" + b"whatever comes then"
    with pytest.raises(NewerVersionError, match="newer Siteweek"):
        store_key.unlock(newer, HERE, MASTER)
    with pytest.raises(NewerVersionError):
        store_key.replace_head(newer, HERE, key, HEAD)


@pytest.mark.parametrize("older", [Head(56, b"h" * 32), Head(57, b"i" * 32), EMPTY_HEAD])
def test_a_head_moves_forward_only_unless_a_restore_was_agreed_to(older):
    data, key = store_key.create(HERE, MASTER, HEAD)
    with pytest.raises(StoreError, match="kept as it was"):
        store_key.replace_head(data, HERE, key, older)
    restored = store_key.replace_head(data, HERE, key, older, may_go_back=True)
    assert store_key.unlock(restored, HERE, MASTER).head == older
    assert store_key.replace_head(data, HERE, key, HEAD) == data
    assert store_key.replace_head(data, HERE, key, Head(58, HEAD.hash)) != data


def test_the_database_key_is_not_the_store_key_and_differs_per_inspection():
    key = StoreKey(b"k" * 32)
    made = store_key.database_key(key, HERE)
    assert made.raw != key.raw
    assert made != store_key.database_key(key, THERE)
    assert made == store_key.database_key(key, HERE)


@pytest.mark.parametrize("inspection_id", [b"", bytes(15), bytes(17)])
def test_an_inspection_id_of_another_length_is_a_bug(inspection_id):
    data, key = store_key.create(HERE, MASTER)
    for call in (
        lambda: store_key.create(inspection_id, MASTER),
        lambda: store_key.unlock(data, inspection_id, MASTER),
        lambda: store_key.replace_head(data, inspection_id, key, HEAD),
        lambda: store_key.database_key(key, inspection_id),
    ):
        assert isinstance(raised_by(call), ValueError)


@pytest.mark.parametrize(("count", "newest"), [(-1, 32), (2**64, 32), (0, 31), (0, 33)])
def test_a_head_that_could_not_be_written_cannot_be_made(count, newest):
    with pytest.raises(ValueError, match="64-bit"):
        Head(count, bytes(newest))
