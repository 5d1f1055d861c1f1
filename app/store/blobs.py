"""The sealed pieces of attachments, beside the store: added, read back, checked.

A piece is on disk, flushed and under its name, before the record that needs it is committed. So
after any interruption an attachment is there whole, or its record is absent too. What remains
then is an unfinished piece, removed at the next opening, or finished ones that no record names.

Finished pieces are never removed, also not those: a record in a backup may name them, or one that
is still on its way from a colleague's laptop, since text travels first. They are opaque without
the key, which died with the interrupted process, and go when the inspection is destroyed.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto.blob import PIECE_SIZE, Blob, piece_name, seal, unseal
from app.crypto.files import flush_folder
from app.crypto.keys import BlobKey
from app.crypto.primitives import BrokenSealError, random_bytes
from app.errors import StoreError
from app.store.places import OWNER_ONLY_FILE, OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NAME: Final = re.compile(r"[0-9a-f]{64}")
_UNFINISHED: Final = ".new"
# Each is 0 where the system doesn't have it. Non-blocking: a planted pipe must not hang the app.
_BINARY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_GUARDS: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_READ: Final = os.O_RDONLY | _BINARY | _GUARDS
_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _GUARDS


class BrokenBlobError(Exception):
    """An attachment can't be read whole; ``reason`` is a clause that says which part and why."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sealed:
    """What opens an attachment, and what it must turn out to be.

    Raises:
        ValueError: these can't be the pieces of an attachment of that size.

    """

    attachment: bytes  # the id it was sealed for
    size: int
    sha256: str
    key: BlobKey
    pieces: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse names that are none before a path is made of one."""
        if not all(map(_NAME.fullmatch, (self.sha256, *self.pieces))):
            raise ValueError("a name of 64 hex digits is expected")
        if len(self.pieces) != len(Blob(bytes(16), self.attachment, self.size).piece_sizes):
            raise ValueError("the number of pieces doesn't fit the size")


@dataclass(frozen=True, slots=True)
class Health:
    """Which of an attachment's pieces, counted from 1, are missing or damaged."""

    missing: tuple[int, ...] = ()
    damaged: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every piece is there and is what its name says."""
        return not self.missing and not self.damaged


class Blobs:
    """The pieces of one inspection's attachments."""

    def __init__(self, folder: Path, inspection: bytes) -> None:
        """Serve a folder, made when the first piece is added, for the inspection with that id."""
        self.folder = folder
        self._inspection = inspection
        self._keeping = threading.Lock()

    def add(self, attachment: bytes, size: int, plain: Iterable[bytes]) -> Sealed:
        """Seal an attachment under a new key; return once its pieces would survive a power cut.

        If anything fails, ``plain`` included, the pieces of this call are removed again: their
        key was drawn here and nothing else can ever name them.

        Raises:
            StoreError: they could not be written.
            ValueError: the plaintext has another length, or one that no attachment has.

        """
        blob = Blob(self._inspection, attachment, size)
        key = BlobKey(random_bytes(BlobKey.SIZE))
        digest = hashlib.sha256()

        def digested() -> Iterator[bytes]:
            for part in plain:
                digest.update(part)
                yield part

        names: list[str] = []
        try:
            for piece in seal(blob, key, digested()):
                names.append(piece_name(piece))
                self._write(names[-1], piece)
            self._flush()
        except BaseException:
            for name in names:
                with suppress(OSError):
                    (self.folder / name).unlink(missing_ok=True)
            raise
        return Sealed(attachment, size, digest.hexdigest(), key, tuple(names))

    def read(self, sealed: Sealed) -> Iterator[bytes]:
        """Yield the plaintext. It is whole only if the end is reached: until then, keep it aside.

        Raises:
            BrokenBlobError: a piece is missing, damaged or of something else, or another file
                than the named one comes out.

        """
        blob = Blob(self._inspection, sealed.attachment, sealed.size)
        digest = hashlib.sha256()
        try:
            for part in unseal(blob, sealed.key, self._pieces(blob, sealed.pieces)):
                digest.update(part)
                yield part
        except BrokenSealError:
            raise BrokenBlobError("its pieces do not belong together, or not to it") from None
        if digest.hexdigest() != sealed.sha256:
            raise BrokenBlobError("its content is not the one that was attached")

    def check(self, sealed: Sealed) -> Health:
        """Read every piece and say which are missing and which are not what their name says."""
        blob = Blob(self._inspection, sealed.attachment, sealed.size)
        missing: list[int] = []
        damaged: list[int] = []
        wanted = zip(sealed.pieces, blob.piece_sizes, strict=True)
        for number, (name, size) in enumerate(wanted, 1):
            try:
                piece = _content(self.folder / name)
            except FileNotFoundError:
                missing.append(number)
            except OSError:
                damaged.append(number)
            else:
                if len(piece) != size or piece_name(piece) != name:
                    damaged.append(number)
        return Health(tuple(missing), tuple(damaged))

    def missing(self, sealed: Sealed) -> int:
        """Return how many pieces are not there at all; nothing is read."""
        return sum(not os.path.lexists(self.folder / name) for name in sealed.pieces)

    def has(self, name: str) -> bool:
        """Whether a piece is there by name; nothing is read."""
        return _NAME.fullmatch(name) is not None and os.path.lexists(self.folder / name)

    def piece(self, name: str) -> bytes:
        """Return a piece as it lies there, to be handed over.

        Raises:
            StoreError: it is missing, damaged or can't be read.

        """
        try:
            content = _content(self.folder / name)
        except OSError as problem:
            raise StoreError(
                f"A piece of an attachment could not be read ({_reason(problem)}), so it was not "
                "handed over. Run: siteweek verify"
            ) from None
        if piece_name(content) != name:
            raise StoreError(
                "A piece of an attachment is damaged, so it was not handed over. "
                "Run: siteweek verify"
            )
        return content

    def keep(self, name: str, content: bytes) -> None:
        """Keep a piece that arrived; return once it would survive a power cut.

        Raises:
            StoreError: it could not be written.
            ValueError: it is not what its name says.

        """
        if len(content) > PIECE_SIZE or piece_name(content) != name:
            raise ValueError("a piece is kept under the name that its bytes give it")
        with self._keeping:  # two places can bring the same piece at the same moment
            if not self.has(name):
                self._write(name, content)
                self._flush()

    def _pieces(self, blob: Blob, names: tuple[str, ...]) -> Iterator[bytes]:
        wanted = zip(names, blob.piece_sizes, strict=True)
        for number, (name, size) in enumerate(wanted, 1):
            which = f"piece {number} of {len(names)}"
            try:
                piece = _content(self.folder / name)
            except FileNotFoundError:
                raise BrokenBlobError(f"{which} is missing") from None
            except OSError as problem:
                raise BrokenBlobError(f"{which} could not be read ({_reason(problem)})") from None
            if len(piece) != size or piece_name(piece) != name:
                raise BrokenBlobError(f"{which} is damaged or was exchanged")
            yield piece

    def _write(self, name: str, piece: bytes) -> None:
        unfinished = self.folder / (name + _UNFINISHED)
        try:
            self.folder.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
            try:
                # Path.open takes neither flags nor a mode.
                handle = os.open(unfinished, _WRITE, OWNER_ONLY_FILE)
                with os.fdopen(handle, "wb") as file:
                    file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(self.folder / name)
            except BaseException:
                with suppress(OSError):
                    unfinished.unlink(missing_ok=True)
                raise
        except OSError as problem:
            raise _cannot_keep(problem) from None

    def _flush(self) -> None:
        try:
            flush_folder(self.folder)
            flush_folder(self.folder.parent)
        except OSError as problem:
            raise _cannot_keep(problem) from None


def discard_unfinished(folder: Path) -> None:
    """Remove pieces that an interruption left half written; call it while nothing is attached.

    One that can't be removed does no harm: it has no name that is ever asked for.
    """
    with suppress(OSError):
        for one in folder.iterdir():
            if one.name.endswith(_UNFINISHED) and _NAME.fullmatch(one.name[: -len(_UNFINISHED)]):
                with suppress(OSError):
                    one.unlink()


def _content(path: Path) -> bytes:
    """Return a piece's bytes. One that is too long comes out too long, and no longer."""
    with os.fdopen(os.open(path, _READ), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError  # without a number: see _reason
        return file.read(PIECE_SIZE + 1)


def _cannot_keep(problem: OSError) -> StoreError:
    return StoreError(
        f"The attachment could not be saved ({_reason(problem)}). Nothing of it was kept, and "
        "what was saved before is safe. Make room or check the folder, then attach it again."
    )


def _reason(problem: OSError) -> str:
    # The system's own words for the number, never the whole error: that would name the path.
    return os.strerror(problem.errno) if problem.errno else "not a plain file"
