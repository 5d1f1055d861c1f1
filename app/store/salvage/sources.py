"""The encrypted pages of a store's file and its logs, each read and opened on its own.

A file is only ever opened for reading. A page that the disk does not give up, or that was
altered, is noted and the next one read.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.crypto.pages import (
    FIRST_PAGE,
    PAGE_SIZE,
    SALT_SIZE,
    decrypt,
    is_authentic,
    page_mac_key,
    with_one_bit_put_back,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.crypto.keys import DatabaseKey, MacKey

_LOG_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_PAGE_COUNT_AT: Final = 28
_FRAME: Final = _FRAME_HEADER + PAGE_SIZE
# Enough to tell a salt that fits from one that was damaged.
_PAGES_TO_TRY: Final = 64
_PAGES_TO_MEND: Final = 4
_MOST_PUT_BACK: Final = 256


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: in which file, as which page or frame of the log, counted from 1."""

    file: str
    index: int
    in_log: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page opened. One that is not ``is_proven`` may hold anything."""

    place: Place
    number: int
    content: bytes
    is_proven: bool


@dataclass(frozen=True, slots=True)
class PageProblem:
    """A page that was not as it was written; ``what`` says it in words."""

    place: Place
    what: str


@dataclass(frozen=True, slots=True)
class _Slot:
    path: Path
    place: Place
    offset: int
    number: int


@dataclass
class Pages:
    """Every page of one store and of its logs, by place and by number."""

    store: Path
    key: DatabaseKey
    logs: tuple[Path, ...] = ()
    problems: list[PageProblem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find where the pages lie; none is opened yet."""
        self._slots = [*_of_store(self.store), *(one for log in self.logs for one in _of_log(log))]
        self._by_number: defaultdict[int, list[_Slot]] = defaultdict(list)
        for slot in self._slots:
            self._by_number[slot.number].append(slot)
        self._tried: set[Place] = set()
        self._put_back: dict[Place, tuple[bytes, int]] = {}
        self._mac_keys = self._fitting_mac_keys()

    @property
    def can_prove(self) -> bool:
        """Whether altered pages can be told: not where the file's beginning is lost."""
        return bool(self._mac_keys)

    def stated_pages(self) -> int:
        """Return how many pages the file's own beginning says it has, or 0."""
        slot = next(iter(self._by_number[FIRST_PAGE]), None)
        page = None if slot is None else self._opened(slot, self._raw(slot)[0])
        return stated_pages(page.content) if page is not None and page.is_proven else 0

    def __len__(self) -> int:
        """Return how many pages there are, frames of the log included."""
        return len(self._slots)

    def __iter__(self) -> Iterator[Page]:
        """Yield every page of which anything can be read, noting what is wrong with any."""
        for slot in self._slots:
            raw, wrong = self._raw(slot)
            page = self._opened(slot, raw)
            if slot.place in self._put_back:
                wrong = "had one bit turned over, which was put back"
            elif not (wrong or page.is_proven) and self.can_prove:
                wrong = "was altered" if any(raw) else "is empty"
            if wrong:
                self.problems.append(PageProblem(slot.place, wrong))
            if any(raw):
                yield page

    def versions(self, number: int, near: Place) -> list[Page]:
        """Return every version of a page, those likeliest to belong with ``near`` first."""

        def distance(slot: _Slot) -> tuple[bool, int]:
            return slot.place.file != near.file, abs(slot.place.index - near.index)

        found = sorted(self._by_number.get(number, ()), key=distance)
        pages = [self._opened(slot, self._raw(slot)[0]) for slot in found]
        # Stable: a proven page before one that is not, otherwise the nearer one.
        return sorted(pages, key=lambda page: not page.is_proven)

    def _raw(self, slot: _Slot) -> tuple[bytes, str]:
        return _read(slot.path, slot.offset, PAGE_SIZE)

    def _opened(self, slot: _Slot, raw: bytes) -> Page:
        is_proven = any(is_authentic(raw, slot.number, one) for one in self._mac_keys)
        if not is_proven and any(raw):
            put_back = self._with_bit_put_back(slot, raw)
            if put_back is not None:
                content, number = put_back
                return Page(slot.place, number, decrypt(content, number, self.key), is_proven=True)
        return Page(slot.place, slot.number, decrypt(raw, slot.number, self.key), is_proven)

    def _with_bit_put_back(self, slot: _Slot, raw: bytes) -> tuple[bytes, int] | None:
        """Try it once for a page, and not for thousands: that many are no turned bits."""
        if slot.place not in self._tried and len(self._tried) < _MOST_PUT_BACK:
            self._tried.add(slot.place)
            ways = (with_one_bit_put_back(raw, slot.number, one) for one in self._mac_keys)
            found = next((one for one in ways if one is not None), None)
            if found is not None:
                self._put_back[slot.place] = found
                self._by_number[found[1]].append(slot)
        return self._put_back.get(slot.place)

    def _fitting_mac_keys(self) -> list[MacKey]:
        """Return the keys that some pages prove themselves with: one, and one each for old logs.

        They come from the salt at the beginning of the file, and of each copy of page 1 in a log.
        """
        samples = [(self._raw(slot)[0], slot.number) for slot in self._samples()]
        first = (self._raw(slot)[0][:SALT_SIZE] for slot in self._by_number[FIRST_PAGE])
        salts = list(dict.fromkeys(first))
        near = [_turned(salt, bit) for salt in salts for bit in range(8 * SALT_SIZE)]
        for tried in (salts, near):
            keys = [page_mac_key(self.key, salt) for salt in tried]
            fitting = [key for key in keys if any(is_authentic(*one, key) for one in samples)]
            if fitting:
                return fitting
        # Perhaps every page has a bit turned over, and none of them fits as it is.
        keys = [page_mac_key(self.key, salt) for salt in salts]
        few = [one for one in samples if any(one[0])][:_PAGES_TO_MEND]
        return [key for key in keys if any(with_one_bit_put_back(*one, key) for one in few)]

    def _samples(self) -> list[_Slot]:
        step = max(1, len(self._slots) // _PAGES_TO_TRY)
        return [*self._slots[:1], *self._slots[1::step], *self._slots[-1:]]


def stated_pages(first_page: bytes) -> int:
    """Return how many pages a store has, as its first page says."""
    (count,) = struct.unpack_from(">I", first_page, _PAGE_COUNT_AT)
    return int(count)


def _turned(salt: bytes, bit: int) -> bytes:
    return (int.from_bytes(salt) ^ 1 << bit).to_bytes(SALT_SIZE)


def _of_store(path: Path) -> Iterator[_Slot]:
    for index in range(-(-_size(path) // PAGE_SIZE)):
        yield _Slot(path, Place(path.name, index + 1), index * PAGE_SIZE, index + 1)


def _of_log(path: Path) -> Iterator[_Slot]:
    # Frames lie at fixed places: neither the log's header nor a frame's checksum is needed.
    for index in range(max(0, _size(path) - _LOG_HEADER) // _FRAME):
        at = _LOG_HEADER + index * _FRAME
        (number,) = struct.unpack(">I", _read(path, at, 4)[0])
        yield _Slot(path, Place(path.name, index + 1, in_log=True), at + _FRAME_HEADER, number)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(path: Path, offset: int, size: int) -> tuple[bytes, str]:
    """Return the bytes there, zeros for those that can't be had, and why in words."""
    gathered, wrong = b"", ""
    try:
        # Unbuffered: a buffer would read beyond, into a neighbour that may be the damaged one.
        with path.open("rb", buffering=0) as file:
            file.seek(offset)
            while len(gathered) < size and (more := file.read(size - len(gathered))):
                gathered += more
        wrong = "" if len(gathered) == size else "is cut short"
    except OSError as problem:
        wrong = f"could not be read from the disk ({problem.strerror})"
    return gathered.ljust(size, b"\0"), wrong
