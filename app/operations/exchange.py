"""Inspections in and out as inspection JSON."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.domain.revisions import DELETED
from app.interchange import inspection_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.interchange.inspection_json import Document
    from app.operations.view import View
    from app.operations.work import Work

# Members of the file that this version doesn't know are carried on the inspection's record.
# No field of a file can have this name, so nothing of a file is ever hidden under it.
MEMBERS: Final = "document.members"
_AT_ONCE: Final = 2_000


def read_document(untrusted: bytes) -> Document:
    """Read and check inspection JSON.

    Raises:
        InvalidInputError: it is not, or something in it is wrong; the sentence names the place.

    """
    return inspection_json.parse(untrusted)


def take_in(
    work: Work, document: Document, progress: Callable[[int, int], None] = lambda _n, _m: None
) -> Changes:
    """Write every record of a checked document, in one transaction.

    ``progress`` is told how many of how many records are in, from the writing thread.
    """
    total = len(document.records)
    written: list[tuple[str, str, Mapping[str, Json], Mapping[str, int] | None]] = []
    for index, one in enumerate(document.records, 1):
        fields = one.fields
        if one.kind == "inspection" and document.members:
            fields = {**fields, MEMBERS: dict(document.members)}
        deletion = fields.get(DELETED)
        kept_apart = deletion is True or DELETED in one.others
        if kept_apart:
            fields = {name: value for name, value in fields.items() if name != DELETED}
        written.append((one.id, one.kind, fields, {}))
        # An empty context keeps the versions of a fork side by side, as they were.
        written.extend(
            (one.id, one.kind, {name: value}, {})
            for name, values in one.others.items()
            if name != DELETED
            for value in values
        )
        if kept_apart:
            # Written last and knowing of every version, or it would be a fork against them.
            written.append((one.id, one.kind, {DELETED: deletion}, None))
            written.extend(
                (one.id, one.kind, {DELETED: value}, {}) for value in one.others.get(DELETED, ())
            )
        if len(written) >= _AT_ONCE or index == total:
            work.records.append(written)
            written = []
            progress(index, total)
    return work.changes()


def put_out(view: View) -> Iterator[str]:
    """Yield the whole inspection as inspection JSON, one record a line."""
    return put_out_records(view.records.everything)


def put_out_records(
    every: Callable[[], Iterable[Record]], also: Mapping[str, Json] = MappingProxyType({})
) -> Iterator[str]:
    """Yield records as inspection JSON; ``every`` is asked twice, ``also`` is carried beside."""
    # Asked of every record: they are carried even where the inspection's own was deleted.
    own = next((one for one in every() if one.kind == "inspection"), None)
    members = own.fields.get(MEMBERS) if own is not None else None
    known = members if isinstance(members, dict) else {}
    records = (_without_members(one) if one.kind == "inspection" else one for one in every())
    return inspection_json.emit(records, {**known, **also})


def _without_members(record: Record) -> Record:
    fields = {name: value for name, value in record.fields.items() if name != MEMBERS}
    return replace(record, fields=fields)
