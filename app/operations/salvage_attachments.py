"""Writes out the attachments whose pieces are whole, and says of each other one what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.file_names import safe_name
from app.domain.kinds.attachments import ATTACHMENT
from app.errors import OutputError
from app.operations.files import write_bytes
from app.store.attachments import sealed_in
from app.store.blobs import BrokenBlobError
from app.store.places import OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from app.domain.records import Record
    from app.store.blobs import Blobs

FOLDER: Final = "attachments"


@dataclass(frozen=True, slots=True)
class Attached:
    """How many attachments were written, and a sentence for each that could not be."""

    written: int
    lost: tuple[str, ...]


def write_attachments(
    blobs: Blobs,
    records: Iterable[Record],
    target: Path,
    progress: Callable[[str, int, int], None],
) -> Attached:
    """Write every whole attachment, deleted ones too, into a folder of their own under ``target``.

    Raises:
        OutputError: they could not be written there.

    """
    held = [one for one in records if one.kind == ATTACHMENT]
    written, lost = 0, list[str]()
    for number, record in enumerate(held, 1):
        try:
            _write(blobs, record, target / FOLDER, number)
        except BrokenBlobError as problem:
            lost.append(f"The attachment {record.id} could not be read: {problem.reason}.")
        else:
            written += 1
        progress(FOLDER, number, len(held))
    return Attached(written, tuple(lost))


def _write(blobs: Blobs, record: Record, folder: Path, number: int) -> None:
    sealed = sealed_in(record)
    if sealed is None:
        raise BrokenBlobError("its record holds nothing that opens it")
    try:
        folder.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
    except OSError as problem:
        raise OutputError(
            f"The folder {folder} could not be made ({problem.strerror}). Nothing was written "
            "into it."
        ) from None
    # Numbered: two attachments may have one name. Nothing of a broken one is left behind.
    write_bytes(folder / f"{number:03}-{safe_name(record.text('name'))}", blobs.read(sealed))
