"""Erases files: keys by overwriting them, everything else by removing it. Nothing is followed.

On flash storage overwriting guarantees nothing, and removing less; what makes an inspection
unreadable is that its random key is gone, so keys go first and are asked for again afterwards.
Every step is done anew after an interruption, and a file that is gone already is no error.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.crypto.files import flush_folder
from app.crypto.primitives import random_bytes
from app.crypto.store_key import INSPECTION_ID_SIZE, MAGIC, MOST_BYTES, VERSION
from app.store.places import OWNER_ONLY_FILE, OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    # Told what is done next; a test ends the process there.
    Step = Callable[[str], None]

_KEY_IN_NAME: Final = ".key"
# Each is 0 where the system doesn't have it. Non-blocking: a planted pipe must not hang the app.
_BINARY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_GUARDS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_READ: Final = os.O_RDONLY | _BINARY | _GUARDS
_WRITE: Final = os.O_WRONLY | _BINARY | _GUARDS
# Windows: a folder that is really a door to another place. 0 elsewhere.
_DOORS: Final = frozenset(
    {
        getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1),
        getattr(stat, "IO_REPARSE_TAG_SYMLINK", -1),
    }
)


def every_file(
    folder: Path, refused: Callable[[Path], None] | None = None
) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield all that lies in a folder and below and is no folder; links as what they are.

    A folder that can't be read is told to ``refused`` and passed over, if there is one to tell.

    Raises:
        OSError: a folder can't be read, and nobody is told.

    """
    try:
        entries = list(_entries(folder))
    except PermissionError:
        if refused is None:
            raise
        refused(folder)
        return
    for path, about in entries:
        if is_folder(about):
            yield from every_file(path, refused)
        else:
            yield path, about


def open_up(folder: Path) -> None:
    """Give the owner of a folder, and of those in it, the right to read and empty it."""
    with suppress(FileNotFoundError):
        folder.chmod(OWNER_ONLY_FOLDER)
        for path, about in list(_entries(folder)):
            if is_folder(about):
                open_up(path)


def key_files(folder: Path) -> list[Path]:
    """Return every plain file in an inspection's folder that is a key file, or is named as one."""
    return [
        path
        for path, about in every_file(folder)
        if stat.S_ISREG(about.st_mode)
        and (_KEY_IN_NAME in path.name or _begins(path, about, MAGIC))
    ]


def is_key_of(path: Path, about: os.stat_result, inspection_id: bytes) -> bool:
    """Whether a file is, by its own words, a key file of that inspection."""
    return _begins(path, about, MAGIC + bytes([VERSION]) + inspection_id)


def erase_key(path: Path, step: Step) -> bool:
    """Overwrite a key file, empty it, remove it; return whether overwriting worked.

    Raises:
        OSError: it could not be removed.

    """
    overwritten = False
    try:
        about = path.lstat()
        if stat.S_ISREG(about.st_mode):
            # A second name of somebody's own file is no copy of a key: only the name goes.
            if about.st_nlink == 1 or _begins(path, about, MAGIC):
                with suppress(OSError):
                    _overwrite(path, about.st_size, step)
                    overwritten = True
            path.chmod(OWNER_ONLY_FILE)
        step(f"remove {path.name}")
        path.unlink()
    except FileNotFoundError:
        return True
    step(f"flush the folder of {path.name}")
    with suppress(FileNotFoundError):
        flush_folder(path.parent)
    return overwritten


def remove_tree(folder: Path, step: Step) -> None:
    """Remove a folder that was opened up, and all in it. A link goes; where it leads, nothing does.

    Raises:
        OSError: something could not be removed.

    """
    with suppress(FileNotFoundError):
        for path, about in list(_entries(folder)):
            if is_folder(about):
                remove_tree(path, step)
            else:
                step(f"remove {path.name}")
                remove_file(path, about)
        step(f"remove the folder {folder.name}")
        folder.rmdir()


def remove_file(path: Path, about: os.stat_result) -> None:
    """Remove anything that is no folder, read-only or not. It may be gone already.

    Raises:
        OSError: it could not be removed.

    """
    with suppress(FileNotFoundError):
        if stat.S_ISREG(about.st_mode) and not about.st_mode & stat.S_IWUSR:
            path.chmod(OWNER_ONLY_FILE)  # Windows removes no file that is read-only
        if stat.S_ISDIR(about.st_mode):
            path.rmdir()  # a door to another place: the door goes
        else:
            path.unlink()


def is_folder(about: os.stat_result) -> bool:
    """Whether this is a folder itself, and no link or door to one."""
    return stat.S_ISDIR(about.st_mode) and getattr(about, "st_reparse_tag", 0) not in _DOORS


def _entries(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    try:
        paths = sorted(folder.iterdir())
    except FileNotFoundError:
        return  # somebody else finished with it
    for path in paths:
        with suppress(FileNotFoundError):
            yield path, path.lstat()


def _begins(path: Path, about: os.stat_result, wanted: bytes) -> bool:
    if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
        return False
    with suppress(OSError), open(os.open(path, _READ), "rb") as file:  # noqa: PTH123 - Path.open takes no flags
        return file.read(len(MAGIC) + 1 + INSPECTION_ID_SIZE).startswith(wanted)
    return False


def _overwrite(path: Path, size: int, step: Step) -> None:
    path.chmod(OWNER_ONLY_FILE)
    step(f"overwrite {path.name}")
    handle = os.open(path, _WRITE)
    try:
        os.write(handle, random_bytes(min(max(size, 1), MOST_BYTES)))
        step(f"flush {path.name}")
        os.fsync(handle)
        step(f"empty {path.name}")
        os.ftruncate(handle, 0)
        os.fsync(handle)
    finally:
        os.close(handle)
