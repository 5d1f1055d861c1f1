"""The roster: who belongs to an inspection, as one chain of entries that the lead signs.

One writer rules out duelling administrators. Every member holds the whole chain and checks each
entry against the ones before it (``roster_rules``), so nobody in between can add, remove or
reorder anybody.

::

    entry     = text ‖ signature (64)
    text      = canonical JSON: body, index, inspection, kind, previous, version
    signature = Ed25519 over "siteweek/roster/v1" ‖ text

``previous`` is the SHA-256 of the whole entry before; ``inspection`` that of the first one, and
zero bytes in it. Bytes are written as hex.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.crypto.primitives import (
    SIGNATURE_SIZE,
    BrokenSealError,
    ed25519_sign,
    ed25519_verify,
)
from app.domain.revisions import canonical
from app.errors import NewerVersionError, RefusedRosterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.crypto.identity import Identity
    from app.domain.revisions import Json

VERSION: Final = 1
LABEL: Final = b"siteweek/roster/v1"
MOST_BYTES: Final = 256 * 1024
NOTHING: Final = bytes(32)
_NAMES: Final = frozenset({"version", "inspection", "index", "previous", "kind", "body"})
LEAD: Final = "lead"
DEPUTY: Final = "deputy"
INSPECTOR: Final = "inspector"
READER: Final = "reader"
ROLES: Final = (LEAD, DEPUTY, INSPECTOR, READER)


@dataclass(frozen=True, slots=True)
class Member:
    """A device on the roster, and whose it is.

    ``cut`` is the number of the last revision that counts of a removed device, and its hash; 0
    and nothing when none does. ``reads_from`` is the first epoch it is given.
    """

    device: str
    public: bytes
    person: str
    inspectorate: str
    name: str
    role: str
    reads_from: int
    checked: str
    removed: bool = False
    cut: tuple[int, bytes] = (0, b"")


@dataclass(frozen=True, slots=True)
class Roster:
    """The members after some number of entries; ``head`` is the hash of the newest."""

    inspection: bytes = NOTHING
    length: int = 0
    head: bytes = NOTHING
    lead: str = ""
    deputy: str = ""
    epoch: int = 0
    members: Mapping[str, Member] = field(default_factory=dict)
    commitments: Mapping[int, bytes] = field(default_factory=dict)
    wrapped: Mapping[int, Mapping[str, bytes]] = field(default_factory=dict)
    wrapped_after: Mapping[tuple[int, str], bytes] = field(default_factory=dict)
    is_closed: bool = False

    @property
    def active(self) -> list[Member]:
        """The devices that belong to the inspection now, in the order they joined."""
        return [one for one in self.members.values() if not one.removed]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry taken apart; nobody has vouched for it before ``take_in`` has."""

    index: int
    inspection: bytes
    previous: bytes
    kind: str
    body: Mapping[str, Json]
    text: bytes
    signature: bytes


def write(roster: Roster, kind: str, body: Mapping[str, Json], signer: Identity) -> bytes:
    """Return the next entry of a roster, signed. Whether it may be is for ``take_in`` to say."""
    text = canonical(
        {
            "version": VERSION,
            "inspection": roster.inspection.hex(),
            "index": roster.length,
            "previous": roster.head.hex(),
            "kind": kind,
            "body": body,
        }
    ).encode()
    return text + ed25519_sign(signer.signing.raw, LABEL + text)


def parse(untrusted: bytes) -> Entry:
    """Take an entry apart strictly: what is parsed is written as the same bytes.

    Raises:
        NewerVersionError: of a later version.
        RefusedRosterError: it is not an entry.

    """
    if not SIGNATURE_SIZE < len(untrusted) <= MOST_BYTES:
        raise RefusedRosterError("length")
    text, signature = untrusted[:-SIGNATURE_SIZE], untrusted[-SIGNATURE_SIZE:]
    try:
        read = json.loads(text)
        is_ours = isinstance(read, dict) and canonical(read).encode() == text
    except (ValueError, RecursionError):
        raise RefusedRosterError("form") from None
    if not is_ours or read.keys() != _NAMES or not isinstance(read["version"], int):
        raise RefusedRosterError("form")
    if read["version"] > VERSION:
        raise NewerVersionError(
            "A change to the team was made by a newer Siteweek. It was kept as it is; install the "
            "newest version to go on."
        )
    index, kind, body = read["index"], read["kind"], read["body"]
    whole = type(index) is int and index >= 0 and isinstance(kind, str) and isinstance(body, dict)
    if read["version"] != VERSION or not whole:
        raise RefusedRosterError("form")
    inspection, previous = hash_in(read["inspection"]), hash_in(read["previous"])
    return Entry(index, inspection, previous, kind, body, text, signature)


def is_signed(entry: Entry, public: bytes) -> bool:
    """Whether the device of this public identity signed the entry."""
    try:
        ed25519_verify(public[:32], entry.signature, LABEL + entry.text)
    except BrokenSealError:
        return False
    return True


def hash_in(value: Json) -> bytes:
    """Return the 32 bytes that a text of 64 hex digits stands for.

    Raises:
        RefusedRosterError: it is something else.

    """
    return bytes_in(value, 32)


def bytes_in(value: Json, size: int | None = None) -> bytes:
    """Return the bytes that a text of small hex digits stands for.

    Raises:
        RefusedRosterError: it is something else, or of another length.

    """
    if isinstance(value, str) and value == value.lower():
        try:
            found = bytes.fromhex(value)
        except ValueError:
            found = None
        if found is not None and found.hex() == value and size in {None, len(found)}:
            return found
    raise RefusedRosterError("form")
