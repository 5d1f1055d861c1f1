from __future__ import annotations

import json
import random
from typing import Any

import msgpack
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.chains import FIRST, body_of, hash_of
from app.domain.revisions import Dot, Revision
from app.errors import NewerVersionError, RefusedEnvelopeError, SiteweekError
from app.sync.codec import MOST_BYTES, Batch, pack, unpack

DEVICE = "0123456789abcdef" * 2
OTHERS = ["ab" * 16, "cd" * 16]
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=5,
)
revisions = st.lists(
    st.tuples(
        st.uuids().map(str) | text.filter(bool),
        st.sampled_from(["paragraph", "code", "a kind of tomorrow"]),
        st.integers(0, 2**60),
        st.dictionaries(st.sampled_from([DEVICE, *OTHERS]), st.integers(1, 2**40)),
        st.dictionaries(text, values, max_size=4),
    ),
    min_size=1,
    max_size=12,
)


def batch_of(made: list[tuple[Any, ...]], first: int = 1, previous: bytes = FIRST) -> Batch:
    bodies = []
    newest = previous
    for number, (record, kind, at, context, fields) in enumerate(made, first):
        body = body_of(Revision(Dot(DEVICE, number), record, kind, at, fields, context), newest)
        newest = hash_of(body)
        bodies.append(body)
    return Batch(DEVICE, first, previous, tuple(bodies), "0.1.0")


def notes(count: int, words: str = "seen and heard on the ward ") -> list[tuple[Any, ...]]:
    return [
        (f"0190{n:04x}-0000-7000-8000-{n:012x}", "paragraph", 2**50 + n, {}, {"text": words * 5})
        for n in range(count)
    ]


SAMPLE = pack(batch_of(notes(5)))


@given(revisions, st.integers(1, 10**6), st.binary(min_size=32, max_size=32))
def test_what_was_packed_arrives_byte_for_byte(
    made: list[tuple[Any, ...]], first: int, previous: bytes
) -> None:
    batch = batch_of(made, first, FIRST if first == 1 else previous)
    assert unpack(pack(batch), DEVICE, first) == batch


def test_the_hashes_on_arrival_are_those_that_were_signed() -> None:
    batch = batch_of(notes(9), 8, b"\7" * 32)
    arrived = unpack(pack(batch), DEVICE, 8)
    assert [hash_of(one) for one in arrived.bodies] == [hash_of(one) for one in batch.bodies]
    assert json.loads(arrived.bodies[0])[-1] == "07" * 32


def test_under_another_device_or_number_it_is_another_chain() -> None:
    mine = unpack(SAMPLE, DEVICE, 1)
    other = unpack(SAMPLE, OTHERS[0], 1)
    assert hash_of(mine.bodies[-1]) != hash_of(other.bodies[-1])
    with pytest.raises(ValueError, match="next of its device"):
        pack(Batch(OTHERS[0], 1, FIRST, mine.bodies))


def test_notes_take_less_than_half_of_their_plain_text() -> None:
    chance = random.Random(1)
    words = [f"word{n}" for n in range(3_000)]
    made = [
        (one[0], one[1], one[2], one[3], {"text": " ".join(chance.choices(words, k=120))})
        for one in notes(300)
    ]
    plain = sum(len(one[4]["text"]) for one in made)
    assert len(pack(batch_of(made))) < plain / 2


def altered(**other: Any) -> bytes:
    """The sample with some of its parts exchanged, packed like an honest one."""
    parts = msgpack.unpackb(zstandard.decompress(SAMPLE))
    names = ["version", "app", "previous", "kinds", "devices", "revisions"]
    for name, value in other.items():
        parts[names.index(name)] = value
    return zstandard.ZstdCompressor(write_content_size=True).compress(msgpack.packb(parts))


REVISION = [bytes(16), 0, 5, [], '{"text":"x"}']


@pytest.mark.parametrize(
    "harm",
    [
        {"version": 0},
        {"version": True},
        {"app": 7},
        {"app": "x" * 300},
        {"previous": b"short"},
        {"previous": b"\1" * 32},
        {"kinds": ["paragraph", "never used"]},
        {"kinds": []},
        {"kinds": [""]},
        {"devices": [bytes(16)]},
        {"devices": ["ab" * 16]},
        {"revisions": []},
        {"revisions": [REVISION[:4]]},
        {"revisions": [[*REVISION, 1]]},
        {"revisions": [[bytes(15), *REVISION[1:]]]},
        {"revisions": [["", *REVISION[1:]]]},
        {"revisions": [["00000000-0000-0000-0000-000000000000", *REVISION[1:]]]},
        {"revisions": [[bytes(16), 1, *REVISION[2:]]]},
        {"revisions": [[bytes(16), -1, *REVISION[2:]]]},
        {"revisions": [[bytes(16), 0, 1.5, *REVISION[3:]]]},
        {"revisions": [[bytes(16), 0, 5, [0], REVISION[4]]]},
        {"revisions": [[bytes(16), 0, 5, [0, 1], REVISION[4]]]},
        *(
            {"revisions": [[*REVISION[:4], fields]]}
            for fields in (
                '{"text": "x"}',
                '{"b":1,"a":2}',
                '{"a":1,"a":2}',
                '{"a":NaN}',
                '{"a":1e5}',
                "[]",
                "1",
                "",
                "{",
                '{"a":"\\u0041"}',
                '{"a":' + "[" * 100_000 + "]" * 100_000 + "}",
                '{"a":' + "9" * 5_000 + "}",
                7,
                b"{}",
                {"text": "x"},
            )
        ),
    ],
    ids=str,
)
def test_e10_d10_what_would_be_packed_otherwise_is_refused(harm: dict[str, Any]) -> None:
    with pytest.raises(RefusedEnvelopeError):
        unpack(altered(**harm), DEVICE, 1)


def test_the_harm_above_is_what_is_refused_and_nothing_else() -> None:
    assert unpack(altered(), DEVICE, 1) == unpack(SAMPLE, DEVICE, 1)
    assert unpack(altered(revisions=[REVISION], kinds=["paragraph"]), DEVICE, 1).bodies


def test_e12_a_later_version_is_said_to_be_one() -> None:
    with pytest.raises(NewerVersionError):
        unpack(altered(version=2), DEVICE, 1)


def test_a_bomb_is_stopped_by_what_it_states_or_fails_to() -> None:
    zeros = bytes(MOST_BYTES + 1)
    for bomb in (
        zstandard.ZstdCompressor(write_content_size=True).compress(zeros),
        zstandard.ZstdCompressor(write_content_size=False).compress(zeros),
        zstandard.ZstdCompressor(write_content_size=False).compress(b"x"),
        zstandard.ZstdCompressor().compress(b"x") * 2,
        b"",
        b"\x28\xb5\x2f\xfd",
    ):
        with pytest.raises(RefusedEnvelopeError):
            unpack(bomb, DEVICE, 1)


@settings(max_examples=400)
@given(st.binary(max_size=300))
def test_d08_any_bytes_at_all_are_refused_and_never_more(untrusted: bytes) -> None:
    whole = zstandard.ZstdCompressor(write_content_size=True).compress(untrusted)
    for one in (untrusted, whole):
        with pytest.raises(SiteweekError):
            unpack(one, DEVICE, 1)


def test_d08_a_body_altered_anywhere_is_refused_or_says_something_else() -> None:
    plain = zstandard.decompress(SAMPLE)
    honest = unpack(SAMPLE, DEVICE, 1)
    chance = random.Random(2)
    compressor = zstandard.ZstdCompressor(write_content_size=True)
    for _ in range(3_000):
        place = chance.randrange(len(plain))
        harm = bytes([plain[place] ^ (1 << chance.randrange(8))])
        try:
            found = unpack(
                compressor.compress(plain[:place] + harm + plain[place + 1 :]), DEVICE, 1
            )
        except SiteweekError:
            continue
        assert found != honest


def test_too_much_for_one_envelope_is_refused_when_it_is_packed() -> None:
    with pytest.raises(ValueError, match="8 MiB"):
        pack(batch_of([("r", "paragraph", 1, {}, {"text": "x" * (MOST_BYTES + 1)})]))
    with pytest.raises(ValueError, match="1 to"):
        pack(Batch(DEVICE, 1, FIRST, ()))
