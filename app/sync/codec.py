"""What lies inside an envelope: consecutive revisions of one device, packed and compressed.

Device, numbers and hashes are not sent but made anew on arrival: the envelope names device and
first number, and each revision's text names the hash before it. So what arrives is the text that
was hashed and signed, byte for byte, or it is refused.

::

    zstd frame that states its size, of at most 8 MiB:
      msgpack: [1, version of the app, hash before the first (32), kinds, devices, revisions]
      revision: [record, kind, at, context, fields]
        record   16 bytes of a UUID, or text
        kind     place in kinds
        at       less the one before, from 0
        context  [place in devices, number, …]
        fields   canonical JSON
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import msgpack
import zstandard

from app.domain.chains import BODY_VERSION, FIRST, HASH_SIZE, hash_of
from app.domain.revisions import canonical
from app.errors import NewerVersionError, RefusedEnvelopeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VERSION: Final = 1
MOST_BYTES: Final = 8 * 1024 * 1024
MOST_REVISIONS: Final = 50_000
_LEVEL: Final = 3
_PARTS: Final = 6
_REVISION_PARTS: Final = 5
_BODY_PARTS: Final = 9
_LONGEST_NAME: Final = 200
_LARGEST: Final = 2**63


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive revisions of one device as texts, and the hash of the one before the first."""

    device: str
    first: int
    previous: bytes
    bodies: tuple[str, ...]
    app_version: str = ""

    @property
    def last(self) -> int:
        """The number of the last one."""
        return self.first + len(self.bodies) - 1


def pack(batch: Batch) -> bytes:
    """Return a batch packed and compressed.

    Raises:
        ValueError: it is empty or too large for one envelope, or its texts don't follow each other.

    """
    plain = _packed(batch)
    if not batch.bodies or len(batch.bodies) > MOST_REVISIONS or len(plain) > MOST_BYTES:
        raise ValueError("an envelope holds 1 to 50,000 revisions of at most 8 MiB")
    return zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True).compress(plain)


def unpack(untrusted: bytes, device: str, first: int) -> Batch:
    """Return the batch, every text made anew and chained from the first.

    Raises:
        RefusedEnvelopeError: it is not one, is larger than it may be, or would be packed otherwise.
        NewerVersionError: of a later version.

    """
    plain = _decompressed(untrusted)
    try:
        parts = msgpack.unpackb(plain, use_list=True, raw=False, strict_map_key=True)
    except (ValueError, RecursionError, msgpack.UnpackException):
        raise RefusedEnvelopeError("body") from None
    if not isinstance(parts, list) or not parts or type(parts[0]) is not int:
        raise RefusedEnvelopeError("body")
    if parts[0] > VERSION:
        raise NewerVersionError(
            "Changes were made by a newer Siteweek. They were kept as they are; install the newest "
            "version to read them."
        )
    try:
        batch = _batch(parts, device, first)
        is_ours = _packed(batch) == plain
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        raise RefusedEnvelopeError("body") from None
    if not is_ours:
        raise RefusedEnvelopeError("body")
    return batch


def _decompressed(untrusted: bytes) -> bytes:
    try:
        stated = zstandard.get_frame_parameters(untrusted)
        # A frame that doesn't state its size could go on for ever.
        if not 0 < stated.content_size <= MOST_BYTES or stated.dict_id:
            raise RefusedEnvelopeError("size")
        plain = zstandard.ZstdDecompressor(max_window_size=MOST_BYTES).decompress(
            untrusted, max_output_size=MOST_BYTES, allow_extra_data=False
        )
    except zstandard.ZstdError:
        raise RefusedEnvelopeError("body") from None
    if len(plain) != stated.content_size:
        raise RefusedEnvelopeError("size")
    return plain


def _packed(batch: Batch) -> bytes:
    kinds: dict[str, int] = {}
    devices: dict[str, int] = {}
    revisions: list[list[Any]] = []
    before = 0
    for number, body in enumerate(batch.bodies, batch.first):
        parts = json.loads(body)
        if len(parts) != _BODY_PARTS or parts[1:3] != [batch.device, number]:
            raise ValueError("a revision that is not the next of its device")
        _version, _device, _number, record, kind, at, context, fields, _previous = parts
        seen = [
            value
            for name, count in sorted(context.items())
            for value in (devices.setdefault(name, len(devices)), count)
        ]
        place = kinds.setdefault(kind, len(kinds))
        revisions.append([_short(record), place, at - before, seen, canonical(fields)])
        before = at
    names = [_short_device(name) for name in devices]
    return bytes(
        msgpack.packb(
            [VERSION, batch.app_version, batch.previous, list(kinds), names, revisions],
            use_bin_type=True,
        )
    )


def _batch(parts: Sequence[Any], device: str, first: int) -> Batch:
    _version, app_version, previous, kinds, names, revisions = parts
    devices = [_long_device(name) for name in names]
    fits = (
        isinstance(app_version, str)
        and len(app_version) <= _LONGEST_NAME
        and isinstance(previous, bytes)
        and len(previous) == HASH_SIZE
        and all(isinstance(kind, str) and 0 < len(kind) <= _LONGEST_NAME for kind in kinds)
        and 0 < len(revisions) <= MOST_REVISIONS
        and (first > 1 or previous == FIRST)
    )
    if not fits:
        raise RefusedEnvelopeError("body")
    bodies: list[str] = []
    at, newest = 0, previous
    for number, revision in enumerate(revisions, first):
        record, place, later, seen, fields = revision
        at += _count(later, least=-_LARGEST)
        context = dict(_seen(seen, devices))
        text = _fields(fields)
        head = canonical([BODY_VERSION, device, number, _long(record), kinds[_count(place)], at])
        # The text as it was hashed, without taking the fields apart and putting them together.
        body = f'{head[:-1]},{canonical(context)},{text},"{newest.hex()}"]'
        newest = hash_of(body)
        bodies.append(body)
    return Batch(device, first, previous, tuple(bodies), app_version)


def _fields(untrusted: Any) -> str:  # noqa: ANN401 - whatever msgpack found there
    if not isinstance(untrusted, str):
        raise RefusedEnvelopeError("fields")
    read = json.loads(untrusted)
    if not isinstance(read, dict) or canonical(read) != untrusted:
        raise RefusedEnvelopeError("fields")
    return untrusted


def _seen(untrusted: Sequence[Any], devices: Sequence[str]) -> Iterable[tuple[str, int]]:
    if len(untrusted) % 2:
        raise RefusedEnvelopeError("context")
    for place, count in zip(untrusted[::2], untrusted[1::2], strict=True):
        yield devices[_count(place)], _count(count, least=1)


def _count(untrusted: Any, *, least: int = 0) -> int:  # noqa: ANN401 - as above
    if type(untrusted) is not int or not least <= untrusted < _LARGEST:
        raise RefusedEnvelopeError("number")
    return untrusted


def _short(record: str) -> bytes | str:
    try:
        found = UUID(record)
    except ValueError:
        return record
    return found.bytes if str(found) == record else record


def _long(untrusted: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(untrusted, bytes):
        return str(UUID(bytes=untrusted))
    if not isinstance(untrusted, str) or not 0 < len(untrusted) <= _LONGEST_NAME:
        raise RefusedEnvelopeError("record")
    return untrusted


def _short_device(name: str) -> bytes:
    return bytes.fromhex(name)


def _long_device(untrusted: Any) -> str:  # noqa: ANN401 - as above
    if not isinstance(untrusted, bytes) or len(untrusted) != len(FIRST) // 2:
        raise RefusedEnvelopeError("device")
    return untrusted.hex()
