"""Which entry may follow which: the rules by which a roster grows.

Pure: a roster and an entry give the next roster, or a refusal that leaves everything as it was.

========  =========================================  ==================
kind      body                                       signed by
========  =========================================  ==================
genesis   certificate, epoch                         the lead in it
add       certificate, role, checked, secrets        the lead
role      device, role                               the lead
remove    device, cut, reason, epoch                 the lead
rotate    reason, epoch                              the lead
succeed   cut, witness, agreed, epoch                the deputy
close     reason                                     the lead
========  =========================================  ==================

``epoch`` is {number, commitment, secrets: {device: sealed}} for exactly the devices that are
active after the entry; ``secrets`` of an added one are {epoch: sealed} from the first epoch it may
read to the present one. ``cut`` is the number and hash of the last revision that counts of a
removed device, or null when none does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.crypto import certificates
from app.crypto.primitives import BrokenSealError, ed25519_sign, ed25519_verify, sha256
from app.crypto.roster import (
    DEPUTY,
    LEAD,
    NOTHING,
    READER,
    ROLES,
    Entry,
    Member,
    Roster,
    bytes_in,
    hash_in,
    is_signed,
    parse,
)
from app.errors import RefusedRosterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.crypto.identity import Identity
    from app.domain.revisions import Json

LABEL_AGREE: Final = b"siteweek/succession/v1"
MOST_DEVICES: Final = 200
_SEALED_SECRET: Final = 1168
_LONGEST_REASON: Final = 2_000
_MOST_DIGITS: Final = 10


def take_in(roster: Roster, untrusted: bytes) -> Roster:
    """Return the roster with one more entry.

    Raises:
        RefusedRosterError: it doesn't follow, isn't signed by whoever may, or breaks a rule.
        UntrustedKeyError: somebody else could sign under an added key.
        NewerVersionError: it is of a later version.

    """
    entry = parse(untrusted)
    if entry.index != roster.length or entry.previous != roster.head:
        raise RefusedRosterError("place")
    if entry.inspection != roster.inspection:
        raise RefusedRosterError("inspection")
    if roster.is_closed:
        raise RefusedRosterError("closed")
    rule = _GENESIS if roster.length == 0 else _RULES.get(entry.kind)
    if rule is None or (roster.length == 0) != (entry.kind == "genesis"):
        raise RefusedRosterError("kind")
    grown = rule(roster, entry)
    head = sha256(untrusted)
    inspection = head if roster.length == 0 else roster.inspection
    return replace(grown, inspection=inspection, length=roster.length + 1, head=head)


def agree(roster: Roster, deputy: str, witness: Identity) -> bytes:
    """Return a member's agreement that the deputy take over at this point of the roster."""
    return ed25519_sign(witness.signing.raw, _agreement(roster, deputy))


def may_write(roster: Roster, device: str, number: int) -> bool:
    """Whether the revision of that number, of that device, counts by the roster as it is."""
    member = roster.members.get(device)
    if member is None or member.role == READER:
        return False
    return not member.removed or number <= member.cut[0]


def _genesis(roster: Roster, entry: Entry) -> Roster:
    body = _body(entry, "certificate", "epoch")
    certificate = certificates.read(body["certificate"], NOTHING)
    if not is_signed(entry, certificate.public):
        raise RefusedRosterError("signature")
    lead = _member(certificate, LEAD, reads_from=1, checked="")
    begun = replace(roster, lead=lead.device, members={lead.device: lead})
    return _with_epoch(begun, body["epoch"], entry)


def _add(roster: Roster, entry: Entry) -> Roster:
    _by_lead(roster, entry)
    body = _body(entry, "certificate", "role", "checked", "secrets")
    certificate = certificates.read(body["certificate"], roster.inspection)
    keys = {one.public[:32] for one in roster.members.values()}
    if certificate.device in roster.members or certificate.public[:32] in keys:
        raise RefusedRosterError("duplicate")
    if len(roster.active) >= MOST_DEVICES:
        raise RefusedRosterError("size")
    role = _role(body["role"], but=LEAD)
    secrets = _secrets(body["secrets"])
    numbers = sorted(map(_epoch_number, secrets))
    reads_from = numbers[0] if numbers else roster.epoch + 1
    if not numbers or numbers != list(range(reads_from, roster.epoch + 1)):
        raise RefusedRosterError("secrets")
    member = _member(certificate, role, reads_from, _reason(body["checked"]))
    wrapped = {
        number: {**roster.wrapped[number], member.device: secrets[str(number)]}
        for number in numbers
    }
    after = {(number, member.device): entry.previous for number in numbers}
    return replace(
        _deputised(roster, member.device, role),
        members={**roster.members, member.device: member},
        wrapped={**roster.wrapped, **wrapped},
        wrapped_after={**roster.wrapped_after, **after},
    )


def _change_role(roster: Roster, entry: Entry) -> Roster:
    _by_lead(roster, entry)
    body = _body(entry, "device", "role")
    member = _active(roster, body["device"])
    role = _role(body["role"], but=LEAD)
    if member.device == roster.lead:
        raise RefusedRosterError("lead")
    if role == READER and member.role != READER:
        # What it wrote has to go on counting on every laptop, whatever arrives there first.
        raise RefusedRosterError("role")
    changed = {**roster.members, member.device: replace(member, role=role)}
    return replace(_deputised(roster, member.device, role), members=changed)


def _remove(roster: Roster, entry: Entry) -> Roster:
    _by_lead(roster, entry)
    body = _body(entry, "device", "cut", "reason", "epoch")
    _reason(body["reason"])
    member = _active(roster, body["device"])
    if member.device == roster.lead:
        raise RefusedRosterError("lead")
    return _with_epoch(_without(roster, member, body["cut"]), body["epoch"], entry)


def _rotate(roster: Roster, entry: Entry) -> Roster:
    _by_lead(roster, entry)
    body = _body(entry, "reason", "epoch")
    _reason(body["reason"])
    return _with_epoch(roster, body["epoch"], entry)


def _succeed(roster: Roster, entry: Entry) -> Roster:
    body = _body(entry, "cut", "witness", "agreed", "epoch")
    deputy = roster.members.get(roster.deputy)
    if deputy is None or deputy.removed or not is_signed(entry, deputy.public):
        raise RefusedRosterError("signature")
    witness = _active(roster, body["witness"])
    if witness.device in {deputy.device, roster.lead}:
        raise RefusedRosterError("witness")
    try:
        agreed = bytes_in(body["agreed"])
        ed25519_verify(witness.public[:32], agreed, _agreement(roster, deputy.device))
    except BrokenSealError:
        raise RefusedRosterError("witness") from None
    without = _without(roster, roster.members[roster.lead], body["cut"])
    members = {**without.members, deputy.device: replace(deputy, role=LEAD)}
    led = replace(without, members=members, lead=deputy.device, deputy="")
    return _with_epoch(led, body["epoch"], entry)


def _close(roster: Roster, entry: Entry) -> Roster:
    _by_lead(roster, entry)
    _reason(_body(entry, "reason")["reason"])
    return replace(roster, is_closed=True)


_GENESIS: Final = _genesis
_RULES: Final[Mapping[str, Callable[[Roster, Entry], Roster]]] = {
    "add": _add,
    "role": _change_role,
    "remove": _remove,
    "rotate": _rotate,
    "succeed": _succeed,
    "close": _close,
}


def _with_epoch(roster: Roster, untrusted: Json, entry: Entry) -> Roster:
    if not isinstance(untrusted, dict) or untrusted.keys() != {"number", "commitment", "secrets"}:
        raise RefusedRosterError("epoch")
    if untrusted["number"] != roster.epoch + 1 or type(untrusted["number"]) is not int:
        raise RefusedRosterError("epoch")
    secrets = _secrets(untrusted["secrets"])
    if secrets.keys() != {one.device for one in roster.active}:
        raise RefusedRosterError("secrets")
    number = roster.epoch + 1
    after = {(number, device): entry.previous for device in secrets}
    return replace(
        roster,
        epoch=number,
        commitments={**roster.commitments, number: hash_in(untrusted["commitment"])},
        wrapped={**roster.wrapped, number: secrets},
        wrapped_after={**roster.wrapped_after, **after},
    )


def _without(roster: Roster, member: Member, cut: Json) -> Roster:
    removed = replace(member, removed=True, cut=_cut(cut))
    deputy = "" if roster.deputy == member.device else roster.deputy
    return replace(roster, members={**roster.members, member.device: removed}, deputy=deputy)


def _deputised(roster: Roster, device: str, role: str) -> Roster:
    if role == DEPUTY and roster.deputy not in {"", device}:
        raise RefusedRosterError("deputy")
    if role == DEPUTY:
        return replace(roster, deputy=device)
    return replace(roster, deputy="") if roster.deputy == device else roster


def _member(
    certificate: certificates.Certificate, role: str, reads_from: int, checked: str
) -> Member:
    return Member(
        certificate.device,
        certificate.public,
        certificate.person,
        certificate.inspectorate,
        certificate.name,
        role,
        reads_from,
        checked,
    )


def _by_lead(roster: Roster, entry: Entry) -> None:
    if not is_signed(entry, roster.members[roster.lead].public):
        raise RefusedRosterError("signature")


def _body(entry: Entry, *names: str) -> Mapping[str, Json]:
    if entry.body.keys() != set(names):
        raise RefusedRosterError("form")
    return entry.body


def _active(roster: Roster, device: Json) -> Member:
    member = roster.members.get(device) if isinstance(device, str) else None
    if member is None or member.removed:
        raise RefusedRosterError("member")
    return member


def _role(role: Json, *, but: str) -> str:
    if not isinstance(role, str) or role not in ROLES or role == but:
        raise RefusedRosterError("role")
    return role


def _reason(reason: Json) -> str:
    if not isinstance(reason, str) or len(reason) > _LONGEST_REASON:
        raise RefusedRosterError("reason")
    return reason


def _secrets(untrusted: Json) -> dict[str, bytes]:
    if not isinstance(untrusted, dict):
        raise RefusedRosterError("secrets")
    return {name: bytes_in(sealed, _SEALED_SECRET) for name, sealed in untrusted.items()}


def _epoch_number(text: str) -> int:
    # Short first: a text of thousands of digits is refused before it is read as a number.
    if not 0 < len(text) < _MOST_DIGITS or not text.isascii() or not text.isdigit():
        raise RefusedRosterError("secrets")
    if str(int(text)) != text or text == "0":
        raise RefusedRosterError("secrets")
    return int(text)


def _cut(untrusted: Json) -> tuple[int, bytes]:
    if untrusted is None:
        return (0, b"")
    if isinstance(untrusted, list) and len(untrusted) == len(("number", "hash")):
        number, last = untrusted
        if type(number) is int and 0 < number < 2**63:
            return (number, hash_in(last))
    raise RefusedRosterError("cut")


def _agreement(roster: Roster, deputy: str) -> bytes:
    return LABEL_AGREE + roster.inspection + roster.head + bytes.fromhex(deputy)
