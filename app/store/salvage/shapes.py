"""Tells by its shape alone which of the store's tables a row was of.

A revision proves itself: its hash covers its body. The other rows prove nothing, so each says
whether the page it lay on was as it was written.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.domain.chains import BODY_VERSION, hash_of
from app.domain.revisions import Dot, Revision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.store.salvage.cells import Value

_HASH_SIZE: Final = 32
_DEVICE: Final = re.compile(r"[0-9a-f]{32}")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
# A body as it lies in a row, with its hash straight after it. Looked at from every beginning: one
# that goes on elsewhere would else swallow the next.
_BODY: Final = re.compile(
    rb'(?=(\[1,"[0-9a-f]{32}",\d{1,19},"(?s:.)*?,"[0-9a-f]{64}"\])((?s:.){32}))'
)
_BEGINNING: Final = re.compile(rb'\[1,"([0-9a-f]{32})",(\d{1,15}),')
_ENDING: Final = re.compile(rb',"[0-9a-f]{64}"\]|\x00{8}')
_SHORTEST_PART: Final = 6
_LEAST_PLAIN: Final = 0.85
_PLAIN: Final = re.compile(r"[\w\s.,;:'\"’‘“”–—…?!()\[\]{}%£&/-]", re.ASCII)
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]+")


@dataclass(frozen=True, slots=True)
class FoundRevision:
    """A revision whose hash covers its body; ``seq`` is its place in the order of arrival."""

    revision: Revision
    hash: bytes
    previous: bytes
    seq: int | None = None


class FoundHead(NamedTuple):
    """What the store held to be the newest revision of the device with this key in the store."""

    device: int
    number: int
    hash: bytes
    at: int


class FoundDraft(NamedTuple):
    """Words that were on screen; ``at`` is an ISO instant."""

    record: str
    kind: str
    fields: dict[str, Any]
    at: str
    is_proven: bool = True


class Words(NamedTuple):
    """Text of a revision that can't be proven whole: which one it was of, and what is left."""

    dot: Dot
    text: str


class FoundCopy(NamedTuple):
    """A record as the store had derived it: a second copy of words whose revision may be lost."""

    id: str
    kind: str
    changed_at: int
    fields: str
    forks: str
    is_proven: bool = True


def revision_in(body: str, stored: bytes, seq: int | None = None) -> FoundRevision | None:
    """Return the revision in a body, or None where the hash does not cover it."""
    if len(stored) != _HASH_SIZE or hash_of(body) != stored:
        return None
    # What its hash covers was written by this app or one after it: only a version is asked.
    parts = json.loads(body)
    if not isinstance(parts, list) or len(parts) != len(_PARTS) or parts[0] != BODY_VERSION:
        return None
    _version, device, number, record, kind, at, context, fields, previous = parts
    revision = Revision(Dot(device, number), record, kind, at, fields, context)
    return FoundRevision(revision, stored, bytes.fromhex(previous), seq)


def revisions_among(page: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield (body, hash) wherever a page holds what looks like both, whatever lies around it.

    For pages whose own lists of rows are spoilt.
    """
    for match in _BODY.finditer(page):
        try:
            yield match[1].decode(), match[2]
        except UnicodeDecodeError:
            continue


def as_revision(values: Sequence[Value]) -> tuple[str, bytes] | None:
    """Return (body, hash) where this is a row of the revisions."""
    match values:
        case [None, int(), int(), str(), str(body), bytes(stored)] if body.startswith("["):
            return body, stored
    return None


def as_device(values: Sequence[Value]) -> str | None:
    """Return a device's id where this is a row of the devices."""
    match values:
        case [None, str(device), 0 | 1, *_] if _DEVICE.fullmatch(device):
            return device
    return None


def as_head(rowid: int, values: Sequence[Value]) -> FoundHead | None:
    """Return a head where this is a row of the heads."""
    match values:
        case [None, int(number), bytes(stored), int(at)] if len(stored) == _HASH_SIZE:
            return FoundHead(rowid, number, stored, at)
    return None


def as_draft(values: Sequence[Value]) -> FoundDraft | None:
    """Return a draft where this is a row of the drafts."""
    match values:
        case [str(record), str(kind), str(fields), str(at)] if _INSTANT.match(at):
            held = _object(fields)
            return None if held is None else FoundDraft(record, kind, held, at)
    return None


def as_copy(values: Sequence[Value]) -> FoundCopy | None:
    """Return a record as it was derived, where this is a row of the records."""
    match values:
        case [
            None,
            str(record),
            str(kind),
            str(),
            str(),
            0 | 1,
            int(at),
            str(fields),
            None | str() as forks,
            *_,  # the words to be found, in the shape of one version or another
        ] if fields.startswith("{"):
            return FoundCopy(record, kind, at, fields, forks or "{}")
    return None


def words_in(raw: bytes) -> Iterator[Words]:
    """Yield what looks like a revision's text in spoilt bytes, with marks where it is lost."""
    found = list(_BEGINNING.finditer(raw))
    ends = [*(one.start() for one in found[1:]), len(raw)]
    for beginning, end in zip(found, ends, strict=False):
        dot = Dot(beginning[1].decode(), int(beginning[2]))
        yield Words(dot, _printable(raw[beginning.end() : end]))


def _printable(raw: bytes) -> str:
    """Return the parts that read like text, with a mark where something between is lost."""
    end = _ENDING.search(raw)
    text = raw[: end.start() if end else len(raw)].decode("utf-8", "replace")
    parts = [one for one in _UNPRINTABLE.split(text) if _reads_like_text(one)]
    return " … ".join(parts)


def _reads_like_text(part: str) -> bool:
    # A spoilt block is sixteen random bytes: now and then a few of them are letters of something.
    return len(part) >= _SHORTEST_PART and len(_PLAIN.findall(part)) >= _LEAST_PLAIN * len(part)


def _object(text: str) -> dict[str, Any] | None:
    try:
        held = json.loads(text)
    except ValueError:
        return None
    return held if isinstance(held, dict) else None


_PARTS: Final = (
    "version", "device", "number", "record", "kind", "at", "context", "fields", "previous"
)  # fmt: skip
