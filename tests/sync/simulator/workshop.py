"""What laptops seal and sign with: the real thing, or a cheap stand-in for very many runs.

The stand-in keeps every distinction that the inbox relies on: whose signature it is, which epoch
and which place a body was sealed for, who led when an entry was written.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.crypto import certificates, envelope, lead
from app.crypto.certificates import Certificate
from app.crypto.envelope import HEADER_SIZE, Header
from app.crypto.identity import Identity, _identity
from app.crypto.keys import EpochSecret, SealingKey, SigningKey
from app.crypto.primitives import sha256, sha512
from app.crypto.roster import LEAD, VERSION, Entry, Member, Roster, parse
from app.domain.revisions import canonical
from app.errors import RefusedEnvelopeError, RefusedRosterError
from app.sync.seals import REAL, Seals

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

_CHEAP_TAG: Final = 16


@dataclass(frozen=True, slots=True)
class CheapIdentity:
    """A name that only its holder signs with, since nobody in the simulation does otherwise."""

    public: bytes
    device_id: str


Own = Identity | CheapIdentity


class Workshop(Protocol):
    """What the simulation needs of either."""

    seals: Seals

    def draw(self, chance: random.Random) -> Any:
        """Draw an identity, the same from the same seed."""
        ...

    def seal(self, header: Header, body: bytes, secret: EpochSecret, own: Any) -> bytes:
        """Seal and sign a body."""
        ...

    def begin(self, own: Any) -> bytes:
        """Write the first entry of a roster."""
        ...

    def add(
        self, roster: Roster, own: Any, secrets: Any, new: Any, role: str, reads_from: int
    ) -> bytes:
        """Write the entry that adds a laptop."""
        ...

    def change(self, roster: Roster, own: Any, kind: str, **body: Any) -> bytes:
        """Write an entry of another kind: remove, rotate, role."""
        ...

    def secrets(self, roster: Roster, identities: Iterable[Any]) -> Mapping[int, EpochSecret]:
        """Return the epoch secrets that these identities were given."""
        ...


class Real:
    """The product's own."""

    seals = REAL

    def draw(self, chance: random.Random) -> Identity:
        signing = SigningKey(chance.randbytes(SigningKey.SIZE))
        return _identity(signing, SealingKey(chance.randbytes(SealingKey.SIZE)))

    def seal(self, header: Header, body: bytes, secret: EpochSecret, own: Identity) -> bytes:
        return envelope.seal(header, body, secret, own)

    def begin(self, own: Identity) -> bytes:
        return lead.begin(own, _certificate(own))

    def add(
        self,
        roster: Roster,
        own: Identity,
        secrets: Mapping[int, EpochSecret],
        new: Identity,
        role: str,
        reads_from: int,
    ) -> bytes:
        proven = certificates.certify(_certificate(new), new, roster.inspection)
        return lead.add(roster, own, secrets, proven, (role, "by voice"), reads_from)

    def change(self, roster: Roster, own: Identity, kind: str, **body: Any) -> bytes:
        if kind == "role":
            return lead.change_role(roster, own, body["device"], body["role"])
        if kind == "rotate":
            return lead.rotate(roster, own, "a new week")
        return lead.remove(roster, own, body["device"], body["cut"], "lost")

    def secrets(self, roster: Roster, identities: Iterable[Identity]) -> Mapping[int, EpochSecret]:
        return lead.secrets_of(roster, identities).secrets


class Cheap:
    """Hashes where the real thing has signatures and seals: about thirty times faster."""

    def __init__(self) -> None:
        self.seals = Seals(_check_signature, _open_body, _is_signed, _take_in)

    def draw(self, chance: random.Random) -> CheapIdentity:
        public = chance.randbytes(32)
        return CheapIdentity(public, sha256(public)[:16].hex())

    def seal(self, header: Header, body: bytes, secret: EpochSecret, own: CheapIdentity) -> bytes:
        context = header.to_bytes(0)[: HEADER_SIZE - 4]
        sealed = sha256(secret.raw + context)[:_CHEAP_TAG] + body
        head = header.to_bytes(len(sealed))
        return head + sealed + sha512(own.public + head + sealed)

    def begin(self, own: CheapIdentity) -> bytes:
        return _written(Roster(), "genesis", {"public": own.public.hex()}, own)

    def add(
        self,
        roster: Roster,
        own: CheapIdentity,
        secrets: Mapping[int, EpochSecret],
        new: CheapIdentity,
        role: str,
        reads_from: int,
    ) -> bytes:
        assert secrets.keys() >= set(range(reads_from, roster.epoch + 1))
        body = {"public": new.public.hex(), "role": role, "reads_from": reads_from}
        return _written(roster, "add", body, own)

    def change(self, roster: Roster, own: CheapIdentity, kind: str, **body: Any) -> bytes:
        if body.get("cut"):
            body["cut"] = [body["cut"][0], body["cut"][1].hex()]
        return _written(roster, kind, body, own)

    def secrets(self, roster: Roster, identities: Iterable[Any]) -> Mapping[int, EpochSecret]:
        mine = {one.device_id for one in identities}
        return {
            number: EpochSecret(sha256(b"secret" + roster.commitments[number]))
            for number, given in roster.wrapped.items()
            if mine & given.keys()
        }


def _certificate(own: Identity) -> Certificate:
    return Certificate(own.public, "Person", "Ofsted", "laptop", "2026-10-12T09:00:00+00:00")


def _check_signature(untrusted: bytes, public: bytes) -> None:
    if sha512(public + untrusted[:-64]) != untrusted[-64:]:
        raise RefusedEnvelopeError("signature")


def _open_body(signed: bytes, header: Header, secret: EpochSecret) -> bytes:
    assert header.first
    sealed = signed[HEADER_SIZE:-64]
    tag = sha256(secret.raw + signed[: HEADER_SIZE - 4])[:_CHEAP_TAG]
    if sealed[:_CHEAP_TAG] != tag:
        raise RefusedEnvelopeError("seal")
    return sealed[_CHEAP_TAG:]


def _written(roster: Roster, kind: str, body: Mapping[str, Any], own: CheapIdentity) -> bytes:
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
    return text + sha512(own.public + text)


def _is_signed(entry: Entry, public: bytes) -> bool:
    return sha512(public + entry.text) == entry.signature


def _take_in(roster: Roster, untrusted: bytes) -> Roster:
    entry = parse(untrusted)
    body: Any = entry.body
    if (entry.index, entry.previous) != (roster.length, roster.head):
        raise RefusedRosterError("place")
    public = bytes.fromhex(body["public"]) if "public" in body else b""
    device = body.get("device") or sha256(public)[:16].hex()
    signer = roster.members[roster.lead].public if roster.length else public
    if not _is_signed(entry, signer):
        raise RefusedRosterError("signature")
    members = dict(roster.members)
    wrapped = {number: dict(given) for number, given in roster.wrapped.items()}
    if entry.kind in {"genesis", "add"}:
        role, reads_from = body.get("role", LEAD), body.get("reads_from", 1)
        members[device] = Member(device, public, device, "", "", role, reads_from, "")
        for number in range(reads_from, roster.epoch + 1):
            wrapped[number][device] = b""
    elif entry.kind == "remove":
        cut = (body["cut"][0], bytes.fromhex(body["cut"][1])) if body["cut"] else (0, b"")
        members[device] = replace(members[device], removed=True, cut=cut)
    elif entry.kind == "role":
        members[device] = replace(members[device], role=body["role"])
    epoch, commitments = roster.epoch, dict(roster.commitments)
    if entry.kind in {"genesis", "remove", "rotate"}:
        epoch += 1
        commitments[epoch] = sha256(untrusted)
        wrapped[epoch] = {one.device: b"" for one in members.values() if not one.removed}
    head = sha256(untrusted)
    return replace(
        roster,
        inspection=roster.inspection if roster.length else head,
        length=roster.length + 1,
        head=head,
        lead=roster.lead or device,
        epoch=epoch,
        members=members,
        commitments=commitments,
        wrapped=wrapped,
    )


@dataclass(slots=True)
class Names:
    """Short names for what a log tells, so that two runs of one seed tell the same."""

    devices: dict[str, str] = field(default_factory=dict)

    def device(self, device: str) -> str:
        """A device by the order in which it was met."""
        return self.devices.setdefault(device, f"d{len(self.devices)}")


def drawn_secret(chance: random.Random) -> EpochSecret:
    """A secret that nobody was given."""
    return EpochSecret(chance.randbytes(EpochSecret.SIZE))
