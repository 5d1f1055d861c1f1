"""The profile's keyring on disk: read, and replaced by one process at a time.

The lock is held for as long as what is sealed under the keyring's master key must not change
beneath somebody's hands. It belongs to the system and ends with the process that holds it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from app.crypto import keyring
from app.crypto.files import discard_unfinished, read_key_file, write_key_file
from app.errors import DamagedFileError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.crypto.keys import MasterKey

KEYRING: Final = "keyring"
KEYRING_NEXT: Final = "keyring.next"  # what a rotation prepares
_LOCK_SECONDS: Final = 10.0
_OWNER_ONLY: Final = 0o600


def read_keyring(folder: Path) -> bytes:
    """Return the bytes of the keyring in a profile's folder.

    Raises:
        DamagedFileError: there is no profile, or its keyring is not a plain small file.

    """
    path = folder / KEYRING
    if not os.path.lexists(path):
        raise DamagedFileError(
            f"There is no profile in {folder}. Nothing was changed. Create one with: siteweek init"
        )
    return read_key_file(path, keyring.MOST_BYTES)


def require_current(folder: Path, master: MasterKey) -> None:
    """Do nothing while the keyring is the one of this master key.

    Raises:
        StoreError: the profile was given another key by another window or command.
        DamagedFileError, NewerVersionError: the keyring can't be read.

    """
    if not keyring.is_of(read_keyring(folder), master):
        raise StoreError(
            "The profile was given a new key by another window, or its key file was altered. "
            "Nothing was changed. Lock this window and unlock it again."
        )


@contextmanager
def locked(folder: Path, seconds: float | None = None) -> Iterator[None]:
    """Keep every other process from changing the keyring or what is sealed under it.

    It is waited for ten seconds, unless ``seconds`` says otherwise.

    Raises:
        StoreError: another one does so now, or the folder can't be locked.

    """
    # Without the soft kind, which outlives a process that was killed.
    lock = FileLock(
        folder / f"{KEYRING}.lock",
        timeout=_LOCK_SECONDS if seconds is None else seconds,
        mode=_OWNER_ONLY,
        fallback_to_soft=False,
    )
    try:
        lock.acquire()
    except Timeout:
        raise StoreError(
            "Another window or command is changing the profile's keys. Nothing was changed. Wait "
            "until it has finished, then try again."
        ) from None
    except (OSError, NotImplementedError) as problem:
        reason = getattr(problem, "strerror", "") or "this disk has no locks"
        raise StoreError(
            f"The profile’s folder could not be locked ({reason}). Nothing was changed."
        ) from None
    try:
        yield
    finally:
        lock.release()


def change_keyring(folder: Path, master: MasterKey, change: Callable[[bytes], bytes]) -> None:
    """Replace the keyring by what ``change`` makes of it; the old one is gone afterwards.

    Raises:
        StoreError: it is no longer the keyring of ``master``, or it can't be written; the
            sentence says which is kept.

    """
    with locked(folder):
        require_current(folder, master)
        write_key_file(folder / KEYRING, change(read_keyring(folder)))


def discard_leftovers(folder: Path) -> None:
    """Remove the keyrings that an interrupted change or rotation left; call it under the lock.

    Raises:
        StoreError: one is there and could not be removed.

    """
    for name in (KEYRING_NEXT, KEYRING):
        discard_unfinished(folder / name)
    try:
        (folder / KEYRING_NEXT).unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError(
            f"A keyring that was in preparation could not be removed ({problem.strerror}). The "
            "profile's keyring itself is unchanged."
        ) from None
