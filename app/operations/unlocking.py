"""Creating a profile and unlocking it: from a passphrase to the master key.

Deriving a key takes about a second, on purpose: this runs away from the interface thread.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from app.crypto import keyring
from app.crypto.calibration import calibrate
from app.crypto.files import read_key_file, write_key_file
from app.crypto.keyring import MOST_BYTES
from app.crypto.passphrase import RELEASE_STRETCHER, Stretcher
from app.errors import DamagedFileError, InvalidInputError, ProfileExistsError
from app.operations.profile import INSPECTIONS, Profile, folder_errors
from app.store.places import OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock

KEYRING: Final = "keyring"
# Own choice needs this many characters; a shorter one is guessed offline from a stolen file.
SHORTEST_PASSPHRASE: Final = 15


def create_profile(
    folder: Path, passphrase: str, clock: Clock, stretcher: Stretcher = RELEASE_STRETCHER
) -> Profile:
    """Create a profile in a folder and return it unlocked.

    Raises:
        ProfileExistsError: there is one already; it was left alone.
        InvalidInputError: the passphrase is too short to protect a stolen laptop.
        StoreError: the folder can't be written.

    """
    path = folder / KEYRING
    if path.exists():
        raise ProfileExistsError(
            f"There is a profile in {folder} already. It was left as it is. Unlock it, or choose "
            "another folder."
        )
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise InvalidInputError(
            f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters; five unrelated words "
            "are easy to remember and hard to guess. Nothing was created.",
            "passphrase",
        )
    sealed, master = keyring.create(passphrase, calibrate(stretcher), stretcher=stretcher)
    with folder_errors():
        (folder / INSPECTIONS).mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        folder.chmod(OWNER_ONLY_FOLDER)
    write_key_file(path, sealed)
    return Profile(folder, master, clock)


def unlock_profile(
    folder: Path, passphrase: str, clock: Clock, stretcher: Stretcher = RELEASE_STRETCHER
) -> Profile:
    """Unlock the profile in a folder. Takes about a second, on purpose.

    Raises:
        WrongPassphraseError: it does not open the keyring.
        DamagedFileError: the keyring is missing, cut or altered.
        WeakParametersError, NewerVersionError: as the keyring says; nothing was tried.

    """
    path = folder / KEYRING
    if not path.exists():
        raise DamagedFileError(
            f"There is no profile in {folder}. Nothing was changed. Create one with: siteweek init"
        )
    sealed = read_key_file(path, MOST_BYTES)
    master = keyring.unlock_with_passphrase(sealed, passphrase, stretcher=stretcher)
    return Profile(folder, master, clock)


def has_profile(folder: Path) -> bool:
    """Whether there is a profile in a folder."""
    return os.path.lexists(folder / KEYRING)
