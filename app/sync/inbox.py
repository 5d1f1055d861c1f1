"""Decides about every item that arrives. It writes nothing, and knows no clock, thread or file.

Each function is a generator: whoever iterates carries an effect out, durably, before asking for
the next one, so that the replica's answers are up to date when it goes on. An interruption between
two effects loses nothing: what was not done is decided again, from what is held.

The order of the checks is fixed: size and form, inspection, device, whether it is known, the
signature; only then is anything opened (``arrival``, ``parcels``, ``hearing``).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from app.crypto.envelope import Form, Header, parse
from app.crypto.roster import READER
from app.errors import NewerVersionError, RefusedEnvelopeError
from app.sync import hearing, parcels
from app.sync.arrival import Arrival, opened
from app.sync.codec import MOST_REVISIONS, Batch
from app.sync.counting import counts_up_to, is_here, reads_from, unreadable
from app.sync.effects import (
    Accuse,
    Apply,
    Effect,
    Grow,
    Later,
    Park,
    Reason,
    Refuse,
    Unreadable,
    Wait,
)
from app.sync.guard import deleted_in
from app.sync.items import Kind, is_whole, kind_of
from app.sync.seals import REAL, Arrived, Seals
from app.sync.waiting import Queue, park

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.sync.replica import Replica, Waiting

_FORMS: Final = {
    Kind.ENVELOPE: Form.REVISIONS,
    Kind.ROSTER: Form.ROSTER,
    Kind.RECEIPT: Form.RECEIPT,
}
# Larger numbers fit no store; none is ever reached by counting up from one.
_LARGEST: Final = 2**63 - 1 - MOST_REVISIONS
# Of what a newer version made nothing is known, and nobody has signed for it.
_NOBODY: Final = Header(bytes(32), 0, "", 0, bytes(32))


def take(replica: Replica, name: str, untrusted: bytes, seals: Seals = REAL) -> Iterator[Effect]:
    """Yield what to do with an item that arrived, and then with whatever waited for it.

    What was dealt with before yields nothing: it may be waiting, and would be let go of.
    """
    if kind_of(name) not in _FORMS or not is_whole(name, untrusted):
        # The name may be that of a good item: it must not be remembered as a bad one's.
        yield Later(name)
    elif not replica.is_known(name):
        yield from _Run(replica, seals).deal(name, untrusted)


def reconsider(replica: Replica, seals: Seals = REAL) -> Iterator[Effect]:
    """Yield what to do with all that waits and need wait no longer: after a start, for one."""
    run = _Run(replica, seals)
    for row in replica.waiting():
        is_newer = row.wait.reason is Reason.NEWER
        if is_newer or run.is_due(row, counts_up_to(replica.roster(), replica.forks())):
            yield from run.settle([row.name])
    yield from run.settle(run.allowed())


def let_in(replica: Replica, name: str, seals: Seals = REAL) -> Iterator[Effect]:
    """Yield what to do with an item that waits for a person, who has said that it may come in.

    They said so of all that waits of its device: that is what was counted.
    """
    run = _Run(replica, seals)
    row = run.queue.find(name)
    if row is not None and row.wait.reason is Reason.PERSON:
        run.agreed.update(run.queue.of(row.header.device))
        yield from run.settle([name])


class _Run:
    """One item, and all that it lets go."""

    def __init__(self, replica: Replica, seals: Seals) -> None:
        self.agreed: set[str] = set()
        self._replica, self._seals = replica, seals
        self._queue: Queue | None = None
        self._allowed: set[str] = set()
        self._deleted: dict[str, set[str]] = {}

    @property
    def queue(self) -> Queue:
        """What waits; asked for once, and only where it matters."""
        if self._queue is None:
            self._queue = Queue(self._replica.waiting())
        return self._queue

    def deal(self, name: str, untrusted: bytes) -> Iterator[Effect]:
        """Yield what to do with an item that arrived, and with what it lets go."""
        let_go: list[str] = []
        for effect in self._decide(name, untrusted, waited=False):
            yield effect
            let_go += self._after(effect)
        yield from self.settle(let_go)

    def settle(self, names: list[str]) -> Iterator[Effect]:
        """Yield what to do with items kept here, and with what they let go, until nothing moves."""
        let_go = deque(names)
        while let_go:
            name = let_go.popleft()
            row = self.queue.find(name)
            if row is None and name not in self._allowed:
                continue  # dealt with meanwhile
            self._allowed.discard(name)
            for effect in self._decide(name, self._replica.content(name), waited=True):
                if not (isinstance(effect, Park) and _is_as_before(effect, row)):
                    yield effect
                    let_go.extend(self._after(effect))

    def allowed(self) -> list[str]:
        """Return what was put aside because its device only read, and may write by now."""
        members = self._replica.roster().members
        names = [
            name
            for name in self._replica.quarantined(READER)
            if members[parse(self._replica.content(name)).device].role != READER
        ]
        self._allowed.update(names)
        return names

    def is_due(self, row: Waiting, limits: Mapping[str, int]) -> bool:
        """Whether something else may be said of an item that waits than when it was put aside."""
        replica, header, wait = self._replica, row.header, row.wait
        newest = replica.newest(header.device).number
        if wait.reason is Reason.TEAM:
            return self._is_known_to_the_team(row)
        if wait.reason is Reason.NEWER:
            return False
        if header.first <= newest or header.first > limits.get(header.device, header.first):
            return True
        if wait.reason is Reason.EARLIER:
            return header.first == newest + 1 or bool(unreadable(replica, header.device))
        is_seen = wait.reason is Reason.SEEN
        return is_seen and is_here(replica, limits, wait.device, wait.number)

    def _is_known_to_the_team(self, row: Waiting) -> bool:
        roster, header = self._replica.roster(), row.header
        if header.device not in roster.members:
            return False
        if kind_of(row.name) is Kind.ROSTER and header.first > roster.length:
            return False
        is_before = header.epoch < reads_from(self._replica, roster)
        return is_before or self._replica.secret(header.epoch) is not None

    def _after(self, effect: Effect) -> list[str]:
        """Return what an effect, now carried out, lets go."""
        if self._queue is None and not isinstance(effect, (Apply, Grow, Accuse, Unreadable)):
            return []
        self.queue.follow(effect)
        limits = counts_up_to(self._replica.roster(), self._replica.forks())
        due = [row.name for row in self.queue.touched_by(effect) if self.is_due(row, limits)]
        return due + self.allowed() if isinstance(effect, Grow) else due

    def _decide(self, name: str, untrusted: bytes, *, waited: bool) -> Iterator[Effect]:
        replica, seals = self._replica, self._seals
        try:
            header = parse(untrusted)
        except NewerVersionError:
            newer = Arrived(name, untrusted, _NOBODY, waited)
            yield park(replica, newer, Wait(Reason.NEWER))
            return
        except RefusedEnvelopeError as problem:
            yield Refuse(name, problem.fault)
            return
        roster = replica.roster()
        fault = _fault_outside(name, header, roster.inspection)
        if fault:
            yield Refuse(name, fault)
            return
        item = Arrived(name, untrusted, header, waited)
        member = roster.members.get(header.device)
        if member is None:
            # Adding it may be on its way. Nothing of it is opened before its key is known.
            yield park(replica, item, Wait(Reason.TEAM))
            return
        try:
            seals.check_signature(untrusted, member.public)
        except RefusedEnvelopeError as problem:
            yield Refuse(name, problem.fault)
            return
        if header.form is Form.ROSTER:
            yield parcels.decide(replica, seals, item)
        elif header.form is Form.RECEIPT:
            yield from hearing.decide(replica, seals, item, member)
        else:
            agreed = name in self.agreed
            arrival = Arrival(replica, seals, item, member, coming=self._coming, agreed=agreed)
            yield from arrival.decide()

    def _coming(self, device: str) -> set[str]:
        """Return the records that what waits of a device would delete."""
        names = self.queue.of(device)
        for name in names:
            if name not in self._deleted:
                self._deleted[name] = self._deleted_in(name)
        return set().union(*(self._deleted[name] for name in names))

    def _deleted_in(self, name: str) -> set[str]:
        raw = self._replica.content(name)
        item = Arrived(name, raw, parse(raw), waited=True)
        secret = self._replica.secret(item.header.epoch)
        if secret is None:
            return set()
        found = opened(self._replica, self._seals, item, secret)
        return deleted_in(found.revisions) if isinstance(found, Batch) else set()


def _fault_outside(name: str, header: Header, inspection: bytes) -> str:
    if header.form is not _FORMS.get(kind_of(name) or Kind.PIECE):
        return "form"
    if header.inspection != inspection:
        return "inspection"
    return "number" if header.first > _LARGEST else ""


def _is_as_before(effect: Park, row: Waiting | None) -> bool:
    known = None if row is None else (row.wait, row.header.device)
    return known == (effect.wait, effect.header.device)
