"""One page of a SQLCipher 4 store, opened without SQLCipher: what salvage reads with.

It follows SQLCipher's published design, tried against real stores. Where the engine refuses a
whole store for one bad page, this opens every page on its own, and says of each whether it is as
it was written.

::

    0      16    page 1 alone: the file's salt, in the open; it stands for "SQLite format 3"
    ..     4016  AES-256-CBC under the raw key
    4016   16    IV, random at every write
    4032   64    HMAC-SHA-512 over ciphertext, IV and page number (4 bytes, little-endian), under
                 PBKDF2-HMAC-SHA-512 of the raw key, salt with every byte xor 0x3a, 2 rounds
"""

from __future__ import annotations

from typing import Final

from app.crypto.keys import DatabaseKey, MacKey
from app.crypto.primitives import (
    aes256_cbc_open_unauthenticated,
    equal_in_constant_time,
    hmac_sha512,
    pbkdf2_sha512,
)

PAGE_SIZE: Final = 4096
SALT_SIZE: Final = 16
# What SQLite sees of a page; the rest is the cipher's.
USABLE_SIZE: Final = 4016
FIRST_PAGE: Final = 1

_MAGIC: Final = b"SQLite format 3\x00"
_IV_SIZE: Final = 16
_MAC_AT: Final = USABLE_SIZE + _IV_SIZE
_SALT_MASK: Final = 0x3A
_ROUNDS: Final = 2


def page_mac_key(key: DatabaseKey, salt: bytes) -> MacKey:
    """Return the key that vouches for the pages of the file that begins with this salt."""
    masked = bytes(byte ^ _SALT_MASK for byte in salt)
    return MacKey(pbkdf2_sha512(key.raw, masked, rounds=_ROUNDS))


def is_authentic(raw: bytes, number: int, mac_key: MacKey) -> bool:
    """Whether this is a whole page, as it was written, in the place that it was written for."""
    if len(raw) != PAGE_SIZE or not 0 < number < 2**32:
        return False
    covered = raw[_start(number) : _MAC_AT] + number.to_bytes(4, "little")
    return equal_in_constant_time(hmac_sha512(mac_key.raw, covered), raw[_MAC_AT:])


def decrypt(raw: bytes, number: int, key: DatabaseKey) -> bytes:
    """Return the page as SQLite would see it; nobody vouches for it but ``is_authentic``.

    The key needs no salt, so that this works where the file's beginning is lost.

    Raises:
        ValueError: it is not a whole page.

    """
    if len(raw) != PAGE_SIZE:
        raise ValueError("a page has 4,096 bytes")
    start = _start(number)
    iv = raw[USABLE_SIZE:_MAC_AT]
    opened = aes256_cbc_open_unauthenticated(key.raw, iv, raw[start:USABLE_SIZE])
    return _MAGIC[:start] + opened


def with_one_bit_put_back(raw: bytes, number: int, mac_key: MacKey) -> tuple[bytes, int] | None:
    """Return the page and its number as they were, if a single bit of either has turned over.

    Disks and memory turn over single bits. There are 33,000 to try, and the MAC leaves no doubt
    about the right one. Takes about a fifth of a second.
    """
    start = _start(number)
    held = int.from_bytes(raw[_MAC_AT:])
    covered = bytearray(raw[start:_MAC_AT] + number.to_bytes(4, "little"))
    wanted = hmac_sha512(mac_key.raw, bytes(covered))
    if (int.from_bytes(wanted) ^ held).bit_count() == 1:
        return raw[:_MAC_AT] + wanted, number
    for index in range(len(covered)):
        for bit in range(8):
            covered[index] ^= 1 << bit
            if hmac_sha512(mac_key.raw, bytes(covered)) == raw[_MAC_AT:]:
                put_back = raw[:start] + bytes(covered[:-4]) + raw[_MAC_AT:]
                return put_back, int.from_bytes(covered[-4:], "little")
            covered[index] ^= 1 << bit
    return None


def _start(number: int) -> int:
    return SALT_SIZE if number == FIRST_PAGE else 0
