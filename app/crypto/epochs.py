"""Epoch secrets: drawn by the lead, sealed to each device, the same for all of them.

An epoch's secret opens that epoch alone. It is sealed with HPKE's base mode, which proves nothing
about who sealed it: the lead's signature over the whole roster entry does. The commitment in the
entry lets every member see that all of them were given the same secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto.keys import EpochSecret
from app.crypto.primitives import (
    BrokenSealError,
    equal_in_constant_time,
    hpke_open,
    hpke_seal,
    random_bytes,
    sha256,
)
from app.errors import RefusedRosterError

if TYPE_CHECKING:
    from app.crypto.identity import Identity

LABEL_COMMIT: Final = b"siteweek/epoch-commit/v1"
LABEL_WRAP: Final = b"siteweek/epoch/v1"


def draw() -> EpochSecret:
    """Return a new secret from the system's generator."""
    return EpochSecret(random_bytes(EpochSecret.SIZE))


def commitment(secret: EpochSecret) -> bytes:
    """Return what an entry says of a secret, so that members can compare theirs."""
    return sha256(LABEL_COMMIT + secret.raw)


def wrap(
    secret: EpochSecret, public: bytes, inspection: bytes, epoch: int, device: str, previous: bytes
) -> bytes:
    """Return the secret sealed to a device, for this epoch and place in the roster alone."""
    info = _info(inspection, epoch, device, previous)
    return hpke_seal(secret.raw, public[32:], info)


def unwrap(
    wrapped: bytes,
    own: Identity,
    inspection: bytes,
    epoch: int,
    previous: bytes,
    committed: bytes,
) -> EpochSecret:
    """Return the secret that was sealed to this device.

    Raises:
        RefusedRosterError: it was sealed to another device, for another place, or is not the one
            that the others were given.

    """
    info = _info(inspection, epoch, own.device_id, previous)
    try:
        secret = EpochSecret(hpke_open(wrapped, own.sealing.raw, info))
    except (BrokenSealError, ValueError):
        raise RefusedRosterError("epoch-seal") from None
    if not equal_in_constant_time(commitment(secret), committed):
        raise RefusedRosterError("epoch-commitment")
    return secret


def _info(inspection: bytes, epoch: int, device: str, previous: bytes) -> bytes:
    return LABEL_WRAP + inspection + epoch.to_bytes(4) + bytes.fromhex(device) + previous
