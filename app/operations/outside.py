"""Attachments opened in other programs: plaintext that lies on disk for as long as it is looked at.

Each lies alone in a fresh folder of the system's temporary ones, closed to other people, under a
name made here. A lock file that the running process holds tells a folder in use from one that a
crash left, which is removed at the next start. What another program copies for itself is beyond
our reach.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from app.domain.file_names import safe_ending
from app.errors import OutputError, StoreError
from app.store.places import OWNER_ONLY_FILE, OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filelock import BaseFileLock

PREFIX: Final = "siteweek-view-"
_LOCK: Final = "in-use"
_READ_ONLY: Final = 0o400  # an edit there would be lost, so the other program shall not offer one
_ATTEMPTS: Final = 5
_WRITE: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)


class OpenedOutside:
    """One attachment in the open, for another program to show. Remove it as soon as may be."""

    def __init__(self, path: Path, lock: BaseFileLock) -> None:
        """Answer for a file that was written under a lock."""
        self.path = path
        self._lock = lock

    def remove(self) -> bool:
        """Remove it; return whether it is gone.

        Where a program holds it so that it can't be, it is tried again when asked, and at the
        next start.
        """
        return _empty(self.path.parent) and _dissolve(self.path.parent, self._lock)


class Outside:
    """All that one inspection has in the open."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._guard = threading.Lock()
        self._opened: list[OpenedOutside] = []
        self._is_closed = False

    def put(self, name: str, parts: Iterable[bytes]) -> OpenedOutside:
        """Write plaintext where another program may read it; the name lends its ending, if safe.

        Raises:
            OutputError: it could not be written; what there was of it was removed.
            StoreError: the inspection was closed meanwhile; likewise.

        """
        try:
            folder, lock = _fresh_folder()
            try:
                path = folder / f"siteweek-{secrets.token_hex(4)}{safe_ending(name)}"
                _write(path, parts)
            except BaseException:
                OpenedOutside(folder / _LOCK, lock).remove()
                raise
        except OSError as problem:
            raise OutputError(
                f"The attachment could not be opened outside ({os.strerror(problem.errno or 0)}). "
                "Nothing of it was left there; it is kept here as it was. Make room on the disk "
                "that holds temporary files, then try again."
            ) from None
        opened = OpenedOutside(path, lock)
        with self._guard:
            if not self._is_closed:
                self._opened.append(opened)
                return opened
        opened.remove()
        raise StoreError("This inspection is closed. Unlock it to go on.")

    def close(self) -> bool:
        """Remove all of it and take no more; return whether it is gone. Can be called again."""
        with self._guard:
            self._is_closed = True
            self._opened = [one for one in self._opened if not one.remove()]
            return not self._opened


def sweep_outside() -> int:
    """Remove what runs that have ended left in the open; return how many of it. Call it at start.

    What a running process has open is left, and so is everything that isn't ours.
    """
    removed = 0
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with suppress(OSError):
                removed += _is_ours(folder) and _sweep(folder)
    return removed


def _sweep(folder: Path) -> bool:
    lock = _lock_of(folder)
    try:
        lock.acquire()
    except (Timeout, NotImplementedError):
        return False
    return _empty(folder) and _dissolve(folder, lock)


def _is_ours(folder: Path) -> bool:
    found = folder.lstat()  # a link that somebody planted leads nowhere
    is_own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return stat.S_ISDIR(found.st_mode) and is_own


def _fresh_folder() -> tuple[Path, BaseFileLock]:
    """Return a new folder and the lock on it. A sweep may take one before it is locked."""
    for _attempt in range(_ATTEMPTS):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = _lock_of(folder)
        with suppress(Timeout, FileNotFoundError):
            folder.chmod(OWNER_ONLY_FOLDER)
            lock.acquire()
            if (folder / _LOCK).exists():
                return folder, lock
            lock.release()
    raise OSError


def _lock_of(folder: Path) -> BaseFileLock:
    # Without the soft fallback: a lock that outlives a crash would keep its plaintext for ever.
    return FileLock(
        folder / _LOCK, timeout=0, mode=OWNER_ONLY_FILE, thread_local=False, fallback_to_soft=False
    )


def _write(path: Path, parts: Iterable[bytes]) -> None:
    # Under another name until the last byte is known to be genuine: see Blobs.read.
    unfinished = path.with_suffix(".unfinished")
    with os.fdopen(os.open(unfinished, _WRITE, OWNER_ONLY_FILE), "wb") as file:
        file.writelines(parts)
    unfinished.chmod(_READ_ONLY)
    unfinished.replace(path)


def _empty(folder: Path) -> bool:
    """Remove everything but the lock; return whether nothing else is left."""
    is_empty = True
    try:
        for one in folder.iterdir():
            if one.name == _LOCK:
                continue
            try:
                if one.is_dir() and not one.is_symlink():
                    shutil.rmtree(one)  # a program kept something of its own beside the file
                else:
                    if not one.is_symlink():
                        one.chmod(OWNER_ONLY_FILE)  # Windows removes nothing that is read-only
                    one.unlink()
            except OSError:
                is_empty = False
    except FileNotFoundError:
        pass
    except OSError:
        return False
    return is_empty


def _dissolve(folder: Path, lock: BaseFileLock) -> bool:
    if os.name == "nt":
        lock.release()  # Windows removes no file that is open
    with suppress(OSError):
        # Elsewhere while it is still held, or another run could take it up in between.
        (folder / _LOCK).unlink(missing_ok=True)
        folder.rmdir()
    lock.release()
    return True
