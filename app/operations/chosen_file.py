"""A file that a person chose to attach: opened once, known to be a plain one, and read as it was.

Only plain files: never a folder, a pipe or a device. A link isn't followed either. What a link on
a stick leads to is not what its name shows, and would travel to the whole team; whoever means the
other file can choose that one. Links among the folders on the way are followed, as everywhere.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final, Self

from app.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

_PART: Final = 1 << 20
# Each is 0 where the system doesn't have it. Non-blocking: a pipe must not hang the app.
_BINARY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_GUARDS: Final = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
)
# A file whose content is fetched from a network when it is read: that can take for ever.
_WINDOWS_ELSEWHERE: Final = 0x1000 | 0x40000 | 0x400000  # offline, recall on open, on data access
_MACOS_ELSEWHERE: Final = 0x40000000  # SF_DATALESS
_KINDS: Final = (
    (stat.S_ISLNK, "is a link. Choose the file it leads to"),
    (stat.S_ISDIR, "is a folder. Choose the files in it"),
    (stat.S_ISFIFO, "is a pipe and not a file"),
    (stat.S_ISSOCK, "is a socket and not a file"),
    (stat.S_ISCHR, "is a device and not a file"),
    (stat.S_ISBLK, "is a device and not a file"),
)


class ChosenFile:
    """An open file of 1 to ``most_bytes`` bytes. Close it, or use it in a ``with``."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        """Open the file.

        Raises:
            InvalidInputError: missing, unreadable, not a plain file, empty or too large.

        """
        self.name = path.name
        try:
            named = path.lstat()
            _require_plain(named)
            # By its number from here on: the name could lead to another file a moment later.
            self._handle = os.open(path, os.O_RDONLY | _BINARY | _GUARDS)
        except OSError as problem:
            raise _unreadable(problem) from None
        try:
            self._opened = os.fstat(self._handle)
            _require_same(named, self._opened)
            self.size = self._opened.st_size
            _require_size(self.size, most_bytes)
        except BaseException:
            os.close(self._handle)
            raise

    def parts(self) -> Iterator[bytes]:
        """Yield the file from its beginning; can be asked again.

        Raises:
            InvalidInputError: it could not be read, or was changed since it was opened.

        """
        at = 0
        try:
            os.lseek(self._handle, 0, os.SEEK_SET)
            # One byte more than there should be, so that a file that grew is noticed.
            while part := os.read(self._handle, min(_PART, self.size + 1 - at)):
                at += len(part)
                if at > self.size:
                    raise changed_meanwhile()
                yield part
            now = os.fstat(self._handle)
        except OSError as problem:
            raise _unreadable(problem) from None
        before = self._opened
        if at != self.size or (now.st_size, now.st_mtime_ns) != (self.size, before.st_mtime_ns):
            raise changed_meanwhile()

    def beginning(self, count: int) -> bytes:
        """Return the first bytes, fewer where the file is shorter."""
        try:
            os.lseek(self._handle, 0, os.SEEK_SET)
            return os.read(self._handle, count)
        except OSError as problem:
            raise _unreadable(problem) from None

    def __enter__(self) -> Self:
        """Return the open file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        os.close(self._handle)


def _require_plain(named: os.stat_result) -> None:
    for is_kind, what in _KINDS:
        if is_kind(named.st_mode):
            raise _refused(what)
    if not stat.S_ISREG(named.st_mode):
        raise _refused("is not a plain file")
    if is_elsewhere(named):
        raise _refused("is kept online only. Have it downloaded to this laptop first")


def _require_same(named: os.stat_result, opened: os.stat_result) -> None:
    if not stat.S_ISREG(opened.st_mode) or not os.path.samestat(named, opened):
        raise _refused("was exchanged while it was being opened")


def is_elsewhere(named: os.stat_result) -> bool:
    """Whether only a stand-in is on this disk, so that reading would wait for a network."""
    return bool(
        getattr(named, "st_file_attributes", 0) & _WINDOWS_ELSEWHERE
        or getattr(named, "st_flags", 0) & _MACOS_ELSEWHERE
    )


def _require_size(size: int, most_bytes: int) -> None:
    if size == 0:
        raise _refused("is empty")
    if size > most_bytes:
        raise _refused(
            f"has {size / 1_000_000:,.0f} MB; an attachment has at most {most_bytes >> 20} MiB"
        )


def changed_meanwhile() -> InvalidInputError:
    """Return the error for a file that was not the same all the while."""
    return _refused("was changed while it was being read. Close it in other programs and try again")


def _unreadable(problem: OSError) -> InvalidInputError:
    return _refused(f"could not be read ({os.strerror(problem.errno or 0)})")


def _refused(what: str) -> InvalidInputError:
    return InvalidInputError(f"What was chosen {what}. Nothing was attached.", "file")
