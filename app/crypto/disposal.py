"""The signature under an order to destroy, and the seal of what is kept of a disposal.

::

    disposed/<inspection id>.<8 hex digits>      the digits name the master key, and tell nothing
    0    8    magic "SWDISPOS"                    ┐
    8    1    version = 1                         ├ context
    9    16   inspection id                       ┘
    25   12   nonce, random
    37   n    canonical JSON of the disposal, AES-256-GCM under the disposal key
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from app.crypto import identity
from app.crypto.keys import DisposalKey
from app.crypto.primitives import (
    NONCE_SIZE,
    SIGNING_PUBLIC_SIZE,
    BrokenSealError,
    aes256_gcm_open,
    aes256_gcm_seal,
    ed25519_sign,
    ed25519_verify,
    hkdf_sha256,
    random_bytes,
)
from app.errors import DamagedFileError

if TYPE_CHECKING:
    from app.crypto.identity import Identity
    from app.crypto.keys import MasterKey

MAGIC: Final = b"SWDISPOS"
VERSION: Final = 1
LABEL_ORDER: Final = b"siteweek/disposal-order/v1"
LABEL_SEAL: Final = b"siteweek/disposal/v1"
LABEL_NAME: Final = b"siteweek/disposal-name/v1"
MOST_BYTES: Final = 1024 * 1024

_CONTEXT: Final = struct.Struct(">8sB16s")
_NAME_SIZE: Final = 4


def sign_order(own: Identity, order: bytes) -> bytes:
    """Return this device's signature over the text of an order."""
    return ed25519_sign(own.signing.raw, LABEL_ORDER + order)


def order_is_signed(public: bytes, signature: bytes, order: bytes, device: str) -> bool:
    """Whether that device, by its public identity, has signed the text of an order."""
    if len(public) != identity.PUBLIC_SIZE or identity.device_id(public) != device:
        return False
    try:
        ed25519_verify(public[:SIGNING_PUBLIC_SIZE], signature, LABEL_ORDER + order)
    except BrokenSealError:
        return False
    return True


def name_of(master: MasterKey) -> str:
    """Return what tells files sealed under one master key from those under another."""
    return hkdf_sha256(master.raw, salt=b"", label=LABEL_NAME, length=_NAME_SIZE).hex()


def seal(plain: bytes, inspection_id: bytes, master: MasterKey) -> bytes:
    """Return what is kept of a disposal, sealed."""
    context = _CONTEXT.pack(MAGIC, VERSION, inspection_id)
    nonce = random_bytes(NONCE_SIZE)
    return context + nonce + aes256_gcm_seal(_key(inspection_id, master), nonce, plain, context)


def unseal(untrusted: bytes, inspection_id: bytes, master: MasterKey) -> bytes:
    """Return what was sealed for this inspection.

    Raises:
        DamagedFileError: it was not, or was altered since.

    """
    context = _CONTEXT.pack(MAGIC, VERSION, inspection_id)
    head, rest = untrusted[: _CONTEXT.size], untrusted[_CONTEXT.size :]
    if head != context or len(rest) < NONCE_SIZE:
        raise _damaged()
    nonce, sealed = rest[:NONCE_SIZE], rest[NONCE_SIZE:]
    try:
        return aes256_gcm_open(_key(inspection_id, master), nonce, sealed, context)
    except BrokenSealError:
        raise _damaged() from None


def _key(inspection_id: bytes, master: MasterKey) -> bytes:
    return DisposalKey(hkdf_sha256(master.raw, salt=inspection_id, label=LABEL_SEAL)).raw


def _damaged() -> DamagedFileError:
    return DamagedFileError(
        "What was kept of a destroyed inspection is damaged. The inspection stays destroyed; use "
        "the certificate that was written then."
    )
