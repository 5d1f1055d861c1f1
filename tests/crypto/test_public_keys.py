from __future__ import annotations

import pytest

from app.crypto import identity
from app.crypto.primitives import BrokenSealError, ed25519_sign, ed25519_verify
from app.crypto.public_keys import check_public
from app.errors import UntrustedKeyError

MINE = identity.create()
# The small-order points in each encoding that a library may load, with either sign.
WEAK = [
    "00" * 32,
    "01" + "00" * 31,
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ec" + "ff" * 30 + "7f",
    "ed" + "ff" * 30 + "7f",
    "ee" + "ff" * 30 + "7f",
]


def test_an_honest_key_may_join() -> None:
    for _ in range(20):
        check_public(identity.create().public)


@pytest.mark.parametrize("sign", [0, 0x80])
@pytest.mark.parametrize("key", WEAK)
def test_e07_a_key_under_which_anybody_can_sign_is_refused(key: str, sign: int) -> None:
    raw = bytearray.fromhex(key)
    raw[31] |= sign
    with pytest.raises(UntrustedKeyError):
        check_public(bytes(raw) + MINE.public[32:])


def test_e07_no_encoding_beyond_the_field_is_taken() -> None:
    prime = 2**255 - 19
    for beyond in range(prime, 2**255):
        with pytest.raises(UntrustedKeyError):
            check_public(beyond.to_bytes(32, "little") + MINE.public[32:])


def test_e07_no_sealing_key_that_is_none() -> None:
    for altered in (
        MINE.public[:-32] + bytes(32),
        MINE.public[:32] + b"\xff" * 1184 + MINE.public[-32:],
        MINE.public[:-1],
        MINE.public + b"\0",
        b"",
    ):
        with pytest.raises(UntrustedKeyError):
            check_public(altered)


def test_e08_another_form_of_the_same_signature_is_refused() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    signature = ed25519_sign(MINE.signing.raw, b"words")
    ed25519_verify(MINE.public[:32], signature, b"words")
    s = int.from_bytes(signature[32:], "little")
    for other in range(1, 8):
        if s + other * order < 2**256:
            moved = signature[:32] + (s + other * order).to_bytes(32, "little")
            with pytest.raises(BrokenSealError):
                ed25519_verify(MINE.public[:32], moved, b"words")
    for r in ("01" + "00" * 31, "ee" + "ff" * 30 + "7f"):
        with pytest.raises(BrokenSealError):
            ed25519_verify(MINE.public[:32], bytes.fromhex(r) + signature[32:], b"words")
