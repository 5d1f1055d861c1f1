"""The entries of a roster as those write them who may, and what a member gets out of one.

Each function returns an entry's bytes; whether the roster takes it in is for ``roster_rules``,
which the writer asks too. What an entry draws at random is drawn here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto import epochs
from app.crypto.certificates import certify
from app.crypto.envelope import Form, Header, open_body, seal
from app.crypto.identity import PUBLIC_SIZE, device_id
from app.crypto.roster import NOTHING, Roster, bytes_in, write
from app.domain.revisions import canonical
from app.errors import RefusedRosterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.crypto.certificates import Certificate
    from app.crypto.identity import Identity
    from app.crypto.keys import EpochSecret
    from app.domain.revisions import Json

_AGREEMENT: Final = "siteweek agreement 1"
_MOST_AGREEMENT: Final = 2_048


@dataclass(frozen=True, slots=True)
class Given:
    """The epoch secrets a laptop was given; ``refused`` are those that are not what all got."""

    secrets: Mapping[int, EpochSecret]
    refused: tuple[int, ...]


def begin(own: Identity, certificate: Certificate) -> bytes:
    """Return the first entry: a team of one, who leads it."""
    roster = Roster()
    body: dict[str, Json] = {
        "certificate": certify(certificate, own, NOTHING),
        "epoch": _epoch(roster, {own.device_id: own.public}),
    }
    return write(roster, "genesis", body, own)


def add(
    roster: Roster,
    own: Identity,
    secrets: Mapping[int, EpochSecret],
    certificate: Mapping[str, Json],
    said: tuple[str, str],
    reads_from: int = 1,
) -> bytes:
    """Return the entry that adds a laptop by its proven certificate, as the newcomer wrote it.

    ``said`` is the role, and how the words were checked. It is given the secrets of the epochs
    from ``reads_from`` on.
    """
    role, checked = said
    public = bytes_in(certificate["public"], PUBLIC_SIZE)
    device = device_id(public)
    sealed: dict[str, Json] = {
        str(number): epochs.wrap(
            secrets[number], public, roster.inspection, number, device, roster.head
        ).hex()
        for number in range(reads_from, roster.epoch + 1)
    }
    body: dict[str, Json] = {
        "certificate": dict(certificate),
        "role": role,
        "checked": checked,
        "secrets": sealed,
    }
    return write(roster, "add", body, own)


def change_role(roster: Roster, own: Identity, device: str, role: str) -> bytes:
    """Return the entry that gives a laptop another role."""
    return write(roster, "role", {"device": device, "role": role}, own)


def remove(
    roster: Roster, own: Identity, device: str, cut: tuple[int, bytes] | None, reason: str
) -> bytes:
    """Return the entry that takes a laptop off the team, with a new epoch for the others."""
    body: dict[str, Json] = {
        "device": device,
        "cut": _cut(cut),
        "reason": reason,
        "epoch": _epoch(roster, _active(roster, without=device)),
    }
    return write(roster, "remove", body, own)


def rotate(roster: Roster, own: Identity, reason: str) -> bytes:
    """Return the entry that begins a new epoch."""
    body: dict[str, Json] = {"reason": reason, "epoch": _epoch(roster, _active(roster))}
    return write(roster, "rotate", body, own)


def succeed(
    roster: Roster,
    deputy: Identity,
    cut: tuple[int, bytes] | None,
    witness: str,
    agreed: bytes,
) -> bytes:
    """Return the entry by which the deputy takes over; the lead's laptop is off the team."""
    body: dict[str, Json] = {
        "cut": _cut(cut),
        "witness": witness,
        "agreed": agreed.hex(),
        "epoch": _epoch(roster, _active(roster, without=roster.lead)),
    }
    return write(roster, "succeed", body, deputy)


def close(roster: Roster, own: Identity, reason: str) -> bytes:
    """Return the entry after which there is no other."""
    return write(roster, "close", {"reason": reason}, own)


def write_agreement(roster: Roster, witness: str, agreed: bytes) -> bytes:
    """Return a member's agreement that the deputy takes over, as it is handed over."""
    return canonical(
        {
            "form": _AGREEMENT,
            "roster": roster.head.hex(),
            "witness": witness,
            "agreed": agreed.hex(),
        }
    ).encode()


def read_agreement(roster: Roster, untrusted: bytes) -> tuple[str, bytes]:
    """Return who agreed, and the signature that says so.

    Raises:
        RefusedRosterError: it is none, or is for another moment of the roster.

    """
    try:
        read = json.loads(untrusted) if len(untrusted) <= _MOST_AGREEMENT else None
    except (ValueError, RecursionError):
        raise RefusedRosterError("agreement") from None
    if not isinstance(read, dict) or read.keys() != {"form", "roster", "witness", "agreed"}:
        raise RefusedRosterError("agreement")
    if read["form"] != _AGREEMENT or read["roster"] != roster.head.hex():
        raise RefusedRosterError("agreement")
    if not isinstance(read["witness"], str):
        raise RefusedRosterError("agreement")
    return read["witness"], bytes_in(read["agreed"])


def secrets_of(roster: Roster, identities: Iterable[Identity]) -> Given:
    """Return every epoch secret that a laptop's identities were given, each checked.

    One that is not what the others were given is told by its number and hides none of the rest.
    """
    found: dict[int, EpochSecret] = {}
    refused: set[int] = set()
    for own in identities:
        for number, sealed in roster.wrapped.items():
            if own.device_id not in sealed or number in found:
                continue
            # The first epoch is sealed before the inspection has its name.
            is_first = roster.wrapped_after[number, own.device_id] == NOTHING
            inspection = NOTHING if is_first else roster.inspection
            try:
                found[number] = epochs.unwrap(
                    sealed[own.device_id],
                    own,
                    inspection,
                    number,
                    roster.wrapped_after[number, own.device_id],
                    roster.commitments[number],
                )
            except RefusedRosterError:
                refused.add(number)
    return Given(found, tuple(sorted(refused - found.keys())))


def parcel(entry: bytes, before: Roster, secret: EpochSecret, sender: Identity) -> bytes:
    """Return an entry sealed for those who were on the team before it.

    ``secret`` is that of the epoch before the entry, so whoever the entry removes can read it.
    """
    header = Header(
        before.inspection, before.epoch, sender.device_id, before.length, before.head, Form.ROSTER
    )
    return seal(header, entry, secret, sender)


def entry_in(signed: bytes, header: Header, secret: EpochSecret) -> bytes:
    """Return the entry in a parcel whose signature was checked.

    Raises:
        RefusedEnvelopeError: it doesn't open.

    """
    return open_body(signed, header, secret)


def _epoch(roster: Roster, active: Mapping[str, bytes]) -> dict[str, Json]:
    number, secret = roster.epoch + 1, epochs.draw()
    inspection = NOTHING if roster.length == 0 else roster.inspection
    sealed: dict[str, Json] = {
        device: epochs.wrap(secret, public, inspection, number, device, roster.head).hex()
        for device, public in active.items()
    }
    return {"number": number, "commitment": epochs.commitment(secret).hex(), "secrets": sealed}


def _active(roster: Roster, without: str = "") -> dict[str, bytes]:
    return {one.device: one.public for one in roster.active if one.device != without}


def _cut(cut: tuple[int, bytes] | None) -> Json:
    return None if cut is None else [cut[0], cut[1].hex()]
