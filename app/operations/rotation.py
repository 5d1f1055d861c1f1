"""Gives a profile a new master key and every inspection a new store key, all or nothing.

For when an older copy of the key file and an older passphrase may be in the wrong hands: a
changed passphrase alone doesn't shut those out. Everything is prepared beside what is there and
takes effect at one moment, when the new keyring takes the old one's name.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.crypto import keyring, store_key
from app.crypto.calibration import calibrate
from app.crypto.files import write_key_file
from app.crypto.inspection_keys import InspectionKeys
from app.crypto.passphrase import RELEASE_STRETCHER, Stretcher
from app.crypto.recovery_text import to_text
from app.errors import InvalidInputError, KeyStoreError, SiteweekError, StoppedError, StoreError
from app.operations.disposal_records import DisposalRecords
from app.operations.key_store import KeyStore, SystemKeyStore, keep_pepper, name_of, new_pepper
from app.operations.keyring_file import (
    KEYRING,
    KEYRING_NEXT,
    discard_leftovers,
    locked,
    read_keyring,
    require_current,
)
from app.operations.keys import open_keys
from app.operations.owner import owner_of, remember
from app.operations.recovery import same_key
from app.operations.settling import discard, put_in_place, settle
from app.operations.unlocking import require_strong
from app.paths import refuges
from app.store import backups, lock
from app.store.copying import copy_under
from app.store.places import BACKUPS, LOG, NEXT_KEY_FILE, STORE
from app.store.refuge import Refuge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.clock import Clock
    from app.crypto.keys import MasterKey, Pepper, RecoveryKey
    from app.operations.profile import Profile

# The new stores beside the old ones, as for a migration: one for each, and room to write.
_ROOM: Final = 2.2


@dataclass(slots=True)
class Rotation:
    """A new keyring that is not on disk yet. Go through with it by ``rotate``, or drop it."""

    sealed: bytes
    master: MasterKey
    recovery: RecoveryKey | None
    pepper: Pepper | None
    is_confirmed: bool = field(default=False)

    @property
    def vault_id(self) -> bytes:
        """The id that the profile will have."""
        return keyring.summarise(self.sealed).vault_id

    @property
    def recovery_text(self) -> str:
        """The new recovery key, to be printed and typed back; nothing if there is to be none."""
        return "" if self.recovery is None else to_text(self.recovery)

    def confirm(self, untrusted_text: str) -> None:
        """Note that the new recovery key was typed back from paper.

        Raises:
            InvalidInputError: there is a typing mistake in it, or it is another key.

        """
        if self.recovery is not None:
            same_key(self.recovery, untrusted_text)
        self.is_confirmed = True


@dataclass(frozen=True, slots=True)
class Course:
    """What goes on around a rotation.

    ``after`` is called for each inspection once its new files are in place, to make a fresh
    backup: the older ones open no more. ``stopped`` is asked until it takes effect.
    """

    after: Callable[[str], None] = lambda _inspection: None
    progress: Callable[[int, int], None] = lambda _done, _all: None
    stopped: Callable[[], bool] = lambda: False


def prepare_rotation(
    profile: Profile,
    passphrase: str,
    *,
    with_recovery: bool,
    about: Sequence[str] = (),
    stretcher: Stretcher = RELEASE_STRETCHER,
) -> Rotation:
    """Make a new keyring in memory; nothing is written yet, here or in the key store.

    A profile that is protected by the computer's key store stays so.

    Raises:
        InvalidInputError: the passphrase would soon be guessed, or the profile would be left
            with the computer's key store as the only way in.
        StoreError: another window has given the profile a new key.

    """
    require_strong(passphrase, about, "Nothing was changed.")
    require_current(profile.folder, profile.master)
    pepper = new_pepper() if keyring.summarise(read_keyring(profile.folder)).uses_pepper else None
    if pepper is not None and not with_recovery:
        raise InvalidInputError(
            "This profile is also protected by the computer's key store, so it needs a recovery "
            "key. Nothing was changed.",
            "recovery",
        )
    sealed, master = keyring.create(
        passphrase, calibrate(stretcher), pepper=pepper, stretcher=stretcher
    )
    recovery = None
    if with_recovery:
        sealed, recovery = keyring.add_recovery(sealed, master)
    return Rotation(sealed, master, recovery, pepper, is_confirmed=recovery is None)


def rotate(
    profile: Profile,
    rotation: Rotation,
    course: Course = Course(),
    key_store: KeyStore | None = None,
) -> list[str]:
    """Give the profile and all of its inspections new keys; the profile goes on with them.

    No inspection may be open, here or elsewhere. Returns what could not be done afterwards, in
    sentences: the rotation itself is complete then. After an interruption the profile opens
    with the old passphrase or the new one, and whichever does has everything.

    Raises:
        InvalidInputError: the new recovery key was not typed back yet.
        AlreadyOpenError: an inspection is open; nothing was changed.
        DamagedFileError, NewerVersionError: an inspection can't be read whole; nothing was changed.
        StoreError: there is no room, or the disk refused; the sentence says what is kept.
        StoppedError: it was stopped in time; nothing was changed.

    """
    if not rotation.is_confirmed:
        raise InvalidInputError(
            "Type the new recovery key back from paper first. Nothing was changed.", "recovery key"
        )
    with locked(profile.folder), ExitStack() as held:
        require_current(profile.folder, profile.master)
        old_vault = keyring.summarise(read_keyring(profile.folder)).vault_id
        _clear(profile)
        known = owner_of(profile)
        folders = _closed(profile, held)
        try:
            if rotation.pepper is not None:
                keep_pepper(key_store or SystemKeyStore(), rotation.vault_id, rotation.pepper)
            _prepare(profile, rotation, folders, course)
            _take_effect(profile.folder, rotation.sealed)
        except BaseException:
            _take_back(profile, rotation, folders, key_store)
            raise
        profile.adopt(rotation.master)
        DisposalRecords(profile.folder, profile.master).drop_others()
        if known is not None:
            with suppress(StoreError):  # asked for again, then
                remember(profile, known)
        problems = _finish(profile.folder / KEYRING, folders)
    problems += _afterwards(course, folders)
    if rotation.pepper is not None:
        _forget(old_vault, key_store)
    return problems


def renew_backups(profile: Profile, inspection_id: str, clock: Clock) -> None:
    """Make a fresh backup, and remove the older ones, which no key opens any more.

    Raises:
        StoreError: the fresh one could not be made, or an older one not removed.

    """
    folder = profile.folder_of(inspection_id)
    keys = open_keys(folder, bytes.fromhex(inspection_id), profile.master)
    stamp = backups.take(folder, keys, clock, is_thinned=False).stamp
    try:
        for one in (folder / BACKUPS).iterdir():
            if one.stem != stamp:
                one.unlink()
    except OSError as problem:
        raise StoreError(
            f"An older backup could not be removed ({os.strerror(problem.errno or 0)}). The fresh "
            "one is whole."
        ) from None


def _clear(profile: Profile) -> None:
    """Finish or remove what an earlier rotation left: two must never mix."""
    discard_leftovers(profile.folder)
    for inspection_id, folder in profile.folders().items():
        settle(folder, bytes.fromhex(inspection_id), profile.master, profile.folder / KEYRING)


def _closed(profile: Profile, held: ExitStack) -> dict[str, Path]:
    """Bring every store in order, then lock every inspection until the end."""
    folders = profile.folders()
    for inspection_id, folder in folders.items():
        # Opening compares the store with its head, and does what a crash left to be done.
        profile.open_inspection(inspection_id).close()
        held.callback(lock.acquire(folder).release)
    return folders


def _prepare(
    profile: Profile, rotation: Rotation, folders: dict[str, Path], course: Course
) -> None:
    _require_room(profile.folder, folders)
    DisposalRecords(profile.folder, profile.master).seal_again(rotation.master)
    for done, (inspection_id, folder) in enumerate(folders.items()):
        course.progress(done, len(folders))
        identity = bytes.fromhex(inspection_id)
        old = open_keys(folder, identity, profile.master)
        _require_all_saved(profile.folder, old)
        sealed, drawn = store_key.create(identity, rotation.master)
        head = copy_under(folder, old, InspectionKeys(identity, drawn), course.stopped)
        sealed = store_key.replace_head(sealed, identity, drawn, head)
        write_key_file(folder / NEXT_KEY_FILE, sealed)
    course.progress(len(folders), len(folders))
    if course.stopped():
        raise StoppedError("The change of keys was stopped. Nothing was changed.")


def _require_all_saved(folder: Path, keys: InspectionKeys) -> None:
    # Opening the store has taken such words up, unless it could not: no new key would open them.
    if Refuge((folder, *refuges()), keys).found():
        raise StoreError(
            "Words that an inspection’s store could not take are still kept outside it. Nothing "
            "was changed. Open the inspection where it can be written, then try again."
        )


def _take_effect(folder: Path, sealed: bytes) -> None:
    write_key_file(folder / KEYRING_NEXT, sealed)
    try:
        (folder / KEYRING_NEXT).replace(folder / KEYRING)
    except OSError as problem:
        raise StoreError(
            f"The new keyring could not be put in place ({os.strerror(problem.errno or 0)}). "
            "Everything is as it was."
        ) from None


def _take_back(
    profile: Profile, rotation: Rotation, folders: dict[str, Path], key_store: KeyStore | None
) -> None:
    """Remove what was prepared. What can't be removed now is removed at the next unlocking."""
    with suppress(SiteweekError):
        # Interrupted a moment later it has taken effect, and what was prepared is all there is.
        if keyring.is_of(read_keyring(profile.folder), rotation.master):
            profile.adopt(rotation.master)
            return
        discard_leftovers(profile.folder)
        for folder in folders.values():
            discard(folder)
        if rotation.pepper is not None:
            _forget(rotation.vault_id, key_store)


def _finish(keyring_path: Path, folders: dict[str, Path]) -> list[str]:
    problems: list[str] = []
    for folder in folders.values():
        try:
            put_in_place(folder, keyring_path)
        except StoreError as problem:
            problems.append(problem.sentence)
    return problems


def _afterwards(course: Course, folders: dict[str, Path]) -> list[str]:
    problems: list[str] = []
    for inspection_id in folders:
        try:
            course.after(inspection_id)
        except SiteweekError as problem:
            problems.append(problem.sentence)
    return problems


def _forget(vault_id: bytes, key_store: KeyStore | None) -> None:
    # What stays behind opens nothing: the keyring that needed it is gone.
    with suppress(KeyStoreError):
        (key_store or SystemKeyStore()).remove(name_of(vault_id))


def _require_room(folder: Path, folders: dict[str, Path]) -> None:
    files = [place / name for place in folders.values() for name in (STORE, LOG)]
    wanted = int(_ROOM * sum(one.stat().st_size for one in files if one.exists()))
    if shutil.disk_usage(folder).free < wanted:
        raise StoreError(
            f"New keys need {wanted // 1_000_000 + 1:,} MB of free disk, since every store is "
            "written anew beside the old one. Nothing was changed. Make room, then try again."
        )
