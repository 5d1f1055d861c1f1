"""Attaching a file: read, sealed and on disk before the record that names it is written.

All but the record happens on the calling thread, so typing never waits for a large photo.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final
from uuid import UUID

from app.crypto.blob import MOST_BYTES
from app.domain.file_names import media_type
from app.interchange.photos import PhotoWithoutPosition, is_jpeg
from app.operations.attachments import Attached, attach, prepare_to_attach
from app.operations.chosen_file import ChosenFile, changed_meanwhile
from app.operations.work import new_id
from app.store.attachments import sealed_in, with_content
from app.store.blobs import BrokenBlobError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.domain.changes import Changes
    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.store.blobs import Blobs, Sealed

_JPEG: Final = "image/jpeg"
_BEGINNING: Final = 16
_PASSES: Final = 2  # one to know what it is, one to seal it


class _CancelledError(Exception):
    """The person who attached it thought better of it."""


def attach_file(
    inspection: Inspection,
    path: Path,
    to: str,
    *,
    keep_position: bool = False,
    progress: Callable[[int, int], None] = lambda _n, _m: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Changes | None:
    """Attach a file to a record; return what changed, or None where it was cancelled.

    A JPEG loses its position and thumbnail unless they are to be kept. A file that is attached
    already is not kept a second time. ``progress`` is told how many of how many bytes are done.

    Raises:
        InvalidInputError: not a plain file of 1 byte to 64 MiB, changed while it was read, or
            nothing can be attached to ``to``.
        StoreError: it could not be saved; nothing of it was kept.

    """
    inspection.do(prepare_to_attach, to)
    with ChosenFile(path, MOST_BYTES) as chosen:
        source = _Source(chosen, progress, is_cancelled, keep_position=keep_position)
        record = new_id()
        try:
            sealed = source.sealed(inspection, UUID(record).bytes)
        except _CancelledError:
            return None
        said = Attached(chosen.name, source.media_type, source.photo_position)
    progress(chosen.size, chosen.size)
    return inspection.do(attach, record, to, said, sealed)


class _Source:
    """One file on its way in, read twice: to know size and hash, then to be sealed."""

    def __init__(
        self,
        chosen: ChosenFile,
        progress: Callable[[int, int], None],
        is_cancelled: Callable[[], bool],
        *,
        keep_position: bool,
    ) -> None:
        self._chosen, self._progress, self._is_cancelled = chosen, progress, is_cancelled
        self._done = 0
        self._is_photo = is_jpeg(chosen.beginning(_BEGINNING))
        self._strips = self._is_photo and not keep_position
        self.media_type = _JPEG if self._is_photo else media_type(chosen.name)
        self.photo_position = "kept" if self._is_photo else "not looked for"

    def sealed(self, inspection: Inspection, attachment: bytes) -> Sealed:
        """Return what opens its pieces: those of the same content held already, or new ones."""
        digest, size = hashlib.sha256(), 0
        for part in self._parts():
            digest.update(part)
            size += len(part)
        held = _already(inspection, digest.hexdigest())
        if held is not None:
            return held
        again = _unchanged(self._parts(), size, digest.hexdigest())
        return inspection.blobs.add(attachment, size, again)

    def _parts(self) -> Iterator[bytes]:
        told = self._told()
        if not self._strips:
            yield from told
            return
        photo = PhotoWithoutPosition(told)
        yield from photo.parts()
        self.photo_position = "removed" if photo.was_changed else "none found"
        # What follows the end of a picture is left out, but read: it may be changing just now.
        for _part in told:
            pass

    def _told(self) -> Iterator[bytes]:
        for part in self._chosen.parts():
            if self._is_cancelled():
                raise _CancelledError
            yield part
            self._done += len(part)
            self._progress(self._done // _PASSES, self._chosen.size)


def _unchanged(parts: Iterator[bytes], size: int, sha256: str) -> Iterator[bytes]:
    """Yield the second reading of a file, which has to be equal to the first."""
    digest, total = hashlib.sha256(), 0
    for part in parts:
        digest.update(part)
        total += len(part)
        if total > size:
            raise changed_meanwhile()
        yield part
    if (total, digest.hexdigest()) != (size, sha256):
        raise changed_meanwhile()


def _already(inspection: Inspection, sha256: str) -> Sealed | None:
    """Return what opens the same content here, having opened it: a record alone proves nothing.

    Else a colleague's record, damaged or dishonest, could stand in for a file that is nowhere.
    """
    for sealed in inspection.ask(_said_to_be, sha256):
        if _is_whole(inspection.blobs, sealed):
            return sealed
    return None


def _said_to_be(view: View, sha256: str) -> list[Sealed]:
    found: list[Sealed] = []
    for one in with_content(view.records.connection, sha256):
        try:
            sealed = sealed_in(one)
        except BrokenBlobError:
            continue
        if sealed is not None:
            found.append(sealed)
    return found


def _is_whole(blobs: Blobs, sealed: Sealed) -> bool:
    try:
        for _part in blobs.read(sealed):
            pass
    except BrokenBlobError:
        return False
    return True
