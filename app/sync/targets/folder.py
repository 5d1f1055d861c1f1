"""A folder as a target: a stick, a network share, a folder that another program keeps in step.

Threat: anybody can have written into it. Only names that are an item's are looked at, only plain
files, opened once and without following a link, and read no further than an item may be long.
What is partial, renamed or altered by others is left out, and comes when it is whole.

What is written appears whole under its name or not at all. What others wrote is never removed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.crypto.files import flush_folder
from app.crypto.primitives import random_bytes
from app.errors import (
    FullTargetError,
    RefusedByTargetError,
    StrangeTargetError,
    TargetError,
    UnreachableTargetError,
)
from app.sync.items import MOST_BYTES, Item, Kind, is_whole, kind_of
from app.sync.targets.target import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

MOST_ITEMS: Final = 1_000_000
_LOOK_EVERY: Final = 2.0  # seconds
_STALE: Final = 24 * 60 * 60  # seconds after which an unfinished file of ours is swept
_ID_DIGITS: Final = 16
_UNFINISHED: Final = ".siteweek-unfinished"
# Each is 0 where the system doesn't have it. Non-blocking: a planted pipe must not hang the app.
_BINARY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_READ: Final = (
    os.O_RDONLY
    | _BINARY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)
_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | getattr(os, "O_NOFOLLOW", 0)
_REPARSE_POINT: Final = 0x400
_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class FolderTarget:
    """The items of one inspection, in a folder of their own inside the one that was named."""

    def __init__(self, folder: Path, inspection: bytes) -> None:
        """Use a folder. Nothing is made or looked at yet."""
        self._root = folder
        self._folder = folder / f"siteweek-{inspection.hex()[:_ID_DIGITS]}"
        self._closed = threading.Event()

    def list(self, after: str = "") -> Listing:
        """Return everything that lies there; a cursor only tells whether anything changed."""
        del after
        items = self._items()
        digest = hashlib.sha256("".join(one.name for one in items).encode()).hexdigest()
        return Listing(items, digest, is_whole=True)

    def get(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those that are there and whole."""
        for name in names:
            kind = kind_of(name)
            if kind is None:
                continue
            content = self._read(name, kind)
            if content is not None and is_whole(name, content):
                yield name, content

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Write items, each whole under its name before the next."""
        with self._refusals():
            self._require_root()
            self._folder.mkdir(exist_ok=True)
            if self._folder.is_symlink():
                raise StrangeTargetError(
                    "The folder holds a link where Siteweek keeps its own folder. Nothing was "
                    "written. Remove the link, or choose another folder."
                )
            self._sweep()
            wrote = False
            for name, content in items:
                wrote = self._write(name, content) or wrote
            if wrote:
                flush_folder(self._folder)
                flush_folder(self._root)

    def withdraw(self, names: Sequence[str]) -> None:
        """Remove this laptop's own receipts that newer ones have replaced."""
        for name in names:
            if kind_of(name) is Kind.RECEIPT:
                with suppress(OSError):
                    (self._folder / name).unlink()

    def wait(self, cursor: str, seconds: float) -> bool:
        """Look again and again whether something came; false after ``seconds``."""
        end = time.monotonic() + seconds
        while not self._closed.is_set():
            if self.list().cursor != cursor:
                return True
            left = end - time.monotonic()
            if left <= 0:
                break
            self._closed.wait(min(_LOOK_EVERY, left))
        return False

    def close(self) -> None:
        """End a wait."""
        self._closed.set()

    def _items(self) -> tuple[Item, ...]:
        found = []
        with self._refusals():
            self._require_root()
            try:
                with os.scandir(self._folder) as entries:
                    for count, entry in enumerate(entries):
                        if count >= MOST_ITEMS:
                            raise StrangeTargetError(
                                "The folder holds more files than an inspection ever has. Nothing "
                                "was taken from it. Choose another folder."
                            )
                        item = _item(entry)
                        if item is not None:
                            found.append(item)
            except FileNotFoundError:
                return ()
        return tuple(sorted(found))

    def _read(self, name: str, kind: Kind) -> bytes | None:
        try:
            handle = os.open(self._folder / name, _READ)
        except OSError as problem:
            if problem.errno in {
                errno.ENOENT,
                errno.ELOOP,
                errno.EACCES,
                errno.ENXIO,
                errno.EISDIR,
            }:
                with self._refusals():
                    self._require_root()
                return None
            raise _refusal(problem) from None
        try:
            with os.fdopen(handle, "rb") as file:
                known = os.fstat(file.fileno())
                if not _is_plain(known) or known.st_size > MOST_BYTES[kind]:
                    return None
                return file.read(MOST_BYTES[kind] + 1)
        except OSError as problem:
            raise _refusal(problem) from None

    def _write(self, name: str, content: bytes) -> bool:
        path = self._folder / name
        if self._holds(name, content):
            return False
        unfinished = self._folder / f"{random_bytes(8).hex()}{_UNFINISHED}"
        try:
            # Path.open takes neither flags nor a mode.
            with os.fdopen(os.open(unfinished, _WRITE, 0o666), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise
        return True

    def _holds(self, name: str, content: bytes) -> bool:
        """Whether the item is there, whole: a partial one of the same name is replaced."""
        kind = kind_of(name)
        return kind is not None and self._read(name, kind) == content

    def _sweep(self) -> None:
        """Remove what this program left unfinished long ago."""
        latest = time.time() - _STALE
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith(_UNFINISHED):
                    with suppress(OSError):
                        if entry.stat(follow_symlinks=False).st_mtime < latest:
                            os.unlink(entry.path)  # noqa: PTH108 - scandir has no paths

    def _require_root(self) -> None:
        if not self._root.is_dir():
            raise UnreachableTargetError(
                "The folder is not there. If it is on a stick or a network drive, plug it in or "
                "connect it. It is tried again by itself."
            )

    @staticmethod
    def _refusals() -> _Refusals:
        return _Refusals()


class _Refusals:
    """Turns what the file system refuses into a sentence."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        """Say it in words."""
        if isinstance(problem, OSError):
            raise _refusal(problem) from None


def _item(entry: os.DirEntry[str]) -> Item | None:
    kind = kind_of(entry.name)
    if kind is None:
        return None
    try:
        known = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    if not _is_plain(known) or known.st_size > MOST_BYTES[kind]:
        return None
    return Item(entry.name, known.st_size)


def _is_plain(known: os.stat_result) -> bool:
    # A second name for a file could be one outside of the folder.
    is_redirected = getattr(known, "st_file_attributes", 0) & _REPARSE_POINT
    return stat.S_ISREG(known.st_mode) and known.st_nlink <= 1 and not is_redirected


def _refusal(problem: OSError) -> TargetError:
    reason = os.strerror(problem.errno or 0)
    if problem.errno in _FULL:
        return FullTargetError(
            "The folder has no room left. What was written before is there. Make room, or use "
            "another stick."
        )
    if problem.errno in _REFUSED:
        return RefusedByTargetError(
            f"The folder can’t be used ({reason}). Everything on this laptop is kept. Choose a "
            "folder that you may write in."
        )
    return UnreachableTargetError(
        f"The folder could not be used ({reason}). Everything on this laptop is kept. It is tried "
        "again by itself."
    )
