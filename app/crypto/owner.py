"""The seal of what a profile remembers of the person who uses it.

::

    owner
    0    8    magic "SWOWNER1"                    context
    8    12   nonce, random
    20   n    canonical JSON, AES-256-GCM under the owner key
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto.keys import OwnerKey
from app.crypto.primitives import (
    NONCE_SIZE,
    BrokenSealError,
    aes256_gcm_open,
    aes256_gcm_seal,
    hkdf_sha256,
    random_bytes,
)
from app.errors import DamagedFileError

if TYPE_CHECKING:
    from app.crypto.keys import MasterKey

MAGIC: Final = b"SWOWNER1"
LABEL: Final = b"siteweek/owner/v1"
MOST_BYTES: Final = 16 * 1024


def seal(plain: bytes, master: MasterKey) -> bytes:
    """Return what is remembered of a person, sealed."""
    nonce = random_bytes(NONCE_SIZE)
    return MAGIC + nonce + aes256_gcm_seal(_key(master), nonce, plain, MAGIC)


def unseal(untrusted: bytes, master: MasterKey) -> bytes:
    """Return what was sealed in this profile.

    Raises:
        DamagedFileError: it was not, or was altered since.

    """
    head, rest = untrusted[: len(MAGIC)], untrusted[len(MAGIC) :]
    if head != MAGIC or len(rest) < NONCE_SIZE:
        raise _damaged()
    try:
        return aes256_gcm_open(_key(master), rest[:NONCE_SIZE], rest[NONCE_SIZE:], MAGIC)
    except BrokenSealError:
        raise _damaged() from None


def _key(master: MasterKey) -> bytes:
    return OwnerKey(hkdf_sha256(master.raw, salt=b"", label=LABEL)).raw


def _damaged() -> DamagedFileError:
    return DamagedFileError(
        "What the profile remembered of you is damaged. Nothing else is. Say again who you are."
    )
