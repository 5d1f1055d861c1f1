"""Padding that hides how long a message is, at a cost of at most an eighth.

Padmé (Nikitin and others, 2019): a length is rounded up so that only the first few bits of it are
told. Below a floor all lengths look alike.
"""

from __future__ import annotations

import struct
from typing import Final

FLOOR: Final = 1024
_LENGTH: Final = struct.Struct(">I")


def padded_size(size: int) -> int:
    """Return the size that a message of so many bytes is padded to."""
    if size <= FLOOR:
        return FLOOR
    exponent = size.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (size + mask) & ~mask


def pad(message: bytes) -> bytes:
    """Return the message with its length before it and zero bytes after it."""
    framed = _LENGTH.pack(len(message)) + message
    return framed.ljust(padded_size(len(framed)), b"\0")


def unpad(untrusted: bytes) -> bytes | None:
    """Return the message, or None when it was not padded by ``pad``."""
    if len(untrusted) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack_from(untrusted)
    end = _LENGTH.size + length
    if end > len(untrusted) or padded_size(end) != len(untrusted) or any(untrusted[end:]):
        return None
    return untrusted[_LENGTH.size : end]
