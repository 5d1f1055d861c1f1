"""Attachments as the store has them: found by content, and what in a record opens their pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from app.crypto.keys import BlobKey
from app.domain.kinds.attachments import ATTACHMENT
from app.store import records
from app.store.blobs import BrokenBlobError, Sealed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.store.engine import Connection


def with_content(connection: Connection, sha256: str) -> list[Record]:
    """Return the attachments that say they have this content, deleted ones too."""
    rows = connection.execute(
        "SELECT id FROM record WHERE kind = ? AND json_extract(fields, '$.sha256') = ?",
        (ATTACHMENT, sha256),
    ).fetchall()
    held = records.get_many(connection, (row[0] for row in rows))
    return [held[one] for one in sorted(held)]


def sealed_in(record: Record) -> Sealed | None:
    """Return what opens an attachment's pieces, or None where its record has nothing of it.

    Raises:
        BrokenBlobError: the record has something else there; another device can have written it.

    """
    if not record.text("key") and not record.texts("pieces"):
        return None
    try:
        return Sealed(
            UUID(record.text("sealed_as")).bytes,
            record.number("size") or 0,
            record.text("sha256"),
            BlobKey(bytes.fromhex(record.text("key"))),
            record.texts("pieces"),
        )
    except ValueError:
        raise BrokenBlobError("its record does not fit together") from None


def fields_of(sealed: Sealed) -> Mapping[str, Json]:
    """Return the fields of an attachment's record that open its pieces and say what comes out."""
    return {
        "size": sealed.size,
        "sha256": sealed.sha256,
        "key": sealed.key.raw.hex(),
        "sealed_as": str(UUID(bytes=sealed.attachment)),
        "pieces": list(sealed.pieces),
    }
