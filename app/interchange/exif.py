"""Exif in a photo: what of it stays when its position is taken out.

Reads four values out of a structure that may be damaged or hostile, by offset and with every
bound checked, and writes them into a new one. Nothing is copied along.

::

    byte order, 42, offset of directory 0
    directory: count, entries of (tag, type, count, value or its offset), offset of the next
    0112  orientation            in directory 0
    8769  offset of directory 1  in directory 0
    9003  when it was taken      in directory 1: "2026:10:12 09:40:00"
    9011  its offset from UTC    in directory 1: "+01:00"
"""

from __future__ import annotations

import re
import struct
from typing import Final

_ORIENTATION, _MORE, _TAKEN, _OFFSET = 0x0112, 0x8769, 0x9003, 0x9011
_ASCII, _SHORT, _LONG = 2, 3, 4
_ENTRY: Final = 12
_INLINE: Final = 4  # bytes of a value that stand in the entry itself
_MOST_ENTRIES: Final = 1_000
_TEXTS: Final = {
    _TAKEN: re.compile(rb"[0-9]{4}(?::[0-9]{2}){2} [0-9]{2}(?::[0-9]{2}){2}\0"),
    _OFFSET: re.compile(rb"[+-][0-9]{2}:[0-9]{2}\0"),
}
_ORIENTATIONS: Final = range(2, 9)  # 1 is upright, as without it


def lasting_part(untrusted: bytes) -> bytes:
    """Return new Exif with orientation and time alone, or nothing where it has neither."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(untrusted[:4])
    if order is None or len(untrusted) < 8:  # noqa: PLR2004 - the header's size
        return b""
    first = _directory(untrusted, order, _number(untrusted, order, 4, 4))
    orientation = _number(first.get(_ORIENTATION, b""), order, 8, 2)
    more = _directory(untrusted, order, _number(first.get(_MORE, b""), order, 8, 4))
    texts: dict[int, bytes] = {}
    for tag, form in _TEXTS.items():
        words = _text(untrusted, order, more.get(tag, b""))
        if form.fullmatch(words):
            texts[tag] = words
    return _written(orientation if orientation in _ORIENTATIONS else 0, texts)


def _directory(data: bytes, order: str, at: int) -> dict[int, bytes]:
    """Return a directory's entries by tag; those beyond the end are not there."""
    if at == 0:
        return {}
    entries: dict[int, bytes] = {}
    for index in range(min(_number(data, order, at, 2), _MOST_ENTRIES)):
        entry = data[at + 2 + index * _ENTRY :][:_ENTRY]
        if len(entry) == _ENTRY:
            entries.setdefault(_number(entry, order, 0, 2), entry)
    return entries


def _text(data: bytes, order: str, entry: bytes) -> bytes:
    if _number(entry, order, 2, 2) != _ASCII:
        return b""
    length, at = _number(entry, order, 4, 4), _number(entry, order, 8, 4)
    return data[at : at + length] if _INLINE < length <= len(data) else b""


def _number(data: bytes, order: str, at: int, size: int) -> int:
    """Return a number, or 0 where the data has none."""
    raw = data[at : at + size]
    if len(raw) < size:
        return 0
    return int.from_bytes(raw, "little" if order == "<" else "big")


def _written(orientation: int, texts: dict[int, bytes]) -> bytes:
    if not orientation and not texts:
        return b""
    count = bool(orientation) + bool(texts)
    second_at = 8 + 2 + count * _ENTRY + 4
    first = b""
    if orientation:
        first += struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    if texts:
        first += struct.pack(">HHII", _MORE, _LONG, 1, second_at)
    written = b"MM\0*" + struct.pack(">IH", 8, count) + first + bytes(4)
    if not texts:
        return written
    words_at = second_at + 2 + len(texts) * _ENTRY + 4
    second = words = b""
    for tag, text in texts.items():
        second += struct.pack(">HHII", tag, _ASCII, len(text), words_at + len(words))
        words += text
    return written + struct.pack(">H", len(texts)) + second + bytes(4) + words
