"""Changing what opens a profile: its passphrase, and the computer's key store beside it.

The master key stays the same, so each is one small file replaced whole; ``rotation`` changes
all the keys. Each takes about a second, on purpose, and runs away from the interface thread.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.crypto import keyring
from app.crypto.calibration import calibrate
from app.crypto.passphrase import RELEASE_STRETCHER, Stretcher
from app.errors import InvalidInputError, KeyStoreError
from app.operations.key_store import KeyStore, SystemKeyStore, keep_pepper, name_of
from app.operations.keyring_file import change_keyring, read_keyring
from app.operations.unlocking import pepper_for, require_strong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.crypto.keys import Pepper
    from app.operations.profile import Profile

# What whoever changes a passphrase has to be told.
OLDER_COPIES: Final = (
    "A copy of the key file made before still opens the notes with the older passphrase. If there "
    "may be one in the wrong hands, give the profile new keys: siteweek passwd --rotate"
)


def change_passphrase(
    profile: Profile,
    new: str,
    about: Sequence[str] = (),
    stretcher: Stretcher = RELEASE_STRETCHER,
    key_store: KeyStore | None = None,
) -> bool:
    """Put another passphrase in place of the present one; the recovery key stays as it is.

    Returns whether the computer's key store still protects the profile. It no longer does when
    its secret is lost and the profile was opened with the recovery key.

    Raises:
        InvalidInputError: the passphrase would soon be guessed.
        StoreError: another window has given the profile a new key, or the keyring can't be
            written; the sentence says which is kept.

    """
    require_strong(new, about, "Nothing was changed.")
    pepper: Pepper | None = None
    with suppress(KeyStoreError):
        pepper = pepper_for(keyring.summarise(read_keyring(profile.folder)), key_store)
    _seal(profile, new, pepper, stretcher)
    return pepper is not None


def is_protected(profile: Profile) -> bool:
    """Whether the computer's key store is needed beside the passphrase."""
    return keyring.summarise(read_keyring(profile.folder)).uses_pepper


def protect_with_system(
    profile: Profile,
    passphrase: str,
    stretcher: Stretcher = RELEASE_STRETCHER,
    key_store: KeyStore | None = None,
) -> None:
    """Let a secret in the computer's key store be needed beside the present passphrase.

    Raises:
        InvalidInputError: there is no recovery key, and the key store must never be the only
            way in.
        KeyStoreError: the key store can't be used.
        WrongPassphraseError: that is not the present passphrase.
        StoreError: as for ``change_passphrase``.

    """
    summary = keyring.summarise(read_keyring(profile.folder))
    if not summary.has_recovery:
        raise InvalidInputError(
            "Make a recovery key first: a key store can lose what it keeps, and must never be the "
            "only way in. Nothing was changed. Run: siteweek recovery",
            "recovery",
        )
    _require_present(profile, passphrase, pepper_for(summary, key_store), stretcher)
    # Kept and read back before the keyring asks for it: an interruption leaves one too many.
    pepper = keep_pepper(key_store or SystemKeyStore(), summary.vault_id)
    _seal(profile, passphrase, pepper, stretcher)


def unprotect(
    profile: Profile,
    passphrase: str,
    stretcher: Stretcher = RELEASE_STRETCHER,
    key_store: KeyStore | None = None,
) -> None:
    """Let the present passphrase be enough again, and remove the secret from the key store.

    Raises:
        KeyStoreError: the secret is not there; setting a new passphrase goes without it.
        WrongPassphraseError: that is not the present passphrase.
        StoreError: as for ``change_passphrase``.

    """
    summary = keyring.summarise(read_keyring(profile.folder))
    _require_present(profile, passphrase, pepper_for(summary, key_store), stretcher)
    _seal(profile, passphrase, None, stretcher)
    # What stays behind after a refusal opens nothing and is used again at the next protection.
    with suppress(KeyStoreError):
        (key_store or SystemKeyStore()).remove(name_of(summary.vault_id))


def _require_present(
    profile: Profile, passphrase: str, pepper: Pepper | None, stretcher: Stretcher
) -> None:
    # Or a slip of the finger would become the passphrase.
    keyring.unlock_with_passphrase(
        read_keyring(profile.folder), passphrase, pepper=pepper, stretcher=stretcher
    )


def _seal(profile: Profile, passphrase: str, pepper: Pepper | None, stretcher: Stretcher) -> None:
    argon2 = calibrate(stretcher)
    change_keyring(
        profile.folder,
        profile.master,
        lambda present: keyring.change_passphrase(
            present, profile.master, passphrase, argon2, pepper=pepper, stretcher=stretcher
        ),
    )
