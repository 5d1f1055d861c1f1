"""The primitives give what the standards say, and keys show nothing of themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import primitives
from app.crypto.keys import MasterKey, RecoveryKey, StoreKey
from app.crypto.primitives import BrokenSealError

PUBLISHED: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "published.json").read_text(encoding="utf-8")
)
_BYTES = bytes.fromhex


@pytest.mark.parametrize("case", PUBLISHED["argon2id"], ids=lambda case: str(case["memory_kib"]))
def test_argon2id_agrees_with_the_published_vectors(case):
    work = {name: case[name] for name in ("memory_kib", "passes", "lanes")}
    made = primitives.argon2id(_BYTES(case["secret"]), _BYTES(case["salt"]), **work)
    assert made.hex() == case["output"]


@pytest.mark.parametrize("case", PUBLISHED["hkdf_sha256"], ids=lambda case: case["source"])
def test_hkdf_agrees_with_the_published_vectors(case):
    salt, label = _BYTES(case["salt"]), _BYTES(case["label"])
    made = primitives.hkdf_sha256(
        _BYTES(case["secret"]), salt=salt, label=label, length=case["length"]
    )
    assert made.hex() == case["output"]


@pytest.mark.parametrize("case", PUBLISHED["hmac_sha256"], ids=lambda case: case["source"])
def test_hmac_agrees_with_the_published_vectors(case):
    made = primitives.hmac_sha256(_BYTES(case["key"]), _BYTES(case["message"]))
    assert made.hex() == case["output"]


@pytest.mark.parametrize("case", PUBLISHED["aes256_gcm"], ids=lambda case: case["source"])
def test_gcm_agrees_with_the_published_vectors(case):
    key, nonce, context = _BYTES(case["key"]), _BYTES(case["nonce"]), _BYTES(case["context"])
    sealed = primitives.aes256_gcm_seal(key, nonce, _BYTES(case["plaintext"]), context)
    assert sealed.hex() == case["sealed"]
    assert primitives.aes256_gcm_open(key, nonce, sealed, context).hex() == case["plaintext"]


@given(plain=st.binary(max_size=64), context=st.binary(max_size=32), data=st.data())
def test_a_seal_opens_only_as_it_was_made(plain, context, data):
    key, nonce = primitives.random_bytes(32), primitives.random_bytes(12)
    sealed = primitives.aes256_gcm_seal(key, nonce, plain, context)
    assert primitives.aes256_gcm_open(key, nonce, sealed, context) == plain
    parts = [key, nonce, sealed, context + b"\0"]
    altered = data.draw(st.integers(0, 3))
    place = data.draw(st.integers(0, len(parts[altered]) - 1))
    changed = bytearray(parts[altered])
    changed[place] ^= data.draw(st.integers(1, 255))
    parts[altered] = bytes(changed)
    with pytest.raises(BrokenSealError):
        primitives.aes256_gcm_open(*parts)


@pytest.mark.parametrize(("key", "nonce"), [(16, 12), (24, 12), (32, 8), (32, 16), (0, 12)])
def test_a_shorter_key_or_another_nonce_is_a_bug_and_not_a_weaker_seal(key, nonce):
    with pytest.raises(ValueError, match="bytes"):
        primitives.aes256_gcm_seal(bytes(key), bytes(nonce), b"plain", b"")
    with pytest.raises(ValueError, match="bytes"):
        primitives.aes256_gcm_open(bytes(key), bytes(nonce), bytes(32), b"")


def test_random_bytes_do_not_repeat():
    drawn = {primitives.random_bytes(12) for _ in range(1000)}
    assert len(drawn) == 1000


def test_a_key_shows_nothing_of_itself():
    raw = b"SECRET-marker-0123456789-abcdef!"
    key = MasterKey(raw)
    shown = f"{key} {key!r} {[key]} {key.__reduce_ex__.__name__}"
    assert "SECRET" not in shown
    assert raw.hex() not in shown
    assert "MasterKey" in shown


def test_keys_of_different_kinds_are_never_equal():
    assert MasterKey(bytes(32)) == MasterKey(bytes(32))
    assert MasterKey(bytes(32)) != MasterKey(b"\1" + bytes(31))
    assert MasterKey(bytes(32)) != StoreKey(bytes(32))
    assert MasterKey(bytes(32)) != bytes(32)
    with pytest.raises(TypeError, match="unhashable"):
        hash(MasterKey(bytes(32)))


@pytest.mark.parametrize(("kind", "size"), [(MasterKey, 31), (StoreKey, 33), (RecoveryKey, 32)])
def test_a_key_of_the_wrong_length_cannot_be_made(kind, size):
    with pytest.raises(ValueError, match="holds"):
        kind(bytes(size))
