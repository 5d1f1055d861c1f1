"""How a passphrase, or the recovery key, opens a profile's master key.

Every function is pure over the keyring's bytes: reading and writing the file is for ``files``,
and a caller writes what a function returns as a whole or not at all. Nothing of a file is
believed before its MAC has been compared. ``keyring_layout`` draws the bytes, FORMAT.md the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.crypto.keyring_layout import VAULT_ID_SIZE, Layout, parse
from app.crypto.keyring_slots import (
    open_with_passphrase,
    open_with_recovery,
    seal_for_passphrase,
    seal_for_recovery,
)
from app.crypto.keys import MacKey, MasterKey, Pepper, RecoveryKey
from app.crypto.passphrase import DEFAULT_PARAMETERS, RELEASE_STRETCHER
from app.crypto.primitives import (
    equal_in_constant_time,
    hkdf_sha256,
    hmac_sha256,
    random_bytes,
)
from app.errors import DamagedFileError, WrongPassphraseError

if TYPE_CHECKING:
    from app.crypto.passphrase import Argon2Parameters, Stretcher

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
    vault_id = random_bytes(VAULT_ID_SIZE)
    master = MasterKey(random_bytes(MasterKey.SIZE))
    slot = seal_for_passphrase(vault_id, master, passphrase, argon2, pepper, stretcher)
    return _build(Layout(vault_id, slot, None, b""), master), master


def summarise(untrusted: bytes) -> KeyringSummary:
    """Return what can be read without a secret: whether to ask for a pepper, and its vault id.

    Raises:
        DamagedFileError: this is not a keyring.
        NewerVersionError: a newer Siteweek made it.

    """
    layout = parse(untrusted)
    parameters = layout.passphrase.parameters
    return KeyringSummary(
        vault_id=layout.vault_id,
        argon2=parameters.argon2,
        uses_pepper=parameters.uses_pepper,
        has_recovery=layout.recovery is not None,
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
    layout = parse(untrusted)
    master = open_with_passphrase(layout.vault_id, layout.passphrase, passphrase, pepper, stretcher)
    _check_mac(layout, master)
    return master


def unlock_with_recovery(untrusted: bytes, recovery: RecoveryKey) -> MasterKey:
    """Return the master key. Neither passphrase nor pepper is needed.

    Raises:
        WrongPassphraseError: the key is wrong or the slot damaged, in the same words; or, in
            others, this keyring has no recovery slot.
        DamagedFileError: not a keyring, or altered elsewhere than in this slot.
        NewerVersionError: a newer Siteweek made it.

    """
    layout = parse(untrusted)
    if layout.recovery is None:
        raise WrongPassphraseError(
            "No recovery key was made for this profile. Nothing was changed. Open it with its "
            "passphrase."
        )
    master = open_with_recovery(layout.vault_id, layout.recovery, recovery)
    _check_mac(layout, master)
    return master


def add_recovery(untrusted: bytes, master: MasterKey) -> tuple[bytes, RecoveryKey]:
    """Return the keyring with a new recovery slot, and its key. An older one opens it no more.

    Raises:
        DamagedFileError: this is not the keyring of ``master``, or it was altered.
        NewerVersionError: a newer Siteweek made it.

    """
    layout = _parse_for(untrusted, master)
    slot, recovery = seal_for_recovery(layout.vault_id, master)
    return _build(replace(layout, recovery=slot), master), recovery


def change_passphrase(
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
    slot = seal_for_passphrase(layout.vault_id, master, passphrase, argon2, pepper, stretcher)
    return _build(replace(layout, passphrase=slot), master)


def is_of(untrusted: bytes, master: MasterKey) -> bool:
    """Whether this is the keyring of a master key, in all of its bytes.

    Raises:
        DamagedFileError: this is not a keyring.
        NewerVersionError: a newer Siteweek made it.

    """
    layout = parse(untrusted)
    return equal_in_constant_time(_mac(layout, master), layout.mac)


def _parse_for(untrusted: bytes, master: MasterKey) -> Layout:
    # Without this a slot smuggled in from outside would be vouched for at the next change.
    layout = parse(untrusted)
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
