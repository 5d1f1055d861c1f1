"""Inspection JSON, version 1: an envelope with a list of records, each with its fields.

Documented in docs/inspection-json.md. Fields and members that this version does not know are
kept. Nothing is accepted in part: the first thing wrong refuses the whole.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn

from app.domain.kinds.registry import KINDS, references
from app.domain.revisions import DELETED
from app.domain.validation import problem
from app.errors import InvalidInputError
from app.json_reading import BadJsonError, decode, shown
from app.json_reading import parse as parse_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.domain.records import Record
    from app.domain.revisions import Json

FORMAT: Final = "siteweek-inspection"
VERSION: Final = 1
LARGEST_FILE: Final = 1 << 30  # bytes
LONGEST_NUMBER: Final = 32  # characters
OTHER_VERSIONS: Final = "other_versions"
_OWN_MEMBERS: Final = frozenset({"format", "version", "records"})
_REQUIRED: Final = {
    kind.name: tuple(one.name for one in kind.fields if one.required) for kind in KINDS.values()
}
_STAYS_HERE: Final = {
    kind.name: frozenset(one.name for one in kind.fields if one.stays_here)
    for kind in KINDS.values()
}
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """One record read: ``others`` holds, for a forked field, the versions after its first."""

    id: str
    kind: str
    fields: Mapping[str, Json]
    others: Mapping[str, list[Json]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole inspection as read: its records in their order, and members not known here."""

    records: tuple[ImportedRecord, ...]
    members: Mapping[str, Json]


def parse(untrusted: bytes) -> Document:
    """Read and check a whole inspection.

    Raises:
        InvalidInputError: it is not inspection JSON of this version, or a record has an unknown
            kind, a field of the wrong type, an id used twice or a reference to nothing. The
            sentence names the place.

    """
    envelope = _read(untrusted)
    if not isinstance(envelope, dict) or envelope.get("format") != FORMAT:
        raise InvalidInputError(
            f"This is not inspection JSON: it lacks “format”: “{FORMAT}”. Nothing was imported.",
            "format",
        )
    version = envelope.get("version")
    if type(version) is not int or version != VERSION:  # to Python, true is 1
        raise InvalidInputError(
            "This inspection JSON is of another version; this Siteweek reads version "
            f"{VERSION}. Nothing was imported.",
            "version",
        )
    listed = envelope.get("records")
    if not isinstance(listed, list):
        raise InvalidInputError("“records” must be a list. Nothing was imported.", "records")
    records = tuple(_record(index, one) for index, one in enumerate(listed))
    _check_together(records)
    members = {name: value for name, value in envelope.items() if name not in _OWN_MEMBERS}
    wrong = problem("", members)
    if wrong is not None:
        _refuse(shown(wrong[0]), wrong[1])
    return Document(records, members)


def emit(records: Iterable[Record], members: Mapping[str, Json]) -> Iterator[str]:
    """Yield the text of inspection JSON piece by piece, one record a line.

    The file is readable by anyone, so fields that open something sealed are left out.
    """
    head = {"format": FORMAT, "version": VERSION, **members}
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "records": ['
    separator = "\n"
    for one in records:
        yield f"{separator}  {json.dumps(_plain(one), ensure_ascii=False)}"
        separator = ",\n"
    yield "\n ]\n}\n"


def _read(untrusted: bytes) -> object:
    if len(untrusted) > LARGEST_FILE:
        raise InvalidInputError(
            f"The file is larger than {LARGEST_FILE >> 20} MiB. Nothing was imported.", "file"
        )
    try:
        return parse_json(decode(untrusted), LONGEST_NUMBER)
    except BadJsonError as problem:
        raise InvalidInputError(
            f"Line {problem.line} of the file: {problem.reason}. Nothing was imported.",
            f"line {problem.line}",
        ) from None


def _plain(record: Record) -> dict[str, Json]:
    known = KINDS[record.kind].by_name if record.kind in KINDS else {}
    order = {name: index for index, name in enumerate(known)}
    stays = _STAYS_HERE.get(record.kind, frozenset())
    names = sorted(
        record.fields.keys() - stays, key=lambda name: (order.get(name, len(order)), name)
    )
    plain: dict[str, Json] = {"id": record.id, "kind": record.kind}
    plain.update({name: record.fields[name] for name in names})
    others: dict[str, Json] = {
        name: list(values[1:]) for name, values in sorted(record.forks.items()) if name not in stays
    }
    if others:
        plain[OTHER_VERSIONS] = others
    return plain


def _record(index: int, untrusted: object) -> ImportedRecord:
    place = f"records[{index}]"
    if not isinstance(untrusted, dict):
        _refuse(place, "must be an object with an id and a kind")
    members = dict(untrusted)
    record, kind = members.pop("id", None), members.pop("kind", None)
    others = members.pop(OTHER_VERSIONS, {})
    if not isinstance(record, str) or not _ID.fullmatch(record):
        _refuse(f"{place}.id", "must be 1 to 64 letters, digits, dots, hyphens or underscores")
    if not isinstance(kind, str) or kind not in KINDS:
        _refuse(f"{place}.kind", "names no kind of record that Siteweek knows")
    place = f"{place} ({kind} {record})"
    for name in members:
        if not _NAME.fullmatch(name):
            _refuse(place, "has a field whose name is not a plain word")
        if name in _STAYS_HERE[kind]:
            _refuse(f"{place}.{name}", "opens something sealed and is never part of a file")
    _check_fields(place, kind, members)
    missing = next((one for one in _REQUIRED[kind] if members.get(one) is None), None)
    if missing is not None:
        _refuse(f"{place}.{missing}", "is needed and missing")
    _check_others(f"{place}.{OTHER_VERSIONS}", kind, members, others)
    return ImportedRecord(record, kind, members, others)


def _check_others(place: str, kind: str, members: Mapping[str, object], untrusted: object) -> None:
    if not isinstance(untrusted, dict):
        _refuse(place, "must be an object of lists")
    for name, values in untrusted.items():
        if not isinstance(values, list) or name not in members:
            _refuse(f"{place}.{shown(name)}", "must list versions of a field it has")
        if name in _REQUIRED[kind] and None in values:
            _refuse(f"{place}.{name}", "has an empty version of a field that is needed")
        for value in values:
            _check_fields(place, kind, {name: value})


def _check_fields(place: str, kind: str, fields: Mapping[str, object]) -> None:
    wrong = problem(kind, fields)
    if wrong is not None:
        _refuse(f"{place}.{wrong[0]}", wrong[1])


def _check_together(records: tuple[ImportedRecord, ...]) -> None:
    kinds: dict[str, str] = {}
    for one in records:
        if one.id in kinds:
            _refuse(f"{one.kind} {one.id}", "has an id that another record has already")
        kinds[one.id] = one.kind
    if sum(kind == "inspection" for kind in kinds.values()) != 1:
        _refuse("records", "must hold exactly one record of the kind “inspection”")
    boxes = {one.id for one in records if one.fields.get("type") == "box"}
    for one in records:
        by_name = KINDS[one.kind].by_name
        for name, target in _all_references(one):
            held = kinds.get(target)
            if held is None:
                _refuse(f"{one.kind} {one.id}.{name}", f"leads to {target!r}, which is not there")
            if held not in by_name[name].of:
                _refuse(f"{one.kind} {one.id}.{name}", f"leads to {target!r}, of the kind “{held}”")
        if one.kind == "inspection" and one.fields.get(DELETED):
            _refuse(f"{one.kind} {one.id}.{DELETED}", "can’t be said of the inspection itself")
        if one.id in boxes and one.fields.get("box"):
            _refuse(f"{one.kind} {one.id}.box", "puts a box inside a box")


def _all_references(one: ImportedRecord) -> Iterator[tuple[str, str]]:
    yield from references(one.kind, one.fields)
    for name, values in one.others.items():
        for value in values:
            yield from references(one.kind, {name: value})


def _refuse(place: str, reason: str) -> NoReturn:
    raise InvalidInputError(f"{place}: {reason.rstrip('.')}. Nothing was imported.", place)
