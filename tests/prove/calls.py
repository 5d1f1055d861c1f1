"""What a process did to the files under one folder, read from the lines strace wrote.

Paths are relative to that folder; what happens elsewhere is left out, but for the file through
which a scene says what it has been told is saved.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Every call by which these programs change a file, a name or what is known to be on disk.
TRACED: Final = (
    "openat,lseek,write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,"
    "ftruncate,truncate,fallocate,fsync,fdatasync,syncfs,sync,rename,renameat,renameat2,"
    "link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,close"
)
SHARED_MEMORY: Final = "-shm"  # written by mapping, which no call shows; rebuilt after a crash
_LINE: Final = re.compile(rb"(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)", re.DOTALL)
_END: Final = re.compile(
    rb"^(.*)\) += (-?\d+|\?)(?:<[^>]*>)?(?:\([^)]*\))?(?: ([A-Z]+) \(.*)?$", re.DOTALL
)
_HANDLE: Final = re.compile(rb"^(-?\d+|AT_FDCWD)(?:<([^>]*)>)?(\(deleted\))?$")


@dataclass(frozen=True, slots=True)
class Made:
    """A file was opened so that it is there, and perhaps emptied."""

    path: str
    emptied: bool


@dataclass(frozen=True, slots=True)
class Wrote:
    path: str
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Copied:
    """Bytes went from one file to another inside the system."""

    source: str
    begin: int
    path: str
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class Sized:
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Flushed:
    """The disk answered for a file or folder: for what was asked before call number ``covers``.

    Where it answered with an error, what it was asked for may be lost even if it is asked again.
    """

    path: str
    covers: int
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Renamed:
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Removed:
    path: str


@dataclass(frozen=True, slots=True)
class FolderMade:
    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """The scene was told something, such as that its words are saved."""

    what: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Closed:
    """A file was let go of. Changes nothing on disk; shows that a connection was given up."""

    path: str


Operation = Made | Wrote | Copied | Sized | Flushed | Renamed | Removed | FolderMade | Said | Closed


class UnreadableTraceError(Exception):
    """strace wrote something this reader does not know: better to stop than to leave it out."""


@dataclass(slots=True)
class _Pending:
    name: str
    text: bytes
    covers: int


@dataclass(slots=True)
class Reading:
    """Reads the lines of one trace in order."""

    root: Path
    ack: Path
    counts_only: bool = False
    operations: list[Operation] = field(default_factory=list)
    places_of: dict[str, dict[bytes, list[bool]]] = field(default_factory=dict)
    _unfinished: dict[bytes, _Pending] = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict)
    _hexadecimal: bytes = b""
    _ack: bytes = b""

    def __post_init__(self) -> None:
        self._hexadecimal, self._ack = _written(self.root), _written(self.ack)

    def line(self, line: bytes) -> None:
        """Take in one line; what it does stands at the moment the call returned."""
        found = _LINE.match(line.rstrip(b"\n"))
        if found is None:
            return  # a signal, or the end of a thread
        thread, resumed, begun, text = found.groups()
        if begun is not None and text.endswith(b"<unfinished ...>"):
            head = text[: -len(b"<unfinished ...>")].rstrip()
            self._unfinished[thread] = _Pending(begun.decode(), head, len(self.operations))
            return
        covers = len(self.operations)
        name = (begun or resumed).decode()
        if resumed is not None:
            pending = self._unfinished.pop(thread)
            text, covers = pending.text + text, pending.covers
        if not self.counts_only:
            self._call(name, text, covers)
        # A call that failed counts too: strace counts it when it is to fail the n-th.
        within = self.places_of.setdefault(name, {}).setdefault(thread, [])
        within.append(self._hexadecimal in text and self._ack not in text)

    def _call(self, name: str, text: bytes, covers: int) -> None:
        ended = _END.match(text)
        if ended is None:
            raise UnreadableTraceError(text[:200].decode("latin-1"))
        answer = -1 if ended[2] == b"?" else int(ended[2])
        reader = _READERS.get(name)
        if reader is None:
            raise UnreadableTraceError(name)
        if answer < 0 and name not in {"fsync", "fdatasync"}:
            return
        given = ended[1].split(b", ")
        if answer < 0:
            self._failed_flush(given, covers)
        else:
            reader(self, given, answer, covers)

    def _inside(self, path: str) -> str | None:
        """The path below the root, or None where it lies elsewhere or doesn't matter."""
        root = str(self.root)
        if path == root:
            return ""
        if not path.startswith(root + "/") or path.endswith(SHARED_MEMORY):
            return None
        return path[len(root) + 1 :]

    def _handle(self, given: bytes) -> tuple[int, str | None]:
        """A file handle's number and its path below the root, if it is there and has a name."""
        found = _HANDLE.match(given)
        if found is None:
            raise UnreadableTraceError(given[:200].decode("latin-1"))
        number = -1 if found[1] == b"AT_FDCWD" else int(found[1])
        path = None if found[3] or found[2] is None else self._inside(_text(found[2]))
        return number, path

    def _named(self, given: bytes, folder: bytes | None = None) -> str | None:
        path = _text(given[1:-1])
        if not path.startswith("/"):
            if folder is None:
                return None
            found = _HANDLE.match(folder)
            if found is None or found[2] is None:
                return None
            path = f"{_text(found[2])}/{path}"
        return self._inside(path)

    def _open(self, given: list[bytes], answer: int, _covers: int) -> None:
        self._places[answer] = 0
        flags = given[2].split(b"|")
        if b"O_CREAT" not in flags and b"O_TRUNC" not in flags:
            return
        path = self._named(given[1], given[0])
        if path is not None:
            self.operations.append(Made(path, emptied=b"O_TRUNC" in flags))

    def _seek(self, given: list[bytes], answer: int, _covers: int) -> None:
        self._places[self._handle(given[0])[0]] = answer

    def _write(self, given: list[bytes], answer: int, _covers: int) -> None:
        number, path = self._handle(given[0])
        at = self._places.get(number, 0)
        self._places[number] = at + answer
        if path is not None:
            self.operations.append(Wrote(path, at, _bytes(given[1])[:answer]))

    def _gather(self, given: list[bytes], _answer: int, _covers: int) -> None:
        """The scene says something; nothing else writes in this way."""
        if self._ack not in given[0]:
            self._unknown(given, 0, 0)
            return
        said = json.loads(_bytes(given[1].removeprefix(b"[{iov_base=")))
        self.operations.append(Said(said))

    def _write_at(self, given: list[bytes], answer: int, _covers: int) -> None:
        _number, path = self._handle(given[0])
        if path is not None:
            self.operations.append(Wrote(path, int(given[3]), _bytes(given[1])[:answer]))

    def _send(self, given: list[bytes], answer: int, _covers: int) -> None:
        number, path = self._handle(given[0])
        _source_number, source = self._handle(given[1])
        at = self._places.get(number, 0)
        self._places[number] = at + answer
        if path is None or not answer:
            return
        begun = re.match(rb"\[(\d+)\]", given[2])
        if begun is None or source is None:
            raise UnreadableTraceError("a copy whose source is not known")
        self.operations.append(Copied(source, int(begun[1]), path, at, answer))

    def _size(self, given: list[bytes], _answer: int, _covers: int) -> None:
        _number, path = self._handle(given[0])
        if path is not None:
            self.operations.append(Sized(path, int(given[1])))

    def _flush(self, given: list[bytes], _answer: int, covers: int) -> None:
        _number, path = self._handle(given[0])
        if path is not None:
            self.operations.append(Flushed(path, covers))

    def _failed_flush(self, given: list[bytes], covers: int) -> None:
        _number, path = self._handle(given[0])
        if path is not None:
            self.operations.append(Flushed(path, covers, failed=True))

    def _rename(self, given: list[bytes], _answer: int, _covers: int) -> None:
        self._renamed(self._named(given[0]), self._named(given[1]))

    def _rename_at(self, given: list[bytes], _answer: int, _covers: int) -> None:
        self._renamed(self._named(given[1], given[0]), self._named(given[3], given[2]))

    def _renamed(self, old: str | None, new: str | None) -> None:
        if (old is None) != (new is None):
            raise UnreadableTraceError("a file was moved into or out of the folder")
        if old is not None and new is not None:
            self.operations.append(Renamed(old, new))

    def _remove(self, given: list[bytes], _answer: int, _covers: int) -> None:
        self._removed(self._named(given[0]))

    def _remove_at(self, given: list[bytes], _answer: int, _covers: int) -> None:
        self._removed(self._named(given[1], given[0]))

    def _removed(self, path: str | None) -> None:
        if path is not None:
            self.operations.append(Removed(path))

    def _folder(self, given: list[bytes], _answer: int, _covers: int) -> None:
        path = self._named(given[0])
        if path is not None:
            self.operations.append(FolderMade(path))

    def _folder_at(self, given: list[bytes], _answer: int, _covers: int) -> None:
        path = self._named(given[1], given[0])
        if path is not None:
            self.operations.append(FolderMade(path))

    def _close(self, given: list[bytes], _answer: int, _covers: int) -> None:
        _number, path = self._handle(given[0])
        if path:
            self.operations.append(Closed(path))

    def _unknown(self, given: list[bytes], _answer: int, _covers: int) -> None:
        _number, path = self._handle(given[0])
        if path is not None:
            raise UnreadableTraceError("a call whose effect is not modelled")


_READERS: Final[dict[str, Callable[[Reading, list[bytes], int, int], None]]] = {
    "openat": Reading._open,
    "lseek": Reading._seek,
    "write": Reading._write,
    "pwrite64": Reading._write_at,
    "writev": Reading._gather,
    "pwritev": Reading._unknown,
    "pwritev2": Reading._unknown,
    "sendfile": Reading._send,
    "copy_file_range": Reading._unknown,
    "ftruncate": Reading._size,
    "fallocate": Reading._unknown,
    "fsync": Reading._flush,
    "fdatasync": Reading._flush,
    "rename": Reading._rename,
    "renameat": Reading._rename_at,
    "renameat2": Reading._rename_at,
    "unlink": Reading._remove,
    "rmdir": Reading._remove,
    "unlinkat": Reading._remove_at,
    "mkdir": Reading._folder,
    "mkdirat": Reading._folder_at,
    "close": Reading._close,
}


def _written(path: Path) -> bytes:
    """A path as strace writes it."""
    return b"".join(b"\\x%02x" % one for one in str(path).encode())


def _bytes(given: bytes) -> bytes:
    """The bytes of a string strace wrote in hexadecimal; a cut one is no use."""
    if not given.endswith(b'"') or not given.startswith(b'"'):
        raise UnreadableTraceError("a string was cut short")
    return bytes.fromhex(given[1:-1].replace(b"\\x", b"").decode("ascii"))


def _text(given: bytes) -> str:
    if not given.startswith(b"\\x"):
        return given.decode("latin-1")  # a pipe or a socket
    return bytes.fromhex(given.replace(b"\\x", b"").decode("ascii")).decode()
