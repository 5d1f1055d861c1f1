"""Which public keys may join: well-formed ones for which nobody can forge.

The library loads 14 encodings of Ed25519 points of small order. For each of them a signature can
be made without any private key, so "signed by this member" would mean nothing. They are refused
when a key is offered, and so is every encoding that is not the one canonical form.
"""

from __future__ import annotations

from typing import Final

from app.crypto.identity import PUBLIC_SIZE
from app.crypto.primitives import SIGNING_PUBLIC_SIZE, is_kem_public
from app.errors import UntrustedKeyError

_PRIME: Final = 2**255 - 19
_SIGN_BIT: Final = 1 << 255
# The eight points of small order, without their sign bits, in every encoding below 2^255: the
# neutral point, the one of order 2, two of order 4 and four of order 8 (as two values of y).
_SMALL_ORDER_Y: Final = frozenset(
    {
        0,
        1,
        _PRIME - 1,
        _PRIME,
        _PRIME + 1,
        int.from_bytes(
            bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            "little",
        ),
        int.from_bytes(
            bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
            "little",
        ),
    }
)
_X25519_SIZE: Final = 32


def check_public(public: bytes) -> None:
    """Do nothing when this can be a device's public identity.

    Raises:
        UntrustedKeyError: the wrong length, a weak or malformed key.

    """
    if len(public) != PUBLIC_SIZE:
        raise _refused()
    if not is_strong_signing_key(public[:SIGNING_PUBLIC_SIZE]):
        raise _refused()
    sealing = public[SIGNING_PUBLIC_SIZE:]
    if not any(sealing[-_X25519_SIZE:]) or not is_kem_public(sealing):
        raise _refused()


def is_strong_signing_key(public: bytes) -> bool:
    """Whether an Ed25519 key is one under which its owner alone can sign, in its one encoding."""
    y = int.from_bytes(public, "little") & ~_SIGN_BIT
    is_weak = y in _SMALL_ORDER_Y or y >= _PRIME
    return len(public) == SIGNING_PUBLIC_SIZE and not is_weak


def _refused() -> UntrustedKeyError:
    return UntrustedKeyError(
        "The keys of that laptop can’t be trusted: they are malformed, or anybody could sign under "
        "them. It was not added, and nothing was changed. Ask its user to install Siteweek again "
        "and make a new request."
    )
