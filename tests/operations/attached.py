"""What tests of attachments share: files to attach, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.operations.attaching import attach_file
from app.operations.attachments import list_attachments, save_as
from tests.operations.asking import held

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.records import Record
    from app.operations.attachments import AttachmentRow
    from app.operations.inspection import Inspection


def attached(inspection: Inspection, path: Path, to: str, **how: Any) -> str:
    """The id of a file attached to a record."""
    changes = attach_file(inspection, path, to, **how)
    assert changes is not None
    return changes.made


def record_of(inspection: Inspection, attachment: str) -> Record:
    return held(inspection, attachment)


def row_of(inspection: Inspection, attachment: str) -> AttachmentRow:
    return next(row for row in list_attachments(inspection) if row.id == attachment)


def content(inspection: Inspection, attachment: str, folder: Path) -> bytes:
    """What comes out of the store again."""
    return save_as(inspection, attachment, folder / "content", replace=True).read_bytes()


def pieces(inspection: Inspection) -> set[str]:
    """The names of all pieces there are, unfinished ones too."""
    folder = inspection.blobs.folder
    return {one.name for one in folder.iterdir()} if folder.exists() else set()
