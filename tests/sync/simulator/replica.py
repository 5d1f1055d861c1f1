"""The disk of a simulated laptop as the inbox sees it, and how an effect is carried out on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from app.crypto.envelope import Form, Header
from app.crypto.receipts import Receipt
from app.sync import effects
from app.sync.codec import Batch, pack
from app.sync.guard import deleted_in
from app.sync.items import Kind, kind_of, name_of
from app.sync.replica import Load, Newest, Waiting
from tests.sync.simulator.disk import NONE, Disk, Kept

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Mapping, Sequence

    from app.crypto.keys import EpochSecret
    from app.crypto.roster import Roster
    from app.sync.effects import Effect
    from tests.sync.simulator.workshop import Workshop


class MemoryReplica:
    """Answers from a disk, which alone knows anything."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    @property
    def own(self) -> frozenset[str]:
        return frozenset(one.device_id for one in self._disk.identities)

    @property
    def present(self) -> str:
        return str(self._disk.present.device_id)

    @property
    def is_new(self) -> bool:
        return self._disk.is_new

    def roster(self) -> Roster:
        return self._disk.roster

    def entry(self, place: int) -> bytes:
        return self._disk.entries[place]

    def secret(self, epoch: int) -> EpochSecret | None:
        return self._disk.secrets.get(epoch)

    def newest(self, device: str) -> Newest:
        return self._disk.newest.get(device, NONE)

    def hash_at(self, device: str, number: int) -> bytes | None:
        return self._disk.hashes.get((device, number))

    def envelope_with(self, device: str, number: int) -> str:
        held = self._disk.envelopes.items()
        return next(
            (n for n, one in held if one.device == device and one.first <= number <= one.last), ""
        )

    def forks(self) -> Mapping[str, int]:
        return self._disk.forks

    def is_known(self, name: str) -> bool:
        disk = self._disk
        places = (disk.envelopes, disk.parcels, disk.waiting, disk.quarantine, disk.proofs)
        return any(name in one for one in (*places, disk.unreadable, disk.settled))

    def waiting(self) -> Sequence[Waiting]:
        return [row for row, _raw in self._disk.waiting.values()]

    def load(self, device: str) -> Load:
        members = self._disk.roster.members
        sizes = [
            row.size
            for row in self.waiting()
            if row.header.device == device
            or (device not in members and row.header.device not in members)
        ]
        return Load(len(sizes), sum(sizes))

    def quarantined(self, fault: str) -> Sequence[str]:
        return [name for name, (why, _raw) in self._disk.quarantine.items() if why == fault]

    def content(self, name: str) -> bytes:
        if name in self._disk.waiting:
            return self._disk.waiting[name][1]
        return self._disk.quarantine[name][1]

    def unreadable(self, device: str) -> Sequence[tuple[str, Header]]:
        return [one for one in self._disk.unreadable.items() if one[1].device == device]

    def progress(self, device: str) -> int:
        held = self._disk.receipts.get(device)
        return 0 if held is None else held[0].progress

    def standing(self, records: Collection[str]) -> int:
        return sum(self._disk.is_standing(one) for one in set(records))

    def size(self) -> int:
        return len(self._disk.standing)

    def deleted_lately(self, device: str) -> int:
        return self._disk.deleted.get(device, 0)


def carry_out(  # noqa: C901 - one case for each effect
    disk: Disk, effect: Effect, workshop: Workshop, chance: random.Random
) -> None:
    """Do to a disk what was decided, all of it at once."""
    match effect:
        case effects.Apply():
            _apply(disk, effect)
        case effects.Grow():
            disk.waiting.pop(effect.name, None)
            disk.parcels[effect.name] = effect.raw
            disk.grow(effect.entry, effect.roster)
            disk.secrets = workshop.secrets(disk.roster, disk.identities)
            disk.settle()
        case effects.Hear():
            disk.waiting.pop(effect.name, None)
            disk.settled.add(effect.name)
            disk.receipts[effect.receipt.device] = (effect.receipt, effect.name, effect.raw)
        case effects.Park():
            disk.quarantine.pop(effect.name, None)
            row = Waiting(effect.name, effect.header, effect.wait, len(effect.raw))
            disk.waiting[effect.name] = (row, effect.raw)
        case effects.Quarantine():
            disk.waiting.pop(effect.name, None)
            disk.quarantine[effect.name] = (effect.fault, effect.raw)
        case effects.Accuse():
            disk.waiting.pop(effect.name, None)
            disk.proofs[effect.name] = effect.raw
            known = disk.forks.get(effect.device, effect.number)
            disk.forks[effect.device] = min(known, effect.number)
            disk.settle()
        case effects.Unreadable():
            disk.waiting.pop(effect.name, None)
            disk.unreadable[effect.name] = effect.header
        case effects.Refuse() | effects.Skip():
            disk.waiting.pop(effect.name, None)
            disk.quarantine.pop(effect.name, None)
            disk.settled.add(effect.name)
        case effects.Renew():
            assert effect.device == disk.present.device_id
            disk.identities.append(workshop.draw(chance))
            disk.settle()
        case effects.Later():
            pass
        case _:
            assert_never(effect)


def _apply(disk: Disk, effect: effects.Apply) -> None:
    batch, name = effect.batch, effect.name
    newest = disk.newest.get(batch.device, NONE)
    assert effect.new_from == newest.number + 1 or (effect.gap and effect.new_from > newest.number)
    fresh = [one for one in batch.revisions if one.dot.number >= effect.new_from]
    gone = {one for one in deleted_in(fresh) if disk.is_standing(one)}
    if effect.agreed:
        disk.deleted.pop(batch.device, None)
    elif not disk.is_new:
        disk.deleted[batch.device] = disk.deleted.get(batch.device, 0) + len(gone)
    start = effect.new_from - batch.first
    for revision, body, digest in zip(
        fresh, batch.bodies[start:], batch.hashes[start:], strict=True
    ):
        disk.add(revision, body, digest)
    disk.waiting.pop(name, None)
    disk.quarantine.pop(name, None)
    disk.envelopes[name] = Kept(
        batch.device, batch.first, batch.last, effect.header.epoch, effect.raw
    )
    if batch.device in {one.device_id for one in disk.identities}:
        sealed = disk.sealed.get(batch.device, (0, b""))[0]
        if batch.last > sealed:
            disk.sealed[batch.device] = (batch.last, bytes.fromhex(name[:64]))
            disk.settle()


def seal_own(disk: Disk, workshop: Workshop, most: int) -> list[str]:
    """Seal what lies in no envelope yet; return the names."""
    own = disk.present
    device = own.device_id
    member = disk.roster.members.get(device)
    made: list[str] = []
    if member is None or member.removed:
        return made
    while True:
        last, before = disk.sealed.get(device, (0, bytes(32)))
        newest = disk.newest.get(device, NONE).number
        if last == newest:
            return made
        numbers = range(last + 1, min(newest, last + most) + 1)
        bodies = tuple(disk.bodies[device, number] for number in numbers)
        batch = Batch(device, numbers[0], disk.hashes.get((device, last), bytes(32)), bodies, "0")
        header = header_of(disk, numbers[0], before)
        raw = workshop.seal(header, pack(batch), disk.secrets[header.epoch], own)
        name = name_of(raw, Kind.ENVELOPE)
        disk.envelopes[name] = Kept(device, batch.first, batch.last, header.epoch, raw)
        disk.sealed[device] = (batch.last, bytes.fromhex(name[:64]))
        made.append(name)


def header_of(disk: Disk, first: int, previous: bytes, form: Form = Form.REVISIONS) -> Header:
    """The header of what this laptop seals now."""
    own, roster = disk.present.device_id, disk.roster
    epoch = max(disk.secrets)
    return Header(roster.inspection, epoch, own, first, previous, form)


def sign_held(disk: Disk, workshop: Workshop) -> None:
    """Say what is held here, when it is more than was said before."""
    own = disk.present
    member = disk.roster.members.get(own.device_id)
    if member is None or member.removed:
        return
    heads = {
        device: (newest.number, newest.hash)
        for device, newest in disk.newest.items()
        if device in disk.roster.members
    }
    held = Receipt(own.device_id, heads, (disk.roster.length, disk.roster.head))
    known = disk.receipts.get(own.device_id)
    if known is not None and held.progress <= known[0].progress:
        return
    header = header_of(disk, held.progress, disk.roster.head, Form.RECEIPT)
    raw = workshop.seal(header, held.body(), disk.secrets[header.epoch], own)
    name = name_of(raw, Kind.RECEIPT)
    disk.receipts[own.device_id] = (held, name, raw)
    disk.settled.add(name)


def begun(own: Any, workshop: Workshop) -> Disk:
    """The lead's disk, with a team of one."""
    disk = Disk([own])
    entry = workshop.begin(own)
    disk.grow(entry, workshop.seals.take_in(disk.roster, entry))
    disk.secrets = workshop.secrets(disk.roster, disk.identities)
    return disk


def let_in(lead: Disk, own: Any, workshop: Workshop) -> Disk:
    """The disk of somebody whom the lead has just added: it was given the team, and no words."""
    disk = Disk([own], entries=list(lead.entries), roster=lead.roster, is_new=True)
    disk.secrets = workshop.secrets(disk.roster, disk.identities)
    disk.settle()
    return disk


def parcel(disk: Disk, entry: bytes, workshop: Workshop) -> tuple[str, bytes]:
    """An entry that follows what this laptop holds of the team, sealed by it for the others."""
    before = disk.roster
    header = header_of(disk, before.length, before.head, Form.ROSTER)
    raw = workshop.seal(header, entry, disk.secrets[header.epoch], disk.present)
    return name_of(raw, Kind.ROSTER), raw


def grow_own(disk: Disk, entry: bytes, workshop: Workshop) -> tuple[str, bytes]:
    """Take in an entry that was written here; return the parcel for the others."""
    name, raw = parcel(disk, entry, workshop)
    disk.parcels[name] = raw
    disk.grow(entry, workshop.seals.take_in(disk.roster, entry))
    disk.secrets = workshop.secrets(disk.roster, disk.identities)
    disk.settle()
    return name, raw


def kinds_first(names: list[str]) -> list[str]:
    """Names as an exchange fetches them: the team, then envelopes, then receipts."""
    order = {Kind.ROSTER: 0, Kind.ENVELOPE: 1, Kind.RECEIPT: 2}
    return sorted(names, key=lambda name: order.get(kind_of(name) or Kind.PIECE, 3))
