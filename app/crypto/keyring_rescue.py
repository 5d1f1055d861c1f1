"""Opens a keyring that is damaged elsewhere than in the slot that is used, for salvage alone.

The slot's own seal still vouches for the master key. What the keyring's MAC would have vouched
for, that nobody put a slot there, doesn't matter to somebody who only wants their words out; such
a keyring is never written again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto import keyring_layout as layout
from app.crypto.keyring import unlock_with_passphrase, unlock_with_recovery
from app.crypto.keyring_slots import open_with_passphrase, open_with_recovery
from app.crypto.passphrase import RELEASE_STRETCHER
from app.errors import DamagedFileError, WrongPassphraseError

if TYPE_CHECKING:
    from app.crypto.keyring_layout import Layout
    from app.crypto.keys import MasterKey, Pepper, RecoveryKey
    from app.crypto.passphrase import Stretcher

_COUNT_AT: Final = 25
_SLOT_0_AT: Final = 26
_SLOT_1_AT: Final = 116
_MAC_SIZE: Final = 32
_ONE_SLOT: Final = _SLOT_1_AT + _MAC_SIZE
_TWO_SLOTS: Final = _ONE_SLOT + 62


def rescue_with_passphrase(
    untrusted: bytes,
    passphrase: str,
    *,
    pepper: Pepper | None = None,
    stretcher: Stretcher = RELEASE_STRETCHER,
) -> tuple[MasterKey, bool]:
    """Return the master key, and whether the keyring is sound.

    Raises:
        WrongPassphraseError: the passphrase or pepper is wrong or the slot damaged.
        WeakParametersError: the slot asks for too little or too much work; none was done.
        DamagedFileError: there is too little of it left.
        NewerVersionError: a newer Siteweek made it.
        InvalidInputError: this can't be a passphrase.

    """
    try:
        found = unlock_with_passphrase(untrusted, passphrase, pepper=pepper, stretcher=stretcher)
    except DamagedFileError:
        mended = _mended(untrusted)
        slot = mended.passphrase
        return open_with_passphrase(mended.vault_id, slot, passphrase, pepper, stretcher), False
    return found, True


def rescue_with_recovery(untrusted: bytes, recovery: RecoveryKey) -> tuple[MasterKey, bool]:
    """Return the master key, and whether the keyring is sound.

    Raises:
        WrongPassphraseError: the key is wrong, the slot damaged, or there is no such slot.
        DamagedFileError: there is too little of it left.
        NewerVersionError: a newer Siteweek made it.

    """
    try:
        return unlock_with_recovery(untrusted, recovery), True
    except DamagedFileError:
        mended = _mended(untrusted)
        if mended.recovery is None:
            raise WrongPassphraseError(
                "This profile’s key file holds no recovery key, or it is cut off. Nothing was "
                "changed. Use the passphrase, or a copy of the key file."
            ) from None
        return open_with_recovery(mended.vault_id, mended.recovery, recovery), False


def _mended(untrusted: bytes) -> Layout:
    """Take apart what is left: whatever can have one value alone is given it."""
    size = _TWO_SLOTS if len(untrusted) > _ONE_SLOT else _ONE_SLOT
    whole = bytearray(untrusted[:size].ljust(size, b"\0"))
    header = layout.header(bytes(whole[len(layout.MAGIC) + 1 : _COUNT_AT]))
    whole[:_COUNT_AT] = header
    whole[_COUNT_AT] = 2 if size == _TWO_SLOTS else 1
    whole[_SLOT_0_AT] = 0
    whole[_SLOT_0_AT + 1] &= 1  # the flags: a pepper or none
    if size == _TWO_SLOTS:
        parameters = layout.recovery_parameters()
        whole[_SLOT_1_AT : _SLOT_1_AT + len(parameters)] = parameters
    return layout.parse(bytes(whole))
