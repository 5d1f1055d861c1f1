"""A small team whose laptops are handed single items, one by one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from app.crypto.roster import INSPECTOR
from app.domain.revisions import State
from app.sync import inbox
from app.sync.codec import Batch, pack
from app.sync.items import Kind, name_of
from tests.sync.simulator.disk import NONE, Disk
from tests.sync.simulator.replica import (
    MemoryReplica,
    begun,
    carry_out,
    grow_own,
    header_of,
    let_in,
    seal_own,
    sign_held,
)
from tests.sync.simulator.workshop import Cheap, Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.domain.revisions import Json
    from app.sync.effects import Effect

Item = tuple[str, bytes]


class Bench:
    """Laptops by name; ``asha`` leads."""

    def __init__(self, *names: str, workshop: Workshop | None = None) -> None:
        self.workshop = workshop or Cheap()
        self.chance = random.Random(1)
        self.disks: dict[str, Disk] = {
            "asha": begun(self.workshop.draw(self.chance), self.workshop)
        }
        for name in names:
            self.join(name)
        self.parcels: list[Item] = []
        for name in names:
            self.disks[name] = self._told(name)

    def _told(self, name: str) -> Disk:
        """The disk of a member as if it had been on the team from the start."""
        lead, disk = self.disks["asha"], self.disks[name]
        fresh = Disk(disk.identities, entries=list(lead.entries), roster=lead.roster)
        fresh.secrets = self.workshop.secrets(fresh.roster, fresh.identities)
        return fresh

    def __getitem__(self, name: str) -> Disk:
        return self.disks[name]

    def id(self, name: str) -> str:
        """The device of a laptop."""
        return str(self.disks[name].present.device_id)

    # The team.

    def join(self, name: str, role: str = INSPECTOR, reads_from: int = 1) -> Item:
        """Let somebody in; return the parcel for the others."""
        lead = self.disks["asha"]
        own = self.workshop.draw(self.chance)
        entry = self.workshop.add(lead.roster, lead.present, lead.secrets, own, role, reads_from)
        item = grow_own(lead, entry, self.workshop)
        self.disks[name] = let_in(lead, own, self.workshop)
        self.disks[name].is_new = False
        return item

    def grow(self, kind: str, **body: Any) -> Item:
        """Write another change to the team on the lead's laptop; return the parcel."""
        lead = self.disks["asha"]
        entry = self.workshop.change(lead.roster, lead.present, kind, **body)
        return grow_own(lead, entry, self.workshop)

    def remove(self, name: str, number: int) -> Item:
        """Take somebody off the team, cut after a number."""
        device = self.id(name)
        cut = (number, self.disks[name].hashes[device, number]) if number else None
        return self.grow("remove", device=device, cut=cut)

    # Words.

    def write(self, name: str, record: str, **values: Json) -> None:
        """Set fields of a record on a laptop."""
        disk = self.disks[name]
        disk.write(record, values, disk.stamp + 1)

    def words(self, name: str, count: int, prefix: str = "r") -> None:
        """Write so many records."""
        for number in range(count):
            self.write(name, f"{prefix}{number}", text=f"{name} {prefix} {number}")

    def sealed(self, name: str, most: int = 1) -> list[Item]:
        """Seal what a laptop has not sealed yet, so many revisions in each envelope."""
        disk = self.disks[name]
        made = seal_own(disk, self.workshop, most)
        return [(one, disk.envelopes[one].raw) for one in made]

    def again(self, name: str, first: int, last: int, **header: Any) -> Item:
        """Seal revisions that a laptop has, whether they were sealed before or not."""
        disk = self.disks[name]
        device = self.id(name)
        bodies = tuple(disk.bodies[device, number] for number in range(first, last + 1))
        before = disk.hashes.get((device, first - 1), bytes(32))
        return self.body(name, pack(Batch(device, first, before, bodies, "0")), first, **header)

    def body(self, name: str, body: bytes, first: int = 1, **header: Any) -> Item:
        """Seal any body at all, as a member can."""
        disk = self.disks[name]
        previous = header.pop("previous", disk.sealed.get(self.id(name), NONE)[1] or bytes(32))
        made = header_of(disk, first, previous)
        made = type(made)(**{one: getattr(made, one) for one in made.__slots__} | header)
        secret = disk.secrets.get(made.epoch, disk.secrets[max(disk.secrets)])
        raw = self.workshop.seal(made, body, secret, disk.present)
        kind = {b"SWEN": Kind.ENVELOPE, b"SWRO": Kind.ROSTER}.get(made.form.value, Kind.RECEIPT)
        return name_of(raw, kind), raw

    def receipt(self, name: str) -> Item:
        """What a laptop says it holds."""
        disk = self.disks[name]
        sign_held(disk, self.workshop)
        _receipt, item, raw = disk.receipts[self.id(name)]
        return item, raw

    # Arriving.

    def decided(self, name: str, item: Item) -> Iterator[Effect]:
        """What the inbox decides, step by step; nothing is carried out."""
        return inbox.take(MemoryReplica(self.disks[name]), *item, self.workshop.seals)

    def take(self, name: str, *items: Item) -> list[Effect]:
        """Hand items to a laptop; return what was decided and carried out."""
        return [one for item in items for one in self._carry(name, self.decided(name, item))]

    def reconsider(self, name: str) -> list[Effect]:
        """What a laptop decides after a start."""
        replica = MemoryReplica(self.disks[name])
        return self._carry(name, inbox.reconsider(replica, self.workshop.seals))

    def let_in(self, name: str, item: Item) -> list[Effect]:
        """What follows when a person says yes."""
        replica = MemoryReplica(self.disks[name])
        return self._carry(name, inbox.let_in(replica, item[0], self.workshop.seals))

    def _carry(self, name: str, decided: Iterable[Effect]) -> list[Effect]:
        done = []
        for effect in decided:
            carry_out(self.disks[name], effect, self.workshop, self.chance)
            done.append(effect)
        return done

    # Looking.

    def content(self, name: str) -> dict[str, dict[str, Json]]:
        """The values of every record that has any."""
        return {r: s.values() for r, s in self._shown(name).items()}

    def forks(self, name: str) -> dict[str, dict[str, tuple[Json, ...]]]:
        """What stands side by side on a laptop."""
        return {r: s.forks() for r, s in self._shown(name).items() if s.forks()}

    def text(self, name: str, record: str) -> Json:
        """A record's text."""
        return self.content(name).get(record, {}).get("text")

    def _shown(self, name: str) -> dict[str, State]:
        return {r: s for r, s in sorted(self.disks[name].derived.items()) if s.fields}


def kinds(effects: Iterable[Effect]) -> list[str]:
    """The kinds of effects, in order."""
    return [type(one).__name__ for one in effects]
