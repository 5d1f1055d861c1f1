"""Seals a master key into a keyring's slots, and opens them again.

A seal is bound to the keyring's header and its slot's parameters, so it opens nowhere else and
under no other parameters. A slot that opened is not yet believed: ``keyring`` compares the MAC.
"""

from __future__ import annotations

from typing import Final

from app.crypto.keyring_layout import (
    PassphraseParameters,
    PassphraseSlot,
    RecoverySlot,
    Seal,
    header,
    recovery_parameters,
)
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

# One label per purpose: a key made for one can never serve another. Never reuse or change one.
LABEL_PASSPHRASE: Final = b"siteweek/kek/v1"
LABEL_RECOVERY: Final = b"siteweek/recovery-kek/v1"


def seal_for_passphrase(
    vault_id: bytes,
    master: MasterKey,
    passphrase: str,
    argon2: Argon2Parameters,
    pepper: Pepper | None,
    stretcher: Stretcher,
) -> PassphraseSlot:
    """Return a slot that ``passphrase`` opens, together with ``pepper`` if there is one.

    Raises:
        InvalidInputError: this can't be a passphrase.
        WeakParametersError: ``argon2`` lies outside the policy.

    """
    parameters = PassphraseParameters(
        argon2, salt=random_bytes(SALT_SIZE), uses_pepper=pepper is not None
    )
    key = _passphrase_slot_key(vault_id, passphrase, parameters, pepper, stretcher)
    return PassphraseSlot(parameters, _seal(vault_id, key, master, parameters.to_bytes()))


def open_with_passphrase(
    vault_id: bytes,
    slot: PassphraseSlot,
    passphrase: str,
    pepper: Pepper | None,
    stretcher: Stretcher,
) -> MasterKey:
    """Return the master key. Whether parameters and pepper will do is settled before any work.

    Raises:
        WrongPassphraseError: passphrase or pepper is wrong, or the slot damaged: one sentence.
            Another one if the pepper is missing.
        WeakParametersError: the slot asks for too little or too much work.
        InvalidInputError: this can't be a passphrase.

    """
    stretcher.check(slot.parameters.argon2)
    if slot.parameters.uses_pepper and pepper is None:
        raise WrongPassphraseError(
            "This profile also needs the secret that was kept in this computer's own key store, "
            "and it is not there. Nothing was changed. Open the profile with its recovery key."
        )
    used = pepper if slot.parameters.uses_pepper else None
    key = _passphrase_slot_key(vault_id, passphrase, slot.parameters, used, stretcher)
    return _open(vault_id, key, slot.seal, slot.parameters.to_bytes())


def seal_for_recovery(vault_id: bytes, master: MasterKey) -> tuple[RecoverySlot, RecoveryKey]:
    """Return a slot and the new random recovery key that opens it."""
    recovery = RecoveryKey(random_bytes(RecoveryKey.SIZE))
    key = _recovery_slot_key(vault_id, recovery)
    return RecoverySlot(_seal(vault_id, key, master, recovery_parameters())), recovery


def open_with_recovery(vault_id: bytes, slot: RecoverySlot, recovery: RecoveryKey) -> MasterKey:
    """Return the master key.

    Raises:
        WrongPassphraseError: the key is wrong or the slot damaged, in the same words.

    """
    return _open(vault_id, _recovery_slot_key(vault_id, recovery), slot.seal, recovery_parameters())


def _passphrase_slot_key(
    vault_id: bytes,
    passphrase: str,
    parameters: PassphraseParameters,
    pepper: Pepper | None,
    stretcher: Stretcher,
) -> SlotKey:
    stretched = stretcher.derive(passphrase, parameters.salt, parameters.argon2).raw
    # 32 bytes or 64: with and without a pepper can't be mistaken for each other.
    secret = stretched if pepper is None else stretched + pepper.raw
    return SlotKey(hkdf_sha256(secret, salt=vault_id, label=LABEL_PASSPHRASE))


def _recovery_slot_key(vault_id: bytes, recovery: RecoveryKey) -> SlotKey:
    return SlotKey(hkdf_sha256(recovery.raw, salt=vault_id, label=LABEL_RECOVERY))


def _seal(vault_id: bytes, key: SlotKey, master: MasterKey, parameters: bytes) -> Seal:
    # A random nonce is safe here: each passphrase slot key seals once, and so does each recovery
    # key, as a new salt or a new key is drawn whenever a slot is written.
    nonce = random_bytes(NONCE_SIZE)
    context = header(vault_id) + parameters
    return Seal(nonce, aes256_gcm_seal(key.raw, nonce, master.raw, context))


def _open(vault_id: bytes, key: SlotKey, seal: Seal, parameters: bytes) -> MasterKey:
    context = header(vault_id) + parameters
    try:
        return MasterKey(aes256_gcm_open(key.raw, seal.nonce, seal.sealed, context))
    except BrokenSealError:
        # One sentence for a wrong secret and a damaged slot: nobody can tell them apart anyway.
        raise WrongPassphraseError(
            "That does not open this profile: it was mistyped, or the key file is damaged. "
            "Nothing was changed. Try again, or put back a copy of the key file from a backup."
        ) from None
