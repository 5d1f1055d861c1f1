"""A folder as a target: a stick, a network share, a folder that another program keeps in step.

Threat: anybody can have written into it. Only names that are an item's are looked at, only plain
files, and no further than an item may be long. What is partial, renamed or altered by others is
left out, and comes when it is whole.

What is written appears whole under its name or not at all. What others wrote is never removed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from app.crypto.files import flush_folder
from app.crypto.primitives import random_bytes
from app.errors import (
    FullTargetError,
    InvalidInputError,
    RefusedByTargetError,
    StrangeTargetError,
    TargetError,
    UnreachableTargetError,
)
from app.sync.items import MOST_BYTES, Item, Kind, is_whole, kind_of
from app.sync.targets.plain_files import (
    BINARY,
    NOT_THROUGH_LINKS,
    is_plain,
    leads_elsewhere,
    read_plain,
)
from app.sync.targets.target import Listing, require_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

MOST_FILES: Final = 1_000_000
LOOK_EVERY: Final = 2.0  # seconds
# Some sticks and shares don't say when a folder changed, or only roughly.
_LOOK_ANYWAY: Final = 10.0
_STALE: Final = 24 * 60 * 60  # seconds after which an unfinished file is swept
_ID_DIGITS: Final = 16
# The programs that keep folders in step leave files of this form alone.
_UNFINISHED: Final = "~siteweek-{}.tmp"
_UNFINISHED_NAME: Final = re.compile(r"~siteweek-[0-9a-f]{16}\.tmp")
_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY | NOT_THROUGH_LINKS
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# What some shares answer that have no way to flush: nobody can do more there.
_NO_FLUSHING: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
# What a profile is known by, without opening it.
_KEYRING: Final = "keyring"
_INSPECTIONS: Final = "inspections"


class FolderTarget:
    """The items of one inspection, in a folder of their own inside the one that was named."""

    def __init__(self, folder: Path, inspection: bytes, look_every: float = LOOK_EVERY) -> None:
        """Use a folder. Nothing is made in it yet, and it need not be there.

        Raises:
            InvalidInputError: it lies inside a profile.

        """
        require_outside_profile(folder)
        self._root = folder
        self._folder = folder / f"siteweek-{inspection.hex()[:_ID_DIGITS]}"
        self._look_every = look_every
        self._is_swept = False
        self._closed = threading.Event()

    def list(self, after: str = "") -> Listing:
        """Return everything that lies there; a cursor only tells whether anything changed."""
        del after
        items = self._items()
        return Listing(items, _cursor(items), is_whole=True)

    def get(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those that are there and whole. One that can't be read keeps no other back."""
        for name in names:
            content = self._content(name)
            if content is None:
                with _refusals():
                    self._require_root()
            else:
                yield name, content

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Write items, each whole under its name before the next."""
        with _refusals():
            self._prepare()
        barred = 0
        try:
            for name, content in items:
                require_whole(name, content)
                with _refusals():
                    barred += not self._write(name, content)
        except TargetError:
            with suppress(OSError):
                self._flush()
            raise
        with _refusals():
            self._flush()
        if barred:
            raise StrangeTargetError(
                f"In the folder, {barred} of the places where Siteweek writes are taken by folders "
                "of the same name. All else was written. Remove what others put there, or choose "
                "another folder."
            )

    def withdraw(self, names: Sequence[str]) -> None:
        """Remove this laptop's own receipts that newer ones have replaced."""
        for name in names:
            if kind_of(name) is Kind.RECEIPT:
                with suppress(OSError):
                    (self._folder / name).unlink()

    def wait(self, cursor: str, seconds: float) -> bool:
        """Look again and again whether something came; false after ``seconds``."""
        known = cursor or _cursor(())
        end = time.monotonic() + seconds
        seen: int | None = None
        next_look = time.monotonic()
        while not self._closed.is_set():
            changed = self._changed()
            if changed != seen or time.monotonic() >= next_look:
                seen, next_look = changed, time.monotonic() + _LOOK_ANYWAY
                if _cursor(self._items()) != known:
                    return True
            left = end - time.monotonic()
            if left <= 0:
                break
            self._closed.wait(min(self._look_every, left))
        return False

    def close(self) -> None:
        """End a wait."""
        self._closed.set()

    def _items(self) -> tuple[Item, ...]:
        found: list[Item] = []
        with _refusals():
            if not self._is_made():
                return ()
            with os.scandir(self._folder) as entries:
                for count, entry in enumerate(entries):
                    if count >= MOST_FILES:
                        raise StrangeTargetError(
                            "The folder holds more files than an inspection ever has. Nothing was "
                            "taken from it. Choose another folder."
                        )
                    item = _item(entry)
                    if item is not None:
                        found.append(item)
            # One that went away in the middle shows only a part, and no error.
            self._folder.lstat()
        return tuple(sorted(found))

    def _content(self, name: str) -> bytes | None:
        """Return an item's bytes if it is there, whole."""
        kind = kind_of(name)
        if kind is None:
            return None
        try:
            content = read_plain(self._folder / name, MOST_BYTES[kind])
        except OSError:
            return None
        return content if content is not None and is_whole(name, content) else None

    def _prepare(self) -> None:
        self._require_root()
        self._folder.mkdir(exist_ok=True)
        self._is_made()
        if not self._is_swept:
            self._sweep()
            self._is_swept = True

    def _write(self, name: str, content: bytes) -> bool:
        """Write an item where it isn't there whole; return false where a folder bars its place."""
        path = self._folder / name
        if self._content(name) is not None:
            return True
        if path.is_dir() and not path.is_symlink():
            return False
        unfinished = self._folder / _UNFINISHED.format(random_bytes(8).hex())
        try:
            # Path.open takes neither flags nor a mode. On a share, others are to read it as well.
            with os.fdopen(os.open(unfinished, _WRITE, 0o666), "wb") as file:
                file.write(content)
                file.flush()
                with _where_possible():
                    os.fsync(file.fileno())
            # A partial file, or whatever else has the name, makes room for the whole item.
            unfinished.replace(path)
        except BaseException as problem:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            # On Windows, a file that another laptop wrote just now and has open can't be replaced.
            if isinstance(problem, PermissionError) and self._content(name) is not None:
                return True
            raise
        return True

    def _flush(self) -> None:
        for folder in (self._folder, self._root):
            with _where_possible():
                flush_folder(folder)

    def _sweep(self) -> None:
        """Remove what Siteweek began to write long ago, here or on another laptop."""
        latest = time.time() - _STALE
        old: Sequence[str] = ()
        with suppress(OSError), os.scandir(self._folder) as entries:
            old = [one.name for one in entries if _UNFINISHED_NAME.fullmatch(one.name)]
        for name in old:
            with suppress(OSError):
                known = (self._folder / name).lstat()
                if is_plain(known) and known.st_mtime < latest:
                    (self._folder / name).unlink()

    def _changed(self) -> int | None:
        try:
            return self._folder.stat().st_mtime_ns
        except OSError:
            return None

    def _is_made(self) -> bool:
        self._require_root()
        try:
            known = self._folder.lstat()
        except FileNotFoundError:
            return False
        if leads_elsewhere(known) or not stat.S_ISDIR(known.st_mode):
            raise StrangeTargetError(
                "Where Siteweek keeps its own folder there is a link or a file. Nothing was read "
                "or written. Remove it, or choose another folder."
            )
        return True

    def _require_root(self) -> None:
        if not self._root.is_dir():
            raise _absent()


def require_outside_profile(folder: Path) -> None:
    """Do nothing for a folder that items can lie in.

    Raises:
        InvalidInputError: it lies inside a profile: what travels must not mix with what stays.

    """
    with suppress(OSError, RuntimeError):  # not there, or links in a circle: found out when used
        folder = folder.resolve()
    for one in (folder, *folder.parents):
        with suppress(OSError):
            if (one / _KEYRING).is_file() and (one / _INSPECTIONS).is_dir():
                raise InvalidInputError(
                    "That folder lies inside a Siteweek profile, where only Siteweek’s own files "
                    "belong. Nothing was changed. Choose a folder outside of it.",
                    str(folder),
                )


def _item(entry: os.DirEntry[str]) -> Item | None:
    kind = kind_of(entry.name)
    if kind is None:
        return None
    try:
        known = entry.stat(follow_symlinks=False)
    except (FileNotFoundError, PermissionError):
        return None
    # An empty file is one that is only just coming, or never came.
    if not is_plain(known) or not 0 < known.st_size <= MOST_BYTES[kind]:
        return None
    return Item(entry.name, known.st_size)


def _cursor(items: Iterable[Item]) -> str:
    # Sizes as well: a file that was partial becomes whole under the same name.
    listed = "".join(f"{one.name} {one.size}\n" for one in items)
    return hashlib.sha256(listed.encode()).hexdigest()


@contextmanager
def _where_possible() -> Iterator[None]:
    """Let it pass where a disk has no way to flush."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in _NO_FLUSHING:
            raise


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the file system refuses into a sentence."""
    try:
        yield
    except OSError as problem:
        raise _refusal(problem) from None


def _absent() -> UnreachableTargetError:
    return UnreachableTargetError(
        "The folder is not there. If it is on a stick or a network drive, plug it in or connect "
        "it. Everything on this laptop is kept. It is tried again by itself."
    )


def _refusal(problem: OSError) -> TargetError:
    # The system's own words for the number, never the whole error: that would name the path.
    reason = os.strerror(problem.errno) if problem.errno else "no reason given"
    if problem.errno in _FULL:
        return FullTargetError(
            "The folder has no room left. What was written before is there; the rest stays on this "
            "laptop. Make room, or use another stick."
        )
    if problem.errno in _REFUSED:
        return RefusedByTargetError(
            f"The folder can’t be used ({reason}). Everything on this laptop is kept. Choose a "
            "folder that you may write in."
        )
    if problem.errno in {errno.ENOENT, errno.ENOTDIR}:
        return _absent()
    return UnreachableTargetError(
        f"The folder could not be used ({reason}). Everything on this laptop is kept. It is tried "
        "again by itself."
    )
