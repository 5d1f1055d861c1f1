from __future__ import annotations

import pytest

from app.crypto import identity
from app.crypto.keys import IdentityWrapKey
from app.errors import DamagedFileError

WRAP = IdentityWrapKey(bytes(range(32)))
INSPECTION = bytes(range(16))


def test_a_sealed_identity_opens_as_it_was() -> None:
    made = identity.create()
    opened = identity.unseal(identity.seal(made, WRAP), made.public, WRAP)
    assert (opened.signing, opened.sealing, opened.public) == (
        made.signing,
        made.sealing,
        made.public,
    )
    assert len(made.public) == identity.PUBLIC_SIZE


def test_no_two_identities_are_alike() -> None:
    made = [identity.create() for _ in range(20)]
    assert len({one.public for one in made}) == 20
    assert len({one.device_id for one in made}) == 20


def test_a13_a_private_key_is_never_used_beside_another_public_one() -> None:
    mine, other = identity.create(), identity.create()
    sealed = identity.seal(mine, WRAP)
    for public in (
        other.public,
        other.public[:32] + mine.public[32:],
        mine.public[:32] + other.public[32:],
    ):
        with pytest.raises(DamagedFileError):
            identity.unseal(sealed, public, WRAP)


def test_a13_a_seal_that_vouches_for_a_false_public_key_is_refused_too() -> None:
    mine, other = identity.create(), identity.create()
    false = identity.Identity(mine.signing, mine.sealing, other.public)
    with pytest.raises(DamagedFileError):
        identity.unseal(identity.seal(false, WRAP), other.public, WRAP)


def test_every_altered_byte_of_a_sealed_identity_is_refused() -> None:
    made = identity.create()
    sealed = identity.seal(made, WRAP)
    for place in range(len(sealed)):
        altered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(DamagedFileError):
            identity.unseal(altered, made.public, WRAP)
    for length in range(len(sealed)):
        with pytest.raises(DamagedFileError):
            identity.unseal(sealed[:length], made.public, WRAP)


def test_a_head_is_signed_for_one_inspection_device_number_and_hash_alone() -> None:
    mine, other = identity.create(), identity.create()
    signature = identity.sign_head(mine, INSPECTION, 7, bytes(32))
    assert identity.head_is_signed(mine.public, signature, INSPECTION, 7, bytes(32))
    assert not identity.head_is_signed(other.public, signature, INSPECTION, 7, bytes(32))
    assert not identity.head_is_signed(mine.public, signature, bytes(16), 7, bytes(32))
    assert not identity.head_is_signed(mine.public, signature, INSPECTION, 8, bytes(32))
    assert not identity.head_is_signed(mine.public, signature, INSPECTION, 7, b"\1" * 32)
    for place in range(len(signature)):
        altered = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
        assert not identity.head_is_signed(mine.public, altered, INSPECTION, 7, bytes(32))


def test_an_identity_shows_nothing_of_its_private_keys() -> None:
    made = identity.create()
    assert made.signing.raw.hex() not in repr(made)
    assert repr(made.signing.raw) not in repr(made)
