"""Decides what becomes of an item that arrived. Takes events, returns effects; does nothing itself.

No thread, clock, file or socket is in here. Each function is a generator: whoever iterates carries
an effect out, durably, before asking for the next one, so that the replica's answers are up to date
when it goes on. An interruption between two effects loses nothing: what was not done is decided
again, from what is held.

The order of the checks is fixed: size and form, the team, whether it is known, the signature, the
number, the epoch, and only then is anything opened and read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto import envelope, lead, receipts
from app.crypto.envelope import Form, Header
from app.crypto.roster import LEAD, READER, is_signed
from app.crypto.roster import parse as parse_entry
from app.crypto.roster_rules import take_in
from app.domain.chains import FIRST
from app.errors import (
    NewerVersionError,
    RefusedEnvelopeError,
    RefusedRosterError,
    UntrustedKeyError,
)
from app.sync import codec
from app.sync.counting import counts_up_to
from app.sync.effects import (
    Accuse,
    Apply,
    Effect,
    Grow,
    Hear,
    Later,
    Park,
    Quarantine,
    Reason,
    Refuse,
    Renew,
    Skip,
    Unreadable,
    Wait,
)
from app.sync.guard import deleted_in, is_much
from app.sync.items import Kind, is_whole, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.crypto.roster import Member, Roster
    from app.sync.codec import Batch
    from app.sync.replica import Replica

MOST_WAITING: Final = 10_000  # items of one device
MOST_WAITING_BYTES: Final = 64 * 1024 * 1024
_FORMS: Final = {
    Kind.ENVELOPE: Form.REVISIONS,
    Kind.ROSTER: Form.ROSTER,
    Kind.RECEIPT: Form.RECEIPT,
}
# Of what a newer version made, nothing is known but that it waits.
_NO_HEADER: Final = Header(bytes(32), 0, "", 0, bytes(32))
_LOOKED_AT: Final = frozenset({Reason.EARLIER, Reason.SEEN, Reason.TEAM})


def take(replica: Replica, name: str, untrusted: bytes) -> Iterator[Effect]:
    """Yield what to do with an item, and then with whatever waited for it."""
    moved = False
    for effect in _decide(replica, name, untrusted):
        yield effect
        moved = moved or isinstance(effect, (Apply, Grow, Accuse))
    if moved:
        yield from reconsider(replica)


def reconsider(replica: Replica) -> Iterator[Effect]:
    """Yield what to do with everything that waits and need wait no longer, until nothing moves."""
    moved = True
    while moved:
        moved = False
        for one in replica.waiting():
            if one.wait.reason not in _LOOKED_AT or not _may_go_on(replica, one.wait):
                continue
            for effect in _decide(replica, one.name, replica.content(one.name), waited=True):
                if isinstance(effect, Park) and effect.wait == one.wait:
                    continue
                yield effect
                moved = True


def let_in(replica: Replica, name: str) -> Iterator[Effect]:
    """Yield what to do with an item that waits for a person, who has said that it may come in."""
    moved = False
    for effect in _decide(replica, name, replica.content(name), waited=True, approved=True):
        yield effect
        moved = True
    if moved:
        yield from reconsider(replica)


def _decide(
    replica: Replica, name: str, untrusted: bytes, *, waited: bool = False, approved: bool = False
) -> Iterator[Effect]:
    kind = kind_of(name)
    if kind is None or not is_whole(name, untrusted):
        yield Refuse(name, "name")
        return
    if not waited and replica.is_known(name):
        return
    try:
        header = envelope.parse(untrusted)
    except NewerVersionError:
        yield from _park(replica, name, untrusted, _NO_HEADER, Wait(Reason.NEWER))
    except RefusedEnvelopeError as problem:
        yield Refuse(name, problem.fault)
    else:
        yield from _sort_out(replica, name, untrusted, header, approved=approved)


def _sort_out(
    replica: Replica, name: str, untrusted: bytes, header: Header, *, approved: bool
) -> Iterator[Effect]:
    roster = replica.roster()
    member = roster.members.get(header.device)
    if header.form is not _FORMS.get(Kind(name[-3:])) or header.inspection != roster.inspection:
        yield Refuse(name, "inspection")
        return
    if member is None:
        # Adding it may be on its way. Nothing of it is opened until its key is known.
        yield from _park(replica, name, untrusted, header, Wait(Reason.TEAM))
        return
    try:
        envelope.check_signature(untrusted, member.public)
    except RefusedEnvelopeError as problem:
        yield Refuse(name, problem.fault)
        return
    if header.form is Form.REVISIONS:
        yield from _Arrival(replica, name, untrusted, header, member).decide(approved=approved)
    elif header.form is Form.ROSTER:
        yield from _decide_roster(replica, name, untrusted, header)
    else:
        yield from _decide_receipt(replica, name, untrusted, header, member)


class _Arrival:
    """An envelope of revisions whose signature is its device's own."""

    def __init__(
        self, replica: Replica, name: str, raw: bytes, header: Header, member: Member
    ) -> None:
        self.replica, self.name, self.raw = replica, name, raw
        self.header, self.member = header, member
        self.roster = replica.roster()
        self.limits = counts_up_to(self.roster, replica.forks())

    def decide(self, *, approved: bool) -> Iterator[Effect]:
        header, replica = self.header, self.replica
        secret = replica.secret(header.epoch)
        if header.epoch > self.roster.epoch:
            yield from _park(replica, self.name, self.raw, header, Wait(Reason.TEAM))
        elif secret is None:
            yield Unreadable(self.name, header)
        else:
            try:
                body = envelope.open_body(self.raw, header, secret)
                batch = codec.unpack(body, header.device, header.first)
            except RefusedEnvelopeError as problem:
                yield self._quarantine(problem.fault)
            except NewerVersionError:
                yield from _park(replica, self.name, self.raw, header, Wait(Reason.NEWER))
            else:
                yield from self._place(batch, approved=approved)

    def _place(self, batch: Batch, *, approved: bool) -> Iterator[Effect]:
        device, replica = self.header.device, self.replica
        newest = replica.newest(device).number
        forked = self._first_difference(batch)
        if forked is not None:
            yield from self._forked(forked)
        elif batch.last <= newest:
            yield Skip(self.name)
        elif fault := self._may_not_count(batch):
            yield self._quarantine(fault)
        elif wait := self._waits_for(batch, newest, approved=approved):
            yield from _park(replica, self.name, self.raw, self.header, wait)
        else:
            if device in replica.own:
                yield Renew(device, batch.last)
            gap = batch.first > newest + 1
            new_from = batch.first if gap else newest + 1
            yield Apply(self.name, self.raw, self.header, batch, new_from, gap)

    def _may_not_count(self, batch: Batch) -> str:
        if self.member.role == READER:
            return "reader"
        limit = self.limits.get(self.header.device)
        if limit is None or batch.first <= limit:
            return ""
        return "fork" if self.header.device in self.replica.forks() else "cut"

    def _waits_for(self, batch: Batch, newest: int, *, approved: bool) -> Wait | None:
        device = self.header.device
        if batch.first > newest + 1 and not self._is_bridged(newest):
            return Wait(Reason.EARLIER, device, batch.first - 1)
        unseen = self._unseen(batch)
        if unseen is None and not approved and self._deletes_much(batch, newest):
            return Wait(Reason.PERSON, device, batch.first)
        return unseen

    def _first_difference(self, batch: Batch) -> int | None:
        """Return the first number under which something else is held, or None."""
        device, replica = self.header.device, self.replica
        before = replica.hash_at(device, batch.first - 1) if batch.first > 1 else FIRST
        if before is not None and before != batch.previous:
            return batch.first - 1
        newest = replica.newest(device).number
        for number, digest in zip(range(batch.first, newest + 1), batch.hashes, strict=False):
            held = replica.hash_at(device, number)
            if held is not None and held != digest:
                return number
        return None

    def _forked(self, number: int) -> Iterator[Effect]:
        device = self.header.device
        known = self.replica.forks().get(device)
        if known is not None and known <= number:
            yield self._quarantine("fork")
            return
        held = self.replica.envelope_with(device, number)
        yield Accuse(device, number, held, self.name, self.raw, self.header)

    def _is_bridged(self, held: int) -> bool:
        """Whether what lies between is held back from this laptop for good, and connects."""
        known = {bytes.fromhex(name.partition(".")[0]): one for name, one in self._sealed_before()}
        one = known.get(self.header.previous)
        while one is not None and one.first > held + 1:
            one = known.get(one.previous)
        return one is not None

    def _sealed_before(self) -> list[tuple[str, Header]]:
        return list(self.replica.unreadable(self.header.device))

    def _unseen(self, batch: Batch) -> Wait | None:
        """Return what this was written in knowledge of and is not here, or None."""
        needed: dict[str, int] = {}
        for revision in batch.revisions:
            for device, number in revision.context.items():
                if number > needed.get(device, 0):
                    needed[device] = number
        needed.pop(self.header.device, None)
        for device, number in sorted(needed.items()):
            wait = Wait(Reason.SEEN, device, number)
            if not _is_here(self.replica, self.limits, wait):
                return wait
        return None

    def _deletes_much(self, batch: Batch, newest: int) -> bool:
        replica = self.replica
        if replica.is_new or self.header.device in replica.own:
            return False
        gone = deleted_in(one for one in batch.revisions if one.dot.number > newest)
        if not gone:
            return False
        standing = replica.standing(gone) + replica.deleted_lately(self.header.device)
        return is_much(standing, replica.size())

    def _quarantine(self, fault: str) -> Quarantine:
        return Quarantine(self.name, self.raw, self.header, fault)


def _decide_roster(replica: Replica, name: str, signed: bytes, header: Header) -> Iterator[Effect]:
    roster = replica.roster()
    secret = replica.secret(header.epoch)
    if header.epoch > roster.epoch or header.first > roster.length:
        yield from _park(replica, name, signed, header, Wait(Reason.TEAM))
        return
    if secret is None:
        yield Unreadable(name, header)
        return
    try:
        entry = lead.entry_in(signed, header, secret)
        if header.first < roster.length:
            same = entry == replica.entry(header.first)
            yield Skip(name) if same else _other_team(name, signed, header, roster, entry)
            return
        grown = take_in(roster, entry)
    except (RefusedEnvelopeError, RefusedRosterError) as problem:
        yield Quarantine(name, signed, header, problem.fault)
        return
    except UntrustedKeyError:
        yield Quarantine(name, signed, header, "key")
        return
    except NewerVersionError:
        yield from _park(replica, name, signed, header, Wait(Reason.NEWER))
        return
    yield Grow(name, signed, entry, grown)


def _other_team(name: str, signed: bytes, header: Header, roster: Roster, entry: bytes) -> Effect:
    """Decide about another entry for a place that is taken.

    One that somebody who led has signed is proof that the team was told two things. Anybody else
    can write what they like.
    """
    try:
        parsed = parse_entry(entry)
    except (RefusedRosterError, NewerVersionError):
        return Quarantine(name, signed, header, "form")
    leads = [one for one in roster.members.values() if is_signed(parsed, one.public)]
    led = any(one.role == LEAD or one.removed for one in leads)
    return Quarantine(name, signed, header, "roster-fork" if led else "signature")


def _decide_receipt(
    replica: Replica, name: str, signed: bytes, header: Header, member: Member
) -> Iterator[Effect]:
    secret = replica.secret(header.epoch)
    if header.epoch > replica.roster().epoch:
        yield from _park(replica, name, signed, header, Wait(Reason.TEAM))
        return
    if secret is None or member.removed:
        yield Skip(name)
        return
    try:
        receipt = receipts.read(envelope.open_body(signed, header, secret), header.device)
    except (RefusedEnvelopeError, NewerVersionError):
        yield Quarantine(name, signed, header, "receipt")
        return
    if receipt.progress != header.first:
        yield Quarantine(name, signed, header, "receipt")
        return
    if receipt.progress <= replica.progress(header.device):
        yield Skip(name)
        return
    yield Hear(name, signed, receipt)
    for device in sorted(replica.own & receipt.vector.keys()):
        if receipt.vector[device] > replica.newest(device).number:
            yield Renew(device, receipt.vector[device])


def _may_go_on(replica: Replica, wait: Wait) -> bool:
    if wait.reason is Reason.TEAM:
        return True
    if wait.reason is Reason.EARLIER and replica.unreadable(wait.device):
        return True
    return _is_here(replica, counts_up_to(replica.roster(), replica.forks()), wait)


def _is_here(replica: Replica, limits: dict[str, int], wait: Wait) -> bool:
    """Whether a revision is held, or is one that will never count or never be readable here."""
    number = wait.number
    if wait.reason is Reason.SEEN:
        number = min(number, limits.get(wait.device, number))
    if replica.newest(wait.device).number >= number:
        return True
    return any(one.first <= number for _name, one in replica.unreadable(wait.device))


def _park(replica: Replica, name: str, raw: bytes, header: Header, wait: Wait) -> Iterator[Effect]:
    held = [one for one in replica.waiting() if one.header.device == header.device]
    is_full = len(held) >= MOST_WAITING or sum(one.size for one in held) > MOST_WAITING_BYTES
    if is_full and all(one.name != name for one in held):
        yield Later(name)
        return
    yield Park(name, raw, header, wait)
