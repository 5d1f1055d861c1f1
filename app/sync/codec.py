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
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgpack
import zstandard

from app.domain.chains import BODY_VERSION, FIRST, HASH_SIZE, body_with, hash_of
from app.domain.revisions import Dot, Revision, canonical
from app.errors import NewerVersionError, RefusedEnvelopeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.revisions import Json

VERSION: Final = 1
MOST_BYTES: Final = 8 * 1024 * 1024
MOST_REVISIONS: Final = 50_000
_LEVEL: Final = 3
_LONGEST_NAME: Final = 200
_LARGEST: Final = 2**63
_TAIL: Final = len(',""]') + 2 * HASH_SIZE  # after the fields: the hash before
_UUID_SIZE: Final = 16
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_QUOTED: Final = r'"[^"\\]*(?:\\.[^"\\]*)*"'
# A body up to its fields. Only this app's own bodies are taken apart by it.
_BEGINNING: Final = re.compile(
    rf'\[{BODY_VERSION},"([0-9a-f]{{32}})",(\d+),({_QUOTED}),({_QUOTED}),(-?\d+),'
    r"(\{[^{}]*\}),"
)
MOST_FIELDS: Final = 10_000
DEEPEST: Final = 100
_DIGITS: Final = len(str(-_LARGEST))


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive revisions of one device as texts, and the hash of the one before the first.

    What was unpacked also carries each revision, its hash and its fields as they were written;
    what is to be packed needs none of them.
    """

    device: str
    first: int
    previous: bytes
    bodies: tuple[str, ...]
    app_version: str = ""
    revisions: tuple[Revision, ...] = field(default=(), compare=False, repr=False)
    hashes: tuple[bytes, ...] = field(default=(), compare=False, repr=False)
    written: tuple[str, ...] = field(default=(), compare=False, repr=False)

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
        if _encoded(parts) != plain or parts[0] != VERSION:
            raise RefusedEnvelopeError("body")
        return _batch(parts, device, first)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        raise RefusedEnvelopeError("body") from None


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
        found = _BEGINNING.match(body)
        if found is None or found[1] != batch.device or int(found[2]) != number:
            raise ValueError("a revision that is not the next of its device")
        kind, at = _text(found[4]), int(found[5])
        seen: list[int] = []
        if found[6] != "{}":
            for name, count in sorted(json.loads(found[6]).items()):
                seen += devices.setdefault(name, len(devices)), count
        place = kinds.setdefault(kind, len(kinds))
        # The text of the fields as it stands in the body, rather than read and written once more.
        fields = body[found.end() : -_TAIL]
        revisions.append([_short(_text(found[3])), place, at - before, seen, fields])
        before = at
    names = [_short_device(name) for name in devices]
    return _encoded([VERSION, batch.app_version, batch.previous, list(kinds), names, revisions])


def _encoded(parts: Sequence[Any]) -> bytes:
    return bytes(msgpack.packb(parts, use_bin_type=True))


def _text(quoted: str) -> str:
    return str(json.loads(quoted)) if "\\" in quoted else quoted[1:-1]


def _batch(parts: Sequence[Any], device: str, first: int) -> Batch:
    _version, app_version, previous, kinds, names, listed = parts
    devices = [_long_device(name) for name in names]
    fits = (
        isinstance(app_version, str)
        and len(app_version) <= _LONGEST_NAME
        and isinstance(previous, bytes)
        and len(previous) == HASH_SIZE
        and all(isinstance(kind, str) and 0 < len(kind) <= _LONGEST_NAME for kind in kinds)
        and len(set(kinds)) == len(kinds)
        and len(set(devices)) == len(devices)
        and 0 < len(listed) <= MOST_REVISIONS
        and (first > 1 or previous == FIRST)
    )
    if not fits:
        raise RefusedEnvelopeError("body")
    bodies: list[str] = []
    hashes: list[bytes] = []
    revisions: list[Revision] = []
    at, newest = 0, previous
    used_kinds = used_devices = 0
    for number, (record, place, later, untrusted_seen, untrusted) in enumerate(listed, first):
        at += _count(later, least=-_LARGEST)
        if not -_LARGEST < at < _LARGEST:
            raise RefusedEnvelopeError("number")
        # Names stand in the tables in the order in which they are first used.
        used_kinds = _next_use(_count(place), used_kinds)
        seen: dict[str, int] = {}
        if untrusted_seen != []:
            seen = _seen(untrusted_seen, devices)
            for one in untrusted_seen[::2]:
                used_devices = _next_use(one, used_devices)
        fields, name = _fields(untrusted), _long(record)
        revision = Revision(Dot(device, number), name, kinds[place], at, fields, seen)
        # The text as it was hashed, without taking the fields apart and putting them together.
        body = body_with(revision, untrusted, newest)
        newest = hash_of(body)
        bodies.append(body)
        hashes.append(newest)
        revisions.append(revision)
    if used_kinds != len(kinds) or used_devices != len(devices):
        raise RefusedEnvelopeError("body")
    return Batch(
        device,
        first,
        previous,
        tuple(bodies),
        app_version,
        tuple(revisions),
        tuple(hashes),
        tuple(one[-1] for one in listed),
    )


def _next_use(place: int, used: int) -> int:
    if place > used:
        raise RefusedEnvelopeError("table")
    return max(used, place + 1)


def _fields(untrusted: Any) -> dict[str, Json]:  # noqa: ANN401 - as msgpack found it
    if not isinstance(untrusted, str):
        raise RefusedEnvelopeError("fields")
    # What stands after it, or around it, is told by writing it again.
    read, _end = _FIELDS.raw_decode(untrusted)
    if not isinstance(read, dict) or len(read) > MOST_FIELDS or canonical(read) != untrusted:
        raise RefusedEnvelopeError("fields")
    if untrusted.count("[") + untrusted.count("{") > DEEPEST and _depth(read) > DEEPEST:
        raise RefusedEnvelopeError("fields")
    return read


def _whole_number(untrusted: str) -> int:
    # Short first: thousands of digits are refused before they are read as a number.
    if len(untrusted) <= _DIGITS and -_LARGEST < (number := int(untrusted)) < _LARGEST:
        return number
    raise RefusedEnvelopeError("number")


_FIELDS: Final = json.JSONDecoder(parse_int=_whole_number)


def _depth(value: Json) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return depth


def _seen(untrusted: Sequence[Any], devices: Sequence[str]) -> dict[str, int]:
    if len(untrusted) % 2 or not isinstance(untrusted, list):
        raise RefusedEnvelopeError("context")
    seen: dict[str, int] = {}
    before = ""
    for place, count in zip(untrusted[::2], untrusted[1::2], strict=True):
        name = devices[_count(place)]
        if name <= before:
            raise RefusedEnvelopeError("context")
        seen[name] = _count(count, least=1)
        before = name
    return seen


def _count(untrusted: Any, *, least: int = 0) -> int:  # noqa: ANN401 - as above
    if type(untrusted) is not int or not least <= untrusted < _LARGEST:
        raise RefusedEnvelopeError("number")
    return untrusted


def _short(record: str) -> bytes | str:
    return bytes.fromhex(record.replace("-", "")) if _UUID.fullmatch(record) else record


def _long(untrusted: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(untrusted, bytes) and len(untrusted) == _UUID_SIZE:
        digits = untrusted.hex()
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
    if not isinstance(untrusted, str) or not 0 < len(untrusted) <= _LONGEST_NAME:
        raise RefusedEnvelopeError("record")
    if _UUID.fullmatch(untrusted):
        raise RefusedEnvelopeError("record")
    return untrusted


def _short_device(name: str) -> bytes:
    return bytes.fromhex(name)


def _long_device(untrusted: Any) -> str:  # noqa: ANN401 - as above
    if not isinstance(untrusted, bytes) or len(untrusted) != len(FIRST) // 2:
        raise RefusedEnvelopeError("device")
    return untrusted.hex()
