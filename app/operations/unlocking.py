"""Creating a profile and unlocking it: from a passphrase, or the recovery key, to the master key.

Deriving a key takes about a second, on purpose: this runs away from the interface thread.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from app.crypto import keyring
from app.crypto.calibration import calibrate
from app.crypto.files import flush_folder, write_key_file
from app.crypto.passphrase import RELEASE_STRETCHER, Stretcher
from app.crypto.recovery_text import from_text
from app.errors import (
    InvalidInputError,
    KeyStoreError,
    ProfileExistsError,
    StoreError,
    WrongPassphraseError,
)
from app.operations.disposal import finish_destroying
from app.operations.key_store import KeyStore, SystemKeyStore, held_pepper
from app.operations.keyring_file import KEYRING as KEYRING
from app.operations.keyring_file import discard_leftovers, locked, read_keyring
from app.operations.passphrases import SHORTEST_PASSPHRASE as SHORTEST_PASSPHRASE
from app.operations.passphrases import weakness
from app.operations.profile import INSPECTIONS, Profile, folder_errors
from app.operations.throttle import Throttle
from app.store.places import OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.clock import Clock
    from app.crypto.keyring import KeyringSummary
    from app.crypto.keys import MasterKey, Pepper


def create_profile(
    folder: Path,
    passphrase: str,
    clock: Clock,
    stretcher: Stretcher = RELEASE_STRETCHER,
    about: Sequence[str] = (),
) -> Profile:
    """Create a profile in a folder and return it unlocked.

    ``about`` names the person and areas, which a stranger would try first.

    Raises:
        ProfileExistsError: there is one already; it was left alone.
        InvalidInputError: the passphrase is too easily guessed to protect a stolen laptop.
        StoreError: the folder can't be written.

    """
    path = folder / KEYRING
    if os.path.lexists(path):
        raise ProfileExistsError(
            f"There is a profile in {folder} already. It was left as it is. Unlock it, or choose "
            "another folder."
        )
    require_strong(passphrase, about, "Nothing was created.")
    sealed, master = keyring.create(passphrase, calibrate(stretcher), stretcher=stretcher)
    with folder_errors():
        new = [one for one in folder.parents if not one.exists()]
        (folder / INSPECTIONS).mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        folder.chmod(OWNER_ONLY_FOLDER)
        # A keyring that outlives a power cut is no use in a folder that doesn't.
        for one in (folder, *new):
            flush_folder(one.parent)
    Throttle(folder, clock).forget()
    write_key_file(path, sealed)
    return Profile(folder, master, clock)


def unlock_profile(
    folder: Path,
    passphrase: str,
    clock: Clock,
    stretcher: Stretcher = RELEASE_STRETCHER,
    key_store: KeyStore | None = None,
    throttle: Throttle | None = None,
) -> Profile:
    """Unlock the profile in a folder. Takes about a second, on purpose.

    Raises:
        TooManyAttemptsError: it was tried too often; nothing was tried now.
        WrongPassphraseError: it does not open the keyring.
        KeyStoreError: the profile also needs a secret that this computer's key store lacks.
        DamagedFileError: the keyring is missing, cut or altered.
        WeakParametersError, NewerVersionError: as the keyring says; nothing was tried.

    """
    sealed = read_keyring(folder)
    summary = keyring.summarise(sealed)
    stretcher.check(summary.argon2)
    with (throttle or Throttle(folder, clock)).attempt():
        pepper = pepper_for(summary, key_store)
        master = _opened(sealed, passphrase, pepper, stretcher)
    return _unlocked(folder, master, clock)


def unlock_with_recovery(folder: Path, untrusted_text: str, clock: Clock) -> Profile:
    """Unlock the profile in a folder with its printed key; neither passphrase nor key store.

    It is never made to wait: nobody guesses 128 bits, and whoever was locked out needs it.

    Raises:
        InvalidInputError: it is no recovery key, or there is a typing mistake in it.
        WrongPassphraseError: it does not open this keyring, or none was made for it.
        DamagedFileError, NewerVersionError: as the keyring says.

    """
    sealed = read_keyring(folder)
    master = keyring.unlock_with_recovery(sealed, from_text(untrusted_text))
    Throttle(folder, clock).forget()
    return _unlocked(folder, master, clock)


def has_profile(folder: Path) -> bool:
    """Whether there is a profile in a folder."""
    return os.path.lexists(folder / KEYRING)


def require_strong(passphrase: str, about: Sequence[str], kept: str) -> None:
    """Do nothing for a passphrase that would last; ``kept`` ends the refusal of any other.

    Raises:
        InvalidInputError: it would soon be guessed from a stolen laptop.

    """
    reason = weakness(passphrase, about)
    if reason is not None:
        raise InvalidInputError(f"{reason} {kept}", "passphrase")


def pepper_for(summary: KeyringSummary, key_store: KeyStore | None) -> Pepper | None:
    """Return the secret that opens this keyring beside the passphrase, or None if it needs none.

    Raises:
        KeyStoreError: it needs one that is not to be had here.

    """
    if not summary.uses_pepper:
        return None
    pepper = held_pepper(key_store or SystemKeyStore(), summary.vault_id)
    if pepper is None:
        raise KeyStoreError(
            "This profile also needs the secret that was kept in this computer's own key store, "
            "and it is not there: it was removed, or the computer uses another store now. "
            "Nothing was changed. Open the profile with its recovery key."
        )
    return pepper


def _opened(
    sealed: bytes, passphrase: str, pepper: Pepper | None, stretcher: Stretcher
) -> MasterKey:
    try:
        return keyring.unlock_with_passphrase(
            sealed, passphrase, pepper=pepper, stretcher=stretcher
        )
    except WrongPassphraseError:
        if pepper is None:
            raise
        raise WrongPassphraseError(
            "That does not open this profile: it was mistyped, or the secret in this computer's "
            "key store is another one, or the key file is damaged. Nothing was changed. Try "
            "again, or open the profile with its recovery key."
        ) from None


def _unlocked(folder: Path, master: MasterKey, clock: Clock) -> Profile:
    profile = Profile(folder, master, clock)
    # What can't be put in order now is tried again, and said, when its inspection is opened.
    with suppress(StoreError), locked(folder, seconds=0):
        discard_leftovers(folder)
        profile.notices += finish_destroying(profile, clock)
        profile.settle()
    return profile
