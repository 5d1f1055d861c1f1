"""A receipt: what a device holds of every device, and of the roster, in words it signs.

It travels in an envelope of its own form. Receipts only ever grow, so the one that goes furthest
is the newest, whatever any clock says.

::

    canonical JSON: [1, {device: [number, hash in hex], …}, [roster length, hash in hex]]
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.revisions import canonical
from app.errors import NewerVersionError, RefusedEnvelopeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.revisions import Json

VERSION: Final = 1
MOST_DEVICES: Final = 1_000
_HASH_DIGITS: Final = 64
_DEVICE_DIGITS: Final = 32
_LARGEST: Final = 2**63


@dataclass(frozen=True, slots=True)
class Receipt:
    """What ``device`` held when it wrote this: per device its newest number and that one's hash."""

    device: str
    heads: Mapping[str, tuple[int, bytes]]
    roster: tuple[int, bytes]

    @property
    def vector(self) -> dict[str, int]:
        """The highest number held of each device."""
        return {device: number for device, (number, _hash) in self.heads.items()}

    @property
    def progress(self) -> int:
        """How far it goes. Of one device's receipts the later ones go further."""
        return sum(self.vector.values()) + self.roster[0]

    def body(self) -> bytes:
        """Return what is sealed."""
        heads = {device: [number, last.hex()] for device, (number, last) in self.heads.items()}
        return canonical([VERSION, heads, [self.roster[0], self.roster[1].hex()]]).encode()


def read(untrusted: bytes, device: str) -> Receipt:
    """Return a device's receipt from what it sealed and signed.

    Raises:
        RefusedEnvelopeError: it is not one.
        NewerVersionError: of a later version.

    """
    try:
        parts = json.loads(untrusted)
        is_ours = isinstance(parts, list) and canonical(parts).encode() == untrusted
    except (ValueError, RecursionError):
        raise RefusedEnvelopeError("receipt") from None
    if not is_ours or not parts or type(parts[0]) is not int:
        raise RefusedEnvelopeError("receipt")
    if parts[0] > VERSION:
        raise NewerVersionError(
            "A receipt was made by a newer Siteweek. Nothing was changed; install the newest "
            "version to read it."
        )
    try:
        _version, heads, roster = parts
        if not isinstance(heads, dict) or len(heads) > MOST_DEVICES:
            raise RefusedEnvelopeError("receipt")
        known = {_device(name): _head(head) for name, head in heads.items()}
        return Receipt(device, known, _head(roster))
    except (ValueError, TypeError):
        raise RefusedEnvelopeError("receipt") from None


def _device(untrusted: str) -> str:
    if len(untrusted) != _DEVICE_DIGITS or bytes.fromhex(untrusted).hex() != untrusted:
        raise RefusedEnvelopeError("receipt")
    return untrusted


def _head(untrusted: Json) -> tuple[int, bytes]:
    if not isinstance(untrusted, list):
        raise RefusedEnvelopeError("receipt")
    number, last = untrusted
    if type(number) is not int or not 0 < number < _LARGEST or not isinstance(last, str):
        raise RefusedEnvelopeError("receipt")
    if len(last) != _HASH_DIGITS or bytes.fromhex(last).hex() != last:
        raise RefusedEnvelopeError("receipt")
    return number, bytes.fromhex(last)
