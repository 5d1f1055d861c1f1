"""A device's identity within one inspection: a signing key, a sealing key, and the id of both.

Identities are drawn anew for every inspection, so inspections can't be linked by them, and
after every restore, so that two histories can never go on under one name. The functions are
pure over bytes; where an identity is kept is the store's business.

::

    public identity, 1,248 bytes             sealed identity, 156 bytes
    0     32    Ed25519 public key           0     12   nonce, random
    32    1184  ML-KEM-768 public key        12    144  private keys, AES-256-GCM under the
    1216  32    X25519 public key                       identity wrap key, context = label
                                                        ‖ public identity:
                                             0     32   Ed25519 private key
                                             32    64   ML-KEM-768 seed
                                             96    32   X25519 private key
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto.keys import SealingKey, SigningKey
from app.crypto.primitives import (
    KEM_PUBLIC_SIZE,
    MLKEM_SEED_SIZE,
    NONCE_SIZE,
    SIGNING_PUBLIC_SIZE,
    BrokenSealError,
    aes256_gcm_open,
    aes256_gcm_seal,
    ed25519_public,
    ed25519_sign,
    ed25519_verify,
    kem_public,
    random_bytes,
    sha256,
)
from app.errors import DamagedFileError

if TYPE_CHECKING:
    from app.crypto.keys import IdentityWrapKey

PUBLIC_SIZE: Final = SIGNING_PUBLIC_SIZE + KEM_PUBLIC_SIZE
DEVICE_ID_SIZE: Final = 16
LABEL_DEVICE: Final = b"siteweek/device/v1"
LABEL_WRAP: Final = b"siteweek/identity/v1"
LABEL_HEAD: Final = b"siteweek/head/v1"


@dataclass(frozen=True, slots=True)
class Identity:
    """A device's private keys with the public ones that were computed from them."""

    signing: SigningKey
    sealing: SealingKey
    public: bytes

    @property
    def device_id(self) -> str:
        """The name of this identity, 32 hex digits."""
        return device_id(self.public)


def create() -> Identity:
    """Return a new identity from the system's generator."""
    return _identity(
        SigningKey(random_bytes(SigningKey.SIZE)), SealingKey(random_bytes(SealingKey.SIZE))
    )


def device_id(public: bytes) -> str:
    """Return the id of a public identity: 16 bytes of its hash, in hex."""
    return sha256(LABEL_DEVICE + public)[:DEVICE_ID_SIZE].hex()


def seal(identity: Identity, wrap: IdentityWrapKey) -> bytes:
    """Return the private keys sealed, bound to the public ones."""
    nonce = random_bytes(NONCE_SIZE)
    private = identity.signing.raw + identity.sealing.raw
    return nonce + aes256_gcm_seal(wrap.raw, nonce, private, LABEL_WRAP + identity.public)


def unseal(sealed: bytes, public: bytes, wrap: IdentityWrapKey) -> Identity:
    """Return the identity, its public keys computed anew and compared.

    A private key used beside a public key that isn't its own gives itself away, so the stored
    public key is never believed.

    Raises:
        DamagedFileError: the seal doesn't open, or the keys are not each other's.

    """
    nonce, body = sealed[:NONCE_SIZE], sealed[NONCE_SIZE:]
    try:
        private = aes256_gcm_open(wrap.raw, nonce, body, LABEL_WRAP + public)
        identity = _identity(
            SigningKey(private[: SigningKey.SIZE]), SealingKey(private[SigningKey.SIZE :])
        )
    except (BrokenSealError, ValueError):
        raise _damaged() from None
    if identity.public != public:
        raise _damaged()
    return identity


def sign_head(identity: Identity, inspection_id: bytes, number: int, head_hash: bytes) -> bytes:
    """Return the device's signature over its newest revision, and so over all before it."""
    return ed25519_sign(
        identity.signing.raw, _head_message(inspection_id, identity.device_id, number, head_hash)
    )


def head_is_signed(
    public: bytes, signature: bytes, inspection_id: bytes, number: int, head_hash: bytes
) -> bool:
    """Whether the device of ``public`` has signed that revision as its newest."""
    message = _head_message(inspection_id, device_id(public), number, head_hash)
    try:
        ed25519_verify(public[:SIGNING_PUBLIC_SIZE], signature, message)
    except BrokenSealError:
        return False
    return True


def _identity(signing: SigningKey, sealing: SealingKey) -> Identity:
    mlkem, x25519 = sealing.raw[:MLKEM_SEED_SIZE], sealing.raw[MLKEM_SEED_SIZE:]
    return Identity(signing, sealing, ed25519_public(signing.raw) + kem_public(mlkem, x25519))


def _head_message(inspection_id: bytes, device: str, number: int, head_hash: bytes) -> bytes:
    return LABEL_HEAD + inspection_id + bytes.fromhex(device) + number.to_bytes(8) + head_hash


def _damaged() -> DamagedFileError:
    return DamagedFileError(
        "This laptop’s own keys in the inspection are damaged or were exchanged. They were not "
        "used, and nothing was changed. Restore a backup, or run: siteweek salvage"
    )
