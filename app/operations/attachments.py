"""Attachments: the verbs, what a list shows, and the ways out of the store.

Content is opaque bytes here: nothing is parsed, drawn or unpacked, whatever a file says it is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from app.domain.file_names import kept, safe_name, visible
from app.domain.kinds.attachments import ATTACHMENT, OWNER_KINDS
from app.domain.revisions import DELETED
from app.errors import DamagedFileError, InvalidInputError
from app.operations.files import write_bytes
from app.store.attachments import fields_of, sealed_in
from app.store.blobs import BrokenBlobError, Health

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.operations.inspection import Inspection
    from app.operations.outside import OpenedOutside
    from app.operations.view import View
    from app.operations.work import Work
    from app.store.blobs import Sealed


@dataclass(frozen=True, slots=True)
class Attached:
    """What is said of a file when it is attached: how it is called, and what was left out."""

    name: str
    media_type: str
    photo_position: str


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """An attachment as a list shows it. ``shown`` is the name as it may be shown.

    ``state`` is empty where it is held, or says in a clause why it can't be opened here.
    """

    id: str
    attached_to: str
    name: str
    shown: str
    media_type: str
    size: int
    sha256: str
    photo_position: str
    added_at: str
    added_by: str
    state: str

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        return asdict(self)


def needed_pieces(view: View) -> list[str]:
    """Return the names of the pieces that the attachments shown here are made of, oldest first.

    A record that doesn't fit together needs none: it can't be opened anyway.
    """
    needed: dict[str, None] = {}
    for record in sorted(view.records.of_kind(ATTACHMENT), key=lambda one: one.id):
        with suppress(BrokenBlobError):
            sealed = sealed_in(record)
            needed.update(dict.fromkeys(() if sealed is None else sealed.pieces))
    return list(needed)


def attach(work: Work, record: str, to: str, said: Attached, sealed: Sealed) -> Changes:
    """Write the record of an attachment whose pieces are on disk already.

    Raises:
        InvalidInputError: nothing can be attached to ``to``, or the name is unfit.

    """
    prepare_to_attach(work, to)
    fields = {
        "attached_to": to,
        "name": kept(said.name),
        "media_type": said.media_type,
        "photo_position": said.photo_position,
        "added_at": work.now(),
        "added_by": work.me or None,
        **fields_of(sealed),
    }
    return work.changes(work.add(ATTACHMENT, fields, record))


def rename(work: Work, attachment: str, name: str) -> Changes:
    """Give an attachment another name; the one before stays in its history.

    Raises:
        InvalidInputError: no name is left, or there is no such attachment.

    """
    work.of_kind(attachment, ATTACHMENT)
    if not name.strip():
        raise InvalidInputError("An attachment needs a name. It was left as it was.", "name")
    work.change(attachment, {"name": kept(name.strip())})
    return work.changes()


def remove(work: Work, attachment: str) -> Changes:
    """Take an attachment off its record; content and record are kept and can be restored."""
    work.of_kind(attachment, ATTACHMENT)
    work.delete(attachment)
    return work.changes()


def restore(work: Work, attachment: str) -> Changes:
    """Bring a removed attachment back."""
    if work.records.get(attachment).kind != ATTACHMENT:
        raise InvalidInputError(f"{attachment} is not an attachment.", attachment)
    work.change(attachment, {DELETED: None})
    return work.changes()


def prepare_to_attach(work: Work, to: str) -> Changes:
    """Change nothing where a file can be attached: a reason against it comes before sealing.

    Raises:
        InvalidInputError: nothing can be attached to that record, or there is none.
        ClosedInspectionError: the inspection was closed.
        AlreadyOpenError: the inspection can only be read here.

    """
    work.require_open()
    held = work.records.get(to)
    if held.kind not in OWNER_KINDS or held.is_deleted:
        raise InvalidInputError(
            f"Nothing can be attached to {to}: attach to a note, a paragraph, a finding or a "
            "task that is there.",
            "to",
        )
    return work.changes()


def list_attachments(inspection: Inspection, to: str = "") -> list[AttachmentRow]:
    """Return the attachments of one record, or all of them, in the order they were added."""
    held = inspection.ask(
        lambda view: (
            view.records.parts_of(to, ATTACHMENT) if to else view.records.of_kind(ATTACHMENT)
        )
    )
    rows = [_row(inspection, one) for one in held]
    return sorted(rows, key=lambda row: (row.added_at, row.id))


def check_attachment(inspection: Inspection, attachment: str) -> Health:
    """Read every piece of an attachment; return which are missing and which are damaged.

    Raises:
        DamagedFileError: its record doesn't fit together.
        InvalidInputError: there is no such attachment, or it is not held here.

    """
    _record, sealed = _held(inspection, attachment)
    return inspection.blobs.check(sealed)


def save_as(
    inspection: Inspection, attachment: str, target: Path, *, replace: bool = False
) -> Path:
    """Write an attachment to a file, or under a safe name into a folder; return the file.

    Raises:
        DamagedFileError: it is not whole; the sentence says which piece, and whose it was.
        InvalidInputError: it is not held here, or the file is there and not to be replaced.
        OutputError: the file could not be written; what stood there before is as it was.

    """
    record, sealed = _held(inspection, attachment)
    path = target / safe_name(record.text("name")) if target.is_dir() else target
    if path.exists() and not replace:
        raise InvalidInputError(f"{path} is there already. It was left as it is.", "file")
    write_bytes(path, content_of(inspection, record, sealed))
    return path


def open_outside(inspection: Inspection, attachment: str, *, confirmed: bool) -> OpenedOutside:
    """Write an attachment where another program can show it, once a person has said so.

    The file is in the open until the answer's ``remove`` is called or the inspection is closed.

    Raises:
        InvalidInputError: nobody has confirmed it, or it is not held here.
        DamagedFileError: it is not whole; nothing was left in the open.
        OutputError: it could not be written; likewise.

    """
    if not confirmed:
        raise InvalidInputError(
            "Another program would get to see this attachment unprotected. Nothing was opened. "
            "Confirm it first.",
            "confirmed",
        )
    record, sealed = _held(inspection, attachment)
    parts = content_of(inspection, record, sealed)
    return inspection.outside.put(record.text("name"), parts)


def content_of(inspection: Inspection, record: Record, sealed: Sealed) -> Iterator[bytes]:
    """Yield an attachment's content, which is whole only if the end is reached.

    Raises:
        DamagedFileError: it is not.

    """
    try:
        yield from inspection.blobs.read(sealed)
    except BrokenBlobError as problem:
        raise _damaged(inspection, record, problem.reason) from None


def _held(inspection: Inspection, attachment: str) -> tuple[Record, Sealed]:
    record = inspection.ask(lambda view: view.records.get(attachment))
    if record.kind != ATTACHMENT:
        raise InvalidInputError(f"{attachment} is not an attachment.", attachment)
    try:
        sealed = sealed_in(record)
    except BrokenBlobError as problem:
        raise _damaged(inspection, record, problem.reason) from None
    if sealed is None:
        raise InvalidInputError(
            "Only what is said of this attachment is here: its content stayed where the file "
            "came from that this inspection was taken in from. Nothing was written.",
            attachment,
        )
    return record, sealed


def _damaged(inspection: Inspection, record: Record, reason: str) -> DamagedFileError:
    first = inspection.ask(lambda view: view.records.history(record.id)[0])
    by = record.text("added_by")
    whose = f"{by} on device {first.dot.device}" if by else f"device {first.dot.device}"
    return DamagedFileError(
        f"Attachment {record.id}, added by {whose}, can’t be opened: {reason}. Nothing of it was "
        "written. Take it from a backup, or from a laptop that holds it whole."
    )


def _row(inspection: Inspection, record: Record) -> AttachmentRow:
    return AttachmentRow(
        record.id,
        record.text("attached_to"),
        record.text("name"),
        visible(record.text("name")),
        record.text("media_type"),
        record.number("size") or 0,
        record.text("sha256"),
        record.text("photo_position"),
        record.text("added_at"),
        record.text("added_by"),
        _state(inspection, record),
    )


def _state(inspection: Inspection, record: Record) -> str:
    try:
        sealed = sealed_in(record)
    except BrokenBlobError as problem:
        return problem.reason
    if sealed is None:
        return "not held here"
    missing = inspection.blobs.missing(sealed)
    return f"{missing} of {len(sealed.pieces)} pieces are not here" if missing else ""
