"""What is exchanged, as a target sees it: sealed bytes under the name that their hash gives them.

An item never changes, so the same name always means the same bytes, and putting one twice does
nothing. Whatever a target answers is checked against the name before it is looked at.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import Final, NamedTuple

_MEBIBYTE: Final = 1024 * 1024
_NAME: Final = re.compile(r"[0-9a-f]{64}\.(?:env|ros|rec|pie|adm)")


class Kind(StrEnum):
    """What an item holds; the end of its name."""

    ENVELOPE = "env"  # revisions of one device
    ROSTER = "ros"  # a change to the team
    RECEIPT = "rec"  # what one device holds; only the newest of each device matters
    PIECE = "pie"  # a piece of an attachment
    ADMISSION = "adm"  # what a newcomer needs to begin, sealed to its key


MOST_BYTES: Final[dict[Kind, int]] = {
    Kind.ENVELOPE: 4 * _MEBIBYTE + 168,  # header and signature around 4 MiB
    Kind.ROSTER: 512 * 1024,
    Kind.RECEIPT: 64 * 1024,
    Kind.PIECE: 4 * _MEBIBYTE,
    Kind.ADMISSION: 4 * _MEBIBYTE,
}


class Item(NamedTuple):
    """An item as a target lists it."""

    name: str
    size: int


def name_of(content: bytes, kind: Kind) -> str:
    """Return the name of an item: the SHA-256 of all of it in hex, and its kind."""
    return f"{hashlib.sha256(content).hexdigest()}.{kind}"


def kind_of(untrusted: str) -> Kind | None:
    """Return the kind that a name tells, or None for what is no item's name."""
    if _NAME.fullmatch(untrusted) is None:
        return None
    return Kind(untrusted.rpartition(".")[2])


def is_whole(name: str, untrusted: bytes) -> bool:
    """Whether these bytes are what the name says, all of them."""
    kind = kind_of(name)
    return (
        kind is not None and len(untrusted) <= MOST_BYTES[kind] and name_of(untrusted, kind) == name
    )
