"""How a passphrase, or the recovery key, opens a profile's master key.

Every function is pure over the keyring's bytes: reading and writing the file is for ``files``,
and a caller writes what a function returns as a whole or not at all. A file's parameters are
checked before they are used, and nothing of it is believed before its MAC has been compared.
The layout is drawn in ``keyring_layout``; the rules are those of FORMAT.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from app.crypto import keyring_layout as layouts
from app.crypto.keyring_layout import Layout, PassphraseSlot, RecoverySlot, Seal
from app.crypto.keys import MacKey, MasterKey, Pepper, RecoveryKey, SlotKey
from app.crypto.passphrase import (
    DEFAULT_PARAMETERS,
    RELEASE_STRETCHER,
    SALT_SIZE,
    Argon2Parameters,
    Stretcher,
)
from app.crypto.primitives import (
    NONCE_SIZE,
    BrokenSealError,
    aes256_gcm_open,
    aes256_gcm_seal,
    equal_in_constant_time,
    hkdf_sha256,
    hmac_sha256,
    random_bytes,
)
from app.errors import DamagedFileError, WrongPassphraseError

# One label per purpose: a key made for one can never serve another. Never reuse or change one.
LABEL_PASSPHRASE_SLOT: Final = b"siteweek/kek/v1"
LABEL_RECOVERY_SLOT: Final = b"siteweek/recovery-kek/v1"
LABEL_MAC: Final = b"siteweek/keyring-mac/v1"

# Far above any keyring of this format; for whoever reads the file before parsing it.
MOST_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class KeyringSummary:
    """What a keyring says of itself. Nobody has vouched for it: use it to choose words, no more."""

    vault_id: bytes
    argon2: Argon2Parameters
    uses_pepper: bool
    has_recovery: bool


def create(
    passphrase: str,
    argon2: Argon2Parameters = DEFAULT_PARAMETERS,
    *,
    pepper: Pepper | None = None,
    stretcher: Stretcher = RELEASE_STRETCHER,
) -> tuple[bytes, MasterKey]:
    """Return a new keyring with a new vault id, and the new master key it opens.

    Raises:
        InvalidInputError: this can't be a passphrase.
        WeakParametersError: ``argon2`` lies outside the policy.

    """
    vault_id = random_bytes(layouts.VAULT_ID_SIZE)
    master = MasterKey(random_bytes(MasterKey.SIZE))
    slot = _seal_for_passphrase(vault_id, master, passphrase, argon2, pepper, stretcher)
    return _build(Layout(vault_id, slot, None, b""), master), master


def summarise(untrusted: bytes) -> KeyringSummary:
    """Return what can be read without a secret: whether to ask for a pepper, and its vault id.

    Raises:
        DamagedFileError: this is not a keyring.
        NewerVersionError: a newer Siteweek made it.

    """
    layout = layouts.parse(untrusted)
    slot = layout.passphrase
    return KeyringSummary(
        layout.vault_id, slot.argon2, slot.uses_pepper, has_recovery=layout.recovery is not None
    )


def unlock_with_passphrase(
    untrusted: bytes,
    passphrase: str,
    *,
    pepper: Pepper | None = None,
    stretcher: Stretcher = RELEASE_STRETCHER,
) -> MasterKey:
    """Return the master key. A pepper the keyring doesn't use is left aside.

    Raises:
        WrongPassphraseError: the passphrase or pepper is wrong or the slot damaged, in the same
            words; or, in others, the pepper is missing.
        WeakParametersError: the slot asks for too little or too much work; none was done.
        DamagedFileError: not a keyring, or altered elsewhere than in this slot.
        NewerVersionError: a newer Siteweek made it.
        InvalidInputError: this can't be a passphrase.

    """
    layout = layouts.parse(untrusted)
    slot = layout.passphrase
    stretcher.check(slot.argon2)
    if slot.uses_pepper and pepper is None:
        raise WrongPassphraseError(
            "This profile also needs the secret that was kept in this computer's own key store, "
            "and it is not there. Nothing was changed. Open the profile with its recovery key."
        )
    used = pepper if slot.uses_pepper else None
    key = _passphrase_slot_key(layout.vault_id, passphrase, slot.salt, slot.argon2, used, stretcher)
    parameters = layouts.passphrase_parameters(slot.argon2, slot.salt, uses_pepper=slot.uses_pepper)
    return _open(layout, slot.seal, key, parameters)


def unlock_with_recovery(untrusted: bytes, recovery: RecoveryKey) -> MasterKey:
    """Return the master key. Neither passphrase nor pepper is needed.

    Raises:
        WrongPassphraseError: the key is wrong or the slot damaged, in the same words; or, in
            others, this keyring has no recovery slot.
        DamagedFileError: not a keyring, or altered elsewhere than in this slot.
        NewerVersionError: a newer Siteweek made it.

    """
    layout = layouts.parse(untrusted)
    if layout.recovery is None:
        raise WrongPassphraseError(
            "No recovery key was made for this profile. Nothing was changed. Open it with its "
            "passphrase."
        )
    key = _recovery_slot_key(layout.vault_id, recovery)
    return _open(layout, layout.recovery.seal, key, layouts.recovery_parameters())


def add_recovery(untrusted: bytes, master: MasterKey) -> tuple[bytes, RecoveryKey]:
    """Return the keyring with a new recovery slot, and its key. An older one opens it no more.

    Raises:
        DamagedFileError: this is not the keyring of ``master``, or it was altered.
        NewerVersionError: a newer Siteweek made it.

    """
    layout = _parse_for(untrusted, master)
    recovery = RecoveryKey(random_bytes(RecoveryKey.SIZE))
    key = _recovery_slot_key(layout.vault_id, recovery)
    seal = _seal(layout.vault_id, key, master, layouts.recovery_parameters())
    return _build(replace(layout, recovery=RecoverySlot(seal)), master), recovery


def change_passphrase(  # noqa: PLR0913 - three of them are options that keep their defaults
    untrusted: bytes,
    master: MasterKey,
    passphrase: str,
    argon2: Argon2Parameters = DEFAULT_PARAMETERS,
    *,
    pepper: Pepper | None = None,
    stretcher: Stretcher = RELEASE_STRETCHER,
) -> bytes:
    """Return the keyring with another passphrase; the recovery slot stays. The old one is gone.

    Whoever holds ``master`` has opened the profile, by passphrase or recovery key. The master
    key stays the same, so an older copy of the file still opens with the older passphrase.

    Raises:
        DamagedFileError: this is not the keyring of ``master``, or it was altered.
        NewerVersionError: a newer Siteweek made it.
        InvalidInputError: this can't be a passphrase.
        WeakParametersError: ``argon2`` lies outside the policy.

    """
    layout = _parse_for(untrusted, master)
    slot = _seal_for_passphrase(layout.vault_id, master, passphrase, argon2, pepper, stretcher)
    return _build(replace(layout, passphrase=slot), master)


def _seal_for_passphrase(  # noqa: PLR0913, PLR0917 - a slot is made of exactly these
    vault_id: bytes,
    master: MasterKey,
    passphrase: str,
    argon2: Argon2Parameters,
    pepper: Pepper | None,
    stretcher: Stretcher,
) -> PassphraseSlot:
    uses_pepper = pepper is not None
    salt = random_bytes(SALT_SIZE)
    key = _passphrase_slot_key(vault_id, passphrase, salt, argon2, pepper, stretcher)
    parameters = layouts.passphrase_parameters(argon2, salt, uses_pepper=uses_pepper)
    return PassphraseSlot(argon2, salt, uses_pepper, _seal(vault_id, key, master, parameters))


def _passphrase_slot_key(  # noqa: PLR0913, PLR0917 - the inputs of one formula, security 2.2
    vault_id: bytes,
    passphrase: str,
    salt: bytes,
    argon2: Argon2Parameters,
    pepper: Pepper | None,
    stretcher: Stretcher,
) -> SlotKey:
    stretched = stretcher.derive(passphrase, salt, argon2).raw
    # 32 bytes or 64: with and without a pepper can't be mistaken for each other.
    secret = stretched if pepper is None else stretched + pepper.raw
    return SlotKey(hkdf_sha256(secret, salt=vault_id, label=LABEL_PASSPHRASE_SLOT))


def _recovery_slot_key(vault_id: bytes, recovery: RecoveryKey) -> SlotKey:
    return SlotKey(hkdf_sha256(recovery.raw, salt=vault_id, label=LABEL_RECOVERY_SLOT))


def _seal(vault_id: bytes, key: SlotKey, master: MasterKey, parameters: bytes) -> Seal:
    nonce = random_bytes(NONCE_SIZE)
    context = layouts.header(vault_id) + parameters
    return Seal(nonce, aes256_gcm_seal(key.raw, nonce, master.raw, context))


def _open(layout: Layout, seal: Seal, key: SlotKey, parameters: bytes) -> MasterKey:
    context = layouts.header(layout.vault_id) + parameters
    try:
        master = MasterKey(aes256_gcm_open(key.raw, seal.nonce, seal.sealed, context))
    except BrokenSealError:
        # One sentence for a wrong secret and a damaged slot: nobody can tell them apart anyway.
        raise WrongPassphraseError(
            "That does not open this profile: it was mistyped, or the key file is damaged. "
            "Nothing was changed. Try again, or put back a copy of the key file from a backup."
        ) from None
    _check_mac(layout, master)
    return master


def _parse_for(untrusted: bytes, master: MasterKey) -> Layout:
    # Without this a slot smuggled in from outside would be vouched for at the next change.
    layout = layouts.parse(untrusted)
    _check_mac(layout, master)
    return layout


def _check_mac(layout: Layout, master: MasterKey) -> None:
    if not equal_in_constant_time(_mac(layout, master), layout.mac):
        raise DamagedFileError(
            "The profile's key file was altered by something other than Siteweek. Nothing was "
            "changed. Put back a copy of it from a backup."
        )


def _build(layout: Layout, master: MasterKey) -> bytes:
    return layout.authenticated() + _mac(layout, master)


def _mac(layout: Layout, master: MasterKey) -> bytes:
    key = MacKey(hkdf_sha256(master.raw, salt=layout.vault_id, label=LABEL_MAC))
    return hmac_sha256(key.raw, layout.authenticated())
