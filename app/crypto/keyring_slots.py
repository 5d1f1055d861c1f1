"""Seals a master key into a keyring's slots and opens them again.

A seal is bound to the header and to its slot's parameters, so it opens nowhere else and under no
other parameters. A slot that opened is not yet believed: ``keyring`` compares the MAC after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto import keyring_layout as layouts
from app.crypto.keyring_layout import PassphraseSlot, RecoverySlot, Seal
from app.crypto.keys import MasterKey, Pepper, RecoveryKey, SlotKey
from app.crypto.passphrase import SALT_SIZE, Argon2Parameters, Stretcher
from app.crypto.primitives import (
    NONCE_SIZE,
    BrokenSealError,
    aes256_gcm_open,
    aes256_gcm_seal,
    hkdf_sha256,
    random_bytes,
)
from app.errors import WrongPassphraseError

if TYPE_CHECKING:
    from app.crypto.passphrase import PassphraseWork

# One label per purpose: a key made for one can never serve another. Never reuse or change one.
LABEL_PASSPHRASE_SLOT: Final = b"siteweek/kek/v1"
LABEL_RECOVERY_SLOT: Final = b"siteweek/recovery-kek/v1"
