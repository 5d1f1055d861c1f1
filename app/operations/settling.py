"""Finishes or undoes, for one inspection, a rotation of all keys that was interrupted.

A rotation prepares everything beside the present files and takes effect at one moment, when the
new keyring takes the old one's name. So whichever keyring is there decides: what is sealed under
its master key is right, and what lies beside it is either still to be put in place or left over.
Call these under the keyring's lock: a rotation holds it from its first file to its last.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from app.crypto import store_key
from app.crypto.files import discard_unfinished, flush_folder, read_key_file
from app.errors import DamagedFileError, StoreError
from app.store.places import KEY_FILE, NEXT_KEY_FILE, NEXT_STORE, STORE

if TYPE_CHECKING:
    from pathlib import Path

    from app.crypto.keys import MasterKey

_LOGS: Final = ("-wal", "-shm", "-journal")


def is_settled(folder: Path) -> bool:
    """Whether nothing of a rotation lies in an inspection's folder."""
    return not any(os.path.lexists(folder / name) for name in (NEXT_STORE, NEXT_KEY_FILE))


def settle(folder: Path, inspection_id: bytes, master: MasterKey, keyring: Path) -> None:
    """Put the prepared files in place, or remove them, as the keyring's master key decides.

    Files that this key opens neither way are left as they are: opening says what is wrong.

    Raises:
        StoreError: the disk refused; it is tried again at the next start.

    """
    if is_settled(folder):
        return
    if _opens(folder / KEY_FILE, inspection_id, master):
        discard(folder)
    elif _opens(folder / NEXT_KEY_FILE, inspection_id, master):
        put_in_place(folder, keyring)


def put_in_place(folder: Path, keyring: Path) -> None:
    """Let the prepared store and key take the names of the old ones. May be begun again.

    The key is renamed last: until it has its name, whoever opens the inspection comes here.

    Raises:
        StoreError: the disk refused; it is tried again at the next start.

    """
    try:
        # Until the new keyring outlives a power cut, the old one may come back and need these.
        flush_folder(keyring.parent)
        if os.path.lexists(folder / NEXT_STORE):
            # The old store's log would be read into the new one. All it held was copied.
            _remove_logs(folder / STORE)
            flush_folder(folder)
            (folder / NEXT_STORE).replace(folder / STORE)
            flush_folder(folder)
        (folder / NEXT_KEY_FILE).replace(folder / KEY_FILE)
        flush_folder(folder)
    except OSError as problem:
        raise StoreError(
            f"An inspection's new files could not be put in place ({problem.strerror}). Both are "
            "kept, and it is tried again when the profile is unlocked."
        ) from None


def discard(folder: Path) -> None:
    """Remove what was prepared and never took effect. May be begun again.

    Raises:
        StoreError: the disk refused.

    """
    discard_unfinished(folder / NEXT_KEY_FILE)
    try:
        (folder / NEXT_KEY_FILE).unlink(missing_ok=True)
        _remove_logs(folder / NEXT_STORE)
        (folder / NEXT_STORE).unlink(missing_ok=True)
        flush_folder(folder)
    except OSError as problem:
        raise StoreError(
            f"What an interrupted change of keys left could not be removed ({problem.strerror}). "
            "The inspection itself is unchanged."
        ) from None


def _opens(path: Path, inspection_id: bytes, master: MasterKey) -> bool:
    try:
        store_key.rescue(read_key_file(path, store_key.MOST_BYTES), inspection_id, master)
    except DamagedFileError:
        return False
    return True


def _remove_logs(store: Path) -> None:
    for ending in _LOGS:
        store.with_name(store.name + ending).unlink(missing_ok=True)
