"""Reads and writes key files, so that neither a crash nor a planted file can lose or fake one.

A file is replaced whole: after any interruption it is the old or the new one, never part of
both. Nothing here looks inside a file.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.errors import DamagedFileError, StoreError

if TYPE_CHECKING:
    from pathlib import Path

_OWNER_ONLY: Final = 0o600
_UNFINISHED: Final = ".new"
# Each is 0 where the system doesn't have it. Non-blocking: a planted pipe must not hang the app.
_BINARY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_GUARDS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_READ: Final = os.O_RDONLY | _BINARY | _GUARDS
_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _GUARDS


def read_key_file(path: Path, most_bytes: int) -> bytes:
    """Return the bytes of a regular file of at most ``most_bytes``; a link is not followed.

    Raises:
        DamagedFileError: missing, a folder, a link or something else, too large, or unreadable.

    """
    try:
        named = path.lstat()
        if not stat.S_ISREG(named.st_mode):
            raise _refused(path, "is not a plain file")
        with open(os.open(path, _READ), "rb") as file:  # noqa: PTH123 - Path.open takes no flags
            opened = os.fstat(file.fileno())
            # On Windows links are told apart only before opening: it must still be that file.
            if not stat.S_ISREG(opened.st_mode) or not os.path.samestat(named, opened):
                raise _refused(path, "was exchanged while it was being opened")
            content = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise _refused(path, "is missing") from None
    except OSError as problem:
        raise _refused(path, f"could not be read ({_reason(problem)})") from None
    if len(content) > most_bytes:
        raise _refused(path, "is far larger than a key file can be")
    return content


def write_key_file(path: Path, content: bytes) -> None:
    """Put ``content`` in place of the file, readable by its owner alone, and flush it to disk.

    Returns only when the new file would survive a power cut. What an earlier, interrupted write
    left beside it is removed.

    Raises:
        StoreError: it could not be done; the sentence says which of the two files is kept.

    """
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        # A fixed name, so that leftovers, which may hold a passphrase slot, can't pile up.
        unfinished.unlink(missing_ok=True)
        _write_through(unfinished, content)
        unfinished.replace(path)
    except OSError as problem:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise StoreError(
            f"The key file {path.name} could not be saved ({_reason(problem)}). The one that was "
            "there before is kept unchanged. Make room or check the folder, then try again."
        ) from None
    try:
        flush_folder(path.parent)
    except OSError as problem:
        raise StoreError(
            f"The new key file {path.name} is in place, but the disk did not confirm it "
            f"({_reason(problem)}). After a power cut the one before it may be back."
        ) from None


def discard_unfinished(path: Path) -> None:
    """Remove what an interrupted ``write_key_file`` left beside ``path``; call it at start.

    Raises:
        StoreError: it is there and could not be removed.

    """
    try:
        path.with_name(path.name + _UNFINISHED).unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError(
            f"An unfinished copy of the key file {path.name} could not be removed "
            f"({_reason(problem)}). The key file itself is unchanged."
        ) from None


def _write_through(path: Path, content: bytes) -> None:
    with open(os.open(path, _WRITE, _OWNER_ONLY), "wb") as file:  # noqa: PTH123 - as above
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Return once the names in a folder would survive a power cut.

    Raises:
        OSError: the disk did not confirm it.

    """
    # Windows opens no folders for flushing; NTFS journals the renaming itself.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _reason(problem: OSError) -> str:
    # The system's own words for the number, never the whole error: that would name the path.
    return os.strerror(problem.errno) if problem.errno else "no reason given"


def _refused(path: Path, what: str) -> DamagedFileError:
    return DamagedFileError(
        f"The key file {path.name} {what}. Nothing was changed. Put back a copy of it from a "
        "backup."
    )
