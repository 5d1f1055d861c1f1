from __future__ import annotations

import itertools
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import envelope, epochs, identity
from app.crypto.envelope import HEADER_SIZE, Header
from app.crypto.padding import FLOOR, pad, padded_size, unpad
from app.errors import NewerVersionError, RefusedEnvelopeError

ANN, BEN = identity.create(), identity.create()
SECRET = epochs.draw()
INSPECTION = bytes(range(32))
BODY = b"words of a note " * 40
REFUSALS = (RefusedEnvelopeError, NewerVersionError)


def header(device: str = ANN.device_id, **other: object) -> Header:
    given = {"inspection": INSPECTION, "epoch": 3, "first": 8, "previous": b"\5" * 32} | other
    return Header(device=device, **given)


def sealed(body: bytes = BODY) -> bytes:
    return envelope.seal(header(), body, SECRET, ANN)


def received(
    untrusted: bytes, public: bytes = ANN.public, secret: epochs.EpochSecret = SECRET
) -> bytes:
    """What a device does with an envelope, in the order it has to."""
    head = envelope.parse(untrusted)
    envelope.check_signature(untrusted, public)
    return envelope.open_body(untrusted, head, secret)


def looked_at(untrusted: bytes) -> None:
    """All that comes before anything is opened."""
    envelope.parse(untrusted)
    envelope.check_signature(untrusted, ANN.public)


def test_what_was_sealed_is_received() -> None:
    made = sealed()
    assert received(made) == BODY
    assert envelope.parse(made) == header()
    assert BODY[:16] not in made


def test_e01_every_byte_changed_to_four_others_is_refused_before_anything_is_opened() -> None:
    made = sealed(b"x")
    for place in range(len(made)):
        for change in (1, 0x80, 0xFF, made[place] or 7):
            altered = made[:place] + bytes([made[place] ^ change]) + made[place + 1 :]
            with pytest.raises(REFUSALS):
                looked_at(altered)


def test_e02_no_field_of_another_envelope_fits() -> None:
    other = envelope.seal(
        header(BEN.device_id, inspection=b"\7" * 32, epoch=4, first=9, previous=b"\6" * 32),
        BODY,
        SECRET,
        BEN,
    )
    made = sealed()
    borders = [0, 4, 5, 6, 8, 40, 44, 60, 68, 100, 104, len(made) - 64, len(made)]
    for start, end in itertools.pairwise(borders):
        mixed = made[:start] + other[start:end] + made[end:]
        if mixed != made:
            with pytest.raises(REFUSALS):
                received(mixed)


def test_e03_cut_lengthened_or_with_a_false_length_it_is_refused() -> None:
    made = sealed(b"x")
    for length in range(len(made)):
        with pytest.raises(REFUSALS):
            envelope.parse(made[:length])
    for more in (1, 64, 1024):
        with pytest.raises(REFUSALS):
            envelope.parse(made + bytes(more))
    inside = len(made) - HEADER_SIZE - 64
    for length in (0, inside - 1, inside + 1, 2**32 - 1):
        with pytest.raises(REFUSALS):
            envelope.parse(made[:100] + struct.pack(">I", length) + made[104:])


def test_e04_a_member_can_not_sign_anothers_words_as_their_own() -> None:
    made = sealed()
    stolen = bytearray(made)
    stolen[44:60] = bytes.fromhex(BEN.device_id)
    head, inside = bytes(stolen[:HEADER_SIZE]), bytes(stolen[HEADER_SIZE:-64])
    signed = envelope.ed25519_sign(BEN.signing.raw, envelope._signed(head, inside))
    with pytest.raises(RefusedEnvelopeError) as refused:
        received(head + inside + signed, BEN.public)
    assert refused.value.fault == "seal"


def test_e05_a_member_can_not_seal_words_as_anothers() -> None:
    with pytest.raises(ValueError, match="the device it names"):
        envelope.seal(header(), BODY, SECRET, BEN)
    false = identity.Identity(BEN.signing, BEN.sealing, ANN.public)
    with pytest.raises(RefusedEnvelopeError) as refused:
        received(envelope.seal(header(), BODY, SECRET, false))
    assert refused.value.fault == "signature"


def test_e09_under_another_epochs_secret_or_number_nothing_opens() -> None:
    made = sealed()
    with pytest.raises(RefusedEnvelopeError) as refused:
        received(made, secret=epochs.draw())
    assert refused.value.fault == "seal"
    claimed = envelope.seal(header(epoch=4), BODY, SECRET, ANN)
    head = Header(INSPECTION, 3, ANN.device_id, 8, b"\5" * 32)
    with pytest.raises(RefusedEnvelopeError):
        envelope.open_body(claimed, head, SECRET)


@pytest.mark.parametrize(
    ("place", "value", "error"),
    [
        (4, 0, RefusedEnvelopeError),
        (4, 2, NewerVersionError),
        (4, 255, NewerVersionError),
        (5, 0, RefusedEnvelopeError),
        (5, 2, NewerVersionError),
        *((6, 1 << bit, NewerVersionError) for bit in range(8)),
        *((7, 1 << bit, NewerVersionError) for bit in range(8)),
    ],
)
def test_e12_another_version_suite_or_flag_is_refused_by_its_name(
    place: int, value: int, error: type[Exception]
) -> None:
    made = sealed(b"x")
    with pytest.raises(error):
        envelope.parse(made[:place] + bytes([value]) + made[place + 1 :])


def test_e13_the_same_words_never_look_the_same() -> None:
    made = {sealed(b"x")[HEADER_SIZE : HEADER_SIZE + 56] for _ in range(200)}
    assert len(made) == 200


def test_a_body_too_long_for_an_envelope_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="4 MiB"):
        sealed(bytes(envelope.MOST_SEALED))


@given(st.integers(0, 5_000_000))
def test_padding_costs_at_most_an_eighth_and_never_shrinks(size: int) -> None:
    padded = padded_size(size)
    assert padded >= max(size, FLOOR)
    assert padded <= FLOOR or padded <= size * 1.12 + 1
    assert padded_size(padded) == padded


@given(st.binary(max_size=3_000))
def test_what_is_padded_is_had_back(message: bytes) -> None:
    assert unpad(pad(message)) == message


@given(st.binary(max_size=300), st.integers(0, 1023), st.integers(1, 255))
def test_e11_padding_that_is_not_ours_is_refused(message: bytes, at: int, change: int) -> None:
    padded = bytearray(pad(message))
    if at >= 4 + len(message) or at < 4:
        padded[at] ^= change
        found = unpad(bytes(padded))
        assert found is None or found != message
    assert unpad(pad(message) + b"\0") is None
    assert unpad(pad(message)[:-1]) is None
