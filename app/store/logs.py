"""Whether a log or journal beside a store is its own, asked before the engine may act on it.

The engine believes both by checksums that anybody can make. It would write the pages of another
store's log over this one's, or cut it to another's length, and a failed opening is enough for
that. Every page's own MAC tells.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, Final

from app.crypto.pages import FIRST_PAGE, PAGE_SIZE, SALT_SIZE, is_authentic, page_mac_key
from app.store.places import JOURNAL, LOG, STORE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.crypto.keys import DatabaseKey

_AT_ONCE: Final = 1024 * 1024
_HEADER: Final = struct.Struct(">8I")
_FRAME: Final = struct.Struct(">6I")
_JOURNAL_HEADER: Final = struct.Struct(">8s5I")
_JOURNAL_MAGIC: Final = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_BIG_ENDIAN_SUMS: Final = 0x377F0683
_LITTLE_ENDIAN_SUMS: Final = 0x377F0682
_MASK: Final = 0xFFFFFFFF
_NO_SUMS: Final = (0, 0)


def write_again(folder: Path) -> bool:
    """Write the log's bytes again where they stand; say whether the disk has them now for certain.

    After a flush that failed, the system may take for written what never reached the disk. Folded
    in from there, a power cut could leave a part of a change, and no log to put it right from.
    """
    try:
        with (folder / LOG).open("rb+", buffering=0) as file:
            at = 0
            while part := file.read(_AT_ONCE):
                file.seek(at)
                at += file.write(part)
                file.seek(at)
            os.fsync(file.fileno())
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def is_foreign(folder: Path, key: DatabaseKey) -> bool:
    """Whether the engine would take pages from the log that were not written for this store.

    Frames that the engine itself passes over, such as a last one that was torn, don't count.

    Raises:
        OSError: the files can't be read.

    """
    log = (folder / LOG).read_bytes() if (folder / LOG).exists() else b""
    frames = list(_claimed(log))
    salt = _salt(folder)
    if len(salt) < SALT_SIZE:  # nothing was ever folded in: all of the store is in its log
        salt = next((page[:SALT_SIZE] for number, page in frames if number == FIRST_PAGE), b"")
    mac_key = page_mac_key(key, salt)
    if all(is_authentic(page, number, mac_key) for number, page in frames):
        return False  # nearly always; the engine's sums are slow to work out here
    return not all(is_authentic(page, number, mac_key) for number, page in _believed(log))


def has_foreign_journal(folder: Path, key: DatabaseKey) -> bool:
    """Whether a rollback journal lies there that isn't this store's, or has nothing to put back.

    The store keeps no journal of that kind but for the moment in which it begins its log.

    Raises:
        OSError: the files can't be read.

    """
    path = folder / JOURNAL
    journal = path.read_bytes() if path.exists() else b""
    if not journal.startswith(_JOURNAL_MAGIC):
        return False  # the engine passes it over too
    records = list(_records(journal))
    mac_key = page_mac_key(key, _salt(folder).ljust(SALT_SIZE, b"\0"))
    return not records or not all(is_authentic(page, number, mac_key) for number, page in records)


def _salt(folder: Path) -> bytes:
    with (folder / STORE).open("rb") as file:
        return file.read(SALT_SIZE)


def _records(journal: bytes) -> Iterator[tuple[int, bytes]]:
    if len(journal) < _JOURNAL_HEADER.size:
        return
    _magic, count, _nonce, _pages, sector, _page_size = _JOURNAL_HEADER.unpack_from(journal)
    stride = 4 + PAGE_SIZE + 4
    for index in range(min(count, max(0, len(journal) - sector) // stride)):
        at = sector + index * stride
        (number,) = struct.unpack_from(">I", journal, at)
        yield number, journal[at + 4 : at + 4 + PAGE_SIZE]


def _claimed(log: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each frame that belongs to the log's header: at least those.

    What follows from an earlier use of the file carries other salts.
    """
    if len(log) < _HEADER.size:
        return
    _magic, _version, page_size, _sequence, *salts, _one, _other = _HEADER.unpack_from(log)
    if page_size != PAGE_SIZE:
        return
    for at in range(_HEADER.size, len(log) - _FRAME.size - PAGE_SIZE + 1, _FRAME.size + PAGE_SIZE):
        number, _size, *frame_salts, _one, _other = _FRAME.unpack_from(log, at)
        if frame_salts[:2] != salts:
            return
        yield number, log[at + _FRAME.size : at + _FRAME.size + PAGE_SIZE]


def _believed(log: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each frame that the engine would take."""
    if len(log) < _HEADER.size:
        return
    magic, _version, page_size, _sequence, *salts, one, other = _HEADER.unpack_from(log)
    if magic not in {_BIG_ENDIAN_SUMS, _LITTLE_ENDIAN_SUMS} or page_size != PAGE_SIZE:
        return
    order = ">" if magic == _BIG_ENDIAN_SUMS else "<"
    sums = _summed(log[:24], order, _NO_SUMS)
    if sums != (one, other):
        return
    for at in range(_HEADER.size, len(log) - _FRAME.size - PAGE_SIZE + 1, _FRAME.size + PAGE_SIZE):
        number, _size, *frame_salts, one, other = _FRAME.unpack_from(log, at)
        content_at = at + _FRAME.size
        page = log[content_at : content_at + PAGE_SIZE]
        sums = _summed(page, order, _summed(log[at : at + 8], order, sums))
        if frame_salts != salts or sums != (one, other):
            return
        yield number, page


def _summed(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    """Return SQLite's running checksum, carried on over more bytes."""
    one, other = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + other) & _MASK
        other = (other + second + one) & _MASK
    return one, other
