"""What a simulated laptop has written down: all of it is still there after a crash."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from app.crypto.primitives import sha256
from app.crypto.roster import NOTHING, Roster
from app.domain.chains import FIRST, body_of, hash_of
from app.domain.revisions import DELETED, Dot, Revision, State, context_of, join, merge, of_revision
from app.sync.counting import counts_up_to
from app.sync.replica import Newest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.crypto.envelope import Header
    from app.crypto.receipts import Receipt
    from app.domain.revisions import Json
    from app.sync.replica import Waiting

NONE = Newest(0, FIRST)


class Kept(NamedTuple):
    """An envelope that is held."""

    device: str
    first: int
    last: int
    epoch: int
    raw: bytes


@dataclass(slots=True)
class Disk:
    """Everything of one laptop. ``identities`` are its own, the present one last."""

    identities: list[Any]
    entries: list[bytes] = field(default_factory=list)
    parcels: dict[str, bytes] = field(default_factory=dict)
    roster: Roster = field(default_factory=Roster)
    secrets: Mapping[int, Any] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    hashes: dict[tuple[str, int], bytes] = field(default_factory=dict)
    bodies: dict[tuple[str, int], str] = field(default_factory=dict)
    newest: dict[str, Newest] = field(default_factory=dict)
    by_record: dict[str, list[Revision]] = field(default_factory=dict)
    derived: dict[str, State] = field(default_factory=dict)
    standing: set[str] = field(default_factory=set)
    envelopes: dict[str, Kept] = field(default_factory=dict)
    sealed: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    proofs: dict[str, bytes] = field(default_factory=dict)
    waiting: dict[str, tuple[Waiting, bytes]] = field(default_factory=dict)
    quarantine: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    aside: list[str] = field(default_factory=list)  # first writings of what was written again
    unreadable: dict[str, Header] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    forks: dict[str, int] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    receipts: dict[str, tuple[Receipt, str, bytes]] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    stamp: int = 0
    is_new: bool = False

    @property
    def present(self) -> Any:
        """The identity that writes."""
        return self.identities[-1]

    def copy(self) -> Disk:
        """Return what a copy of the folder holds."""
        twin = Disk(list(self.identities))
        for one in fields(Disk):
            value = getattr(self, one.name)
            copied = value.copy() if isinstance(value, list | dict | set) else value
            setattr(twin, one.name, copied)
        twin.by_record = {record: list(held) for record, held in self.by_record.items()}
        return twin

    def write(self, record: str, values: Mapping[str, Json], at: int) -> Revision:
        """Set fields of a record, knowing what counts of it here."""
        device = self.present.device_id
        newest = self.newest.get(device, NONE)
        held = [one for one in self.by_record.get(record, ()) if self.counts(one.dot)]
        dot = Dot(device, newest.number + 1)
        revision = Revision(dot, record, "paragraph", at, values, context_of(held))
        body = body_of(revision, newest.hash)
        self.add(revision, body, hash_of(body))
        self.stamp = max(self.stamp, at)
        return revision

    def add(self, revision: Revision, body: str, digest: bytes) -> None:
        """Keep a revision, and what it makes of its record."""
        dot = revision.dot
        self.revisions.append(revision)
        self.hashes[dot] = digest
        self.bodies[dot] = body
        self.newest[dot.device] = Newest(dot.number, digest)
        self.by_record.setdefault(revision.record, []).append(revision)
        if self.counts(dot):
            before = self.derived.get(revision.record, State())
            self._derive(revision.record, join(before, of_revision(revision)))

    def counts(self, dot: Dot) -> bool:
        """Whether a revision counts."""
        return dot.number <= self.limits.get(dot.device, dot.number)

    def is_standing(self, record: str) -> bool:
        """Whether a record is here and not deleted."""
        return record in self.standing

    def _derive(self, record: str, state: State) -> None:
        self.derived[record] = state
        self.standing.discard(record)
        if state.fields and state.values().get(DELETED) is not True:
            self.standing.add(record)

    def grow(self, entry: bytes, roster: Roster) -> None:
        """Keep the next entry of the roster."""
        self.entries.append(entry)
        self.roster = roster

    def settle(self) -> None:
        """Make count what the team, the proofs and this laptop's own identities say.

        What an earlier identity wrote and nobody can get any more is written again.
        """
        limits = counts_up_to(self.roster, self.forks)
        earlier = [one.device_id for one in self.identities[:-1]]
        for device in earlier:
            sealed = self.sealed.get(device, (0, FIRST))[0]
            limits[device] = min(limits.get(device, sealed), sealed)
        lost = [
            one
            for one in self.revisions
            if one.dot.device in earlier
            and self.counts(one.dot)
            and one.dot.number > limits[one.dot.device]
        ]
        values: dict[str, dict[str, Json]] = {}
        for one in lost:
            state = self.derived[one.record].values()
            values.setdefault(one.record, {}).update({name: state[name] for name in one.fields})
        changed = {
            device
            for device in limits.keys() | self.limits.keys()
            if limits.get(device) != self.limits.get(device)
        }
        self.limits = limits
        touched = {one.record for one in self.revisions if one.dot.device in changed}
        for device in earlier:
            self._put_aside(device)
        for record in touched:
            self._derive(record, self.rebuilt(record))
        for record, fresh in values.items():
            self.write(record, fresh, self.stamp + 1)

    def _put_aside(self, device: str) -> None:
        """Put aside what an earlier identity never sealed: its numbers are others' words by now."""
        last = self.sealed.get(device, (0, FIRST))[0]
        gone = [
            one for one in self.revisions if one.dot > Dot(device, last) and one.dot[0] == device
        ]
        if not gone:
            return
        self.revisions = [one for one in self.revisions if one not in gone]
        for one in gone:
            self.by_record[one.record].remove(one)
            self.aside.append(self.bodies.pop(one.dot))
            del self.hashes[one.dot]
        self.newest[device] = Newest(last, self.hashes.get((device, last), FIRST))

    def rebuilt(self, record: str) -> State:
        """A record from its revisions alone."""
        return merge(one for one in self.by_record[record] if self.counts(one.dot))

    def offered(self) -> dict[str, bytes]:
        """All that others may need."""
        found = dict(self.parcels)
        found |= {name: one.raw for name, one in self.envelopes.items()}
        found |= self.proofs
        return found | {name: raw for _receipt, name, raw in self.receipts.values()}

    def texts(self) -> Iterable[str]:
        """Every word held as a revision."""
        return [*self.bodies.values(), *self.aside]


def hash_of_entry(disk: Disk, place: int) -> bytes:
    """The hash of an entry of the roster."""
    return sha256(disk.entries[place]) if disk.entries else NOTHING
