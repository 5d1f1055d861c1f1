"""Rows out of one page of a table, as SQLite's file format lays them out.

Nothing here trusts the page: a damaged one yields the rows that still hold together, and what
looks like a row and is none is for the caller to tell by its shape.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from app.crypto.pages import USABLE_SIZE

# Page 1 begins with the file's own header.
FILE_HEADER: Final = 100
OVERFLOW_CONTENT: Final = USABLE_SIZE - 4
_TABLE_LEAF: Final = 0x0D
_CELLS_AT: Final = 3
_POINTERS_AT: Final = 8
_MOST_LOCAL: Final = USABLE_SIZE - 35
_LEAST_LOCAL: Final = (USABLE_SIZE - 12) * 32 // 255 - 23
_LARGEST_ROW: Final = 1 << 26
_LONGEST_VARINT: Final = 9
# Versions of overflow pages to try for one row before giving it up.
_MOST_TRIES: Final = 64
_MOST_STEPS: Final = 256
_FIRST_BLOB: Final = 12
_FLOAT: Final = 7
_CONSTANTS: Final = {8: 0, 9: 1}
_INTEGER_SIZES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Garbled(bytes):
    """Bytes that should have been text and are not."""

    __slots__ = ()


Value: TypeAlias = "int | float | str | bytes | None"
# Every version there is of an overflow page, the likeliest first.
Overflow: TypeAlias = Callable[[int], "list[bytes]"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One row as it lies in a page: its rowid, the part in the page, the page that goes on."""

    rowid: int
    local: bytes
    size: int
    goes_on_at: int

    def rows(self, overflow: Overflow) -> Iterator[tuple[Value, ...]]:
        """Yield the row as each combination of its overflow pages makes it, likeliest first."""
        for payload in islice(self._payloads(overflow), _MOST_TRIES):
            values = row(payload)
            if values is not None:
                yield values

    def _payloads(self, overflow: Overflow) -> Iterator[bytes]:
        # Each entry: what is gathered so far, and the page that goes on. Depth first.
        ways = [(self.local, self.goes_on_at)]
        # Garbage may lead round in circles.
        steps = _MOST_STEPS + 4 * (self.size // OVERFLOW_CONTENT)
        while ways and steps:
            steps -= 1
            gathered, following = ways.pop()
            missing = self.size - len(gathered)
            if missing <= 0:
                yield gathered
                continue
            for page in reversed(overflow(following)):
                (after,) = struct.unpack_from(">I", page)
                ways.append((gathered + page[4 : 4 + min(missing, OVERFLOW_CONTENT)], after))


def cells(page: bytes, number: int) -> tuple[list[Cell], int]:
    """Return the cells that a table's leaf page points to, and how many of them make no sense.

    Any other page has none.
    """
    start = FILE_HEADER if number == 1 else 0
    if page[start] != _TABLE_LEAF:
        return [], 0
    (count,) = struct.unpack_from(">H", page, start + _CELLS_AT)
    pointers_at = start + _POINTERS_AT
    count = min(count, (len(page) - pointers_at) // 2)
    pointers = struct.unpack_from(f">{count}H", page, pointers_at)
    found = [cell_at(page, pointer) for pointer in pointers]
    whole = [one for one in found if one is not None]
    return whole, len(found) - len(whole)


def cell_content_at(page: bytes, offset: int) -> int:
    """Return where the content would begin of a cell that begins there."""
    _size_of_row, after = varint(page, offset)
    return varint(page, after)[1]


def cell_at(page: bytes, offset: int) -> Cell | None:
    """Return the cell that begins there, or None where none can."""
    size, offset = varint(page, offset)
    rowid, offset = varint(page, offset)
    if not 0 < size <= _LARGEST_ROW:
        return None
    if size <= _MOST_LOCAL:
        local = page[offset : offset + size]
        return Cell(_signed(rowid), local, size, 0) if len(local) == size else None
    kept = _LEAST_LOCAL + (size - _LEAST_LOCAL) % OVERFLOW_CONTENT
    kept = kept if kept <= _MOST_LOCAL else _LEAST_LOCAL
    end = offset + kept
    if end + 4 > len(page):
        return None
    (goes_on_at,) = struct.unpack_from(">I", page, end)
    return Cell(_signed(rowid), page[offset:end], size, goes_on_at)


def row(payload: bytes) -> tuple[Value, ...] | None:
    """Return the values of a row, or None where its header doesn't fit its length."""
    header_size, at = varint(payload, 0)
    if not at < header_size <= len(payload):
        return None
    kinds: list[int] = []
    while at < header_size:
        kind, at = varint(payload, at)
        kinds.append(kind)
    if at != header_size:
        return None
    values: list[Value] = []
    for kind in kinds:
        size = _size(kind)
        raw = payload[at : at + size]
        if len(raw) != size:
            return None
        values.append(_value(kind, raw))
        at += size
    return tuple(values) if at == len(payload) else None


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return SQLite's variable-length number and where it ends; past the end it reads as 0."""
    value = 0
    for index in range(at, min(at + _LONGEST_VARINT, len(data))):
        byte = data[index]
        if index == at + _LONGEST_VARINT - 1:
            return value << 8 | byte, index + 1
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, index + 1
    return 0, len(data)


def _signed(number: int) -> int:
    return number - (1 << 64) if number >> 63 else number


def _size(kind: int) -> int:
    return (kind - _FIRST_BLOB) // 2 if kind >= _FIRST_BLOB else _SIZES[kind]


def _value(kind: int, raw: bytes) -> Value:
    if kind >= _FIRST_BLOB:
        return raw if kind % 2 == 0 else _text(raw)
    if kind in _INTEGER_SIZES:
        return int.from_bytes(raw, "big", signed=True)
    if kind == _FLOAT:
        return float(struct.unpack(">d", raw)[0])
    return _CONSTANTS.get(kind)


def _text(raw: bytes) -> str | Garbled:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return Garbled(raw)


# 10 and 11 are never written; they read as nothing.
_SIZES: Final = {0: 0, **_INTEGER_SIZES, _FLOAT: 8, 8: 0, 9: 0, 10: 0, 11: 0}
