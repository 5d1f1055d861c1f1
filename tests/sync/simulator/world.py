"""One run: a team, its places, and everything that goes wrong, all chosen by one seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from app.crypto.roster import INSPECTOR, READER
from app.domain.hybrid import stamp
from app.domain.revisions import DELETED
from app.errors import RefusedRosterError
from app.sync import effects, inbox
from app.sync.effects import Reason
from tests.sync.simulator.disk import NONE, Disk
from tests.sync.simulator.oracle import DifferenceError
from tests.sync.simulator.places import KINDS, Place
from tests.sync.simulator.replica import (
    MemoryReplica,
    begun,
    carry_out,
    grow_own,
    kinds_first,
    let_in,
    parcel,
    seal_own,
    sign_held,
)
from tests.sync.simulator.watch import Spy, comes_after_what_it_knows_of, deletes_little
from tests.sync.simulator.workshop import Names, Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.sync.effects import Effect

MONDAY: Final = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
TEN_YEARS: Final = timedelta(days=3650)


class Crashed(Exception):  # noqa: N818 - the laptop's state, not a fault of the test
    """The laptop went dead between two effects."""


@dataclass(slots=True)
class Laptop:
    """A machine: its disk, its clock, and how many effects it has left before it goes dead."""

    number: int
    disk: Disk
    skew: timedelta = timedelta()
    is_back: bool = False
    dies_in: int | None = None
    backup: Disk | None = None

    @property
    def only_reads(self) -> bool:
        """Whether what is written here counts for nobody else."""
        member = self.disk.roster.members.get(self.disk.present.device_id)
        return member is not None and member.role == READER

    @property
    def is_active(self) -> bool:
        """Whether the team still counts it among its own, as far as it knows."""
        member = self.disk.roster.members.get(self.disk.present.device_id)
        return member is not None and not member.removed


@dataclass(slots=True)
class Plan:
    """How a run is to go; hostile things can be left out to look at one of them."""

    steps: int = 50
    most_laptops: int = 6
    records: int = 12
    typing: float = 0.03
    mishaps: bool = True
    hostile: bool = True


class World:
    """All laptops and places. ``log`` tells what happened, the same for the same seed."""

    carry = staticmethod(carry_out)
    take = staticmethod(inbox.take)

    def __init__(self, seed: int, workshop: Workshop, plan: Plan | None = None) -> None:
        self.chance = random.Random(seed)
        self.workshop, self.plan = workshop, plan or Plan()
        self.seals = Spy(workshop.seals).seals
        self.may_fork: set[str] = set()  # identities that two laptops write under, or one twice
        self.log: list[str] = []
        self.names = Names()
        self.tokens = self.numbers = 0
        self.laptops: list[Laptop] = []
        self.asks: list[tuple[Any, int, str]] = []  # identities that the lead is to let in
        self._begin()

    def _begin(self) -> None:
        own = self.workshop.draw(self.chance)
        self.laptops.append(Laptop(0, begun(own, self.workshop)))
        self._name(own.device_id)
        for _ in range(self.chance.randint(2, self.plan.most_laptops) - 1):
            self.join(everything=True)
        count = self.chance.randint(1, 3)
        kinds = KINDS if self.plan.hostile else (Place,)
        self.places: list[Place] = [self.chance.choice(kinds)(self.chance) for _ in range(count)]
        self.places.append(Place(self.chance))  # a stick that is carried about

    def _next_number(self) -> int:
        self.numbers += 1
        return self.numbers

    def _name(self, device: str) -> str:
        return self.names.device(device)

    # What can happen.

    def run(self) -> None:
        """Let everything happen for as many steps as planned."""
        for _ in range(self.plan.steps):
            self.step()

    def step(self) -> None:
        """Let one thing happen."""
        chance = self.chance
        laptop = chance.choice(self.laptops)
        what = chance.choices(
            ("edit", "exchange", "meet", "clock", "die", "team", "mishap", "place"),
            (40, 30, 8, 2, 6, 5, 8 if self.plan.mishaps else 0, 6),
        )[0]
        if what == "edit":
            for _ in range(chance.randint(1, 4)):
                self.edit(laptop)
        elif what == "exchange":
            self.exchange(laptop, chance.choice(self.places))
        elif what == "meet":
            between = Place(chance)
            for one in (laptop, chance.choice(self.laptops), laptop):
                self.exchange(one, between)
        elif what == "clock":
            laptop.skew = chance.choice((TEN_YEARS, -TEN_YEARS, timedelta(), timedelta(hours=3)))
        elif what == "die":
            laptop.dies_in = chance.randrange(6)
        elif what == "team":
            self.change_team()
        elif what == "mishap":
            self.mishap(laptop)
        else:
            chance.choice(self.places).misbehave(self.workshop)

    def edit(self, laptop: Laptop) -> None:
        """Write, change, delete or restore something."""
        chance, disk = self.chance, laptop.disk
        if laptop.only_reads and chance.random() < 0.8:
            return  # some write all the same, with an app that lets them
        now = stamp(MONDAY + timedelta(seconds=self.tokens) + laptop.skew, disk.stamp)
        self.tokens += 1
        known = sorted(disk.derived)
        if not known or (len(known) < self.plan.records and chance.random() < 0.4):
            record = f"{self.tokens:08x}-0000-7000-8000-{laptop.number:012x}"
            values: dict[str, Any] = {"text": f"word {self.tokens}.", "kind": "evidence"}
        else:
            record = chance.choice(known)
            choice = chance.random()
            if choice < 0.12:
                values = {DELETED: True}
            elif choice < 0.18:
                values = {DELETED: None}
            elif choice < 0.3:
                values = {"kind": chance.choice(("evidence", "verbatim", "evaluation"))}
            else:
                values = {"text": f"word {self.tokens}."}
        self._write(laptop, record, values, now)

    def _write(self, laptop: Laptop, record: str, values: dict[str, Any], now: int) -> None:
        revision = laptop.disk.write(record, values, now)
        if laptop.is_back:
            self.may_fork.add(revision.dot.device)

    def wipe(self, laptop: Laptop) -> None:
        """Delete nearly everything, a little at a time."""
        disk = laptop.disk
        for record in sorted(disk.derived)[1:]:
            self.tokens += 1
            if disk.is_standing(record):
                self._write(laptop, record, {DELETED: True}, disk.stamp + 1)

    def exchange(self, laptop: Laptop, place: Place) -> None:
        """Do what a laptop does with a place: seal, fetch, take in, hand over."""
        disk = laptop.disk
        if disk.roster.length == 0:
            return
        try:
            self._start(laptop)
            seal_own(disk, self.workshop, self.chance.choice((1, 3, 20)))
            replica = MemoryReplica(disk)
            listed = place.list(laptop.number)
            unknown = kinds_first([name for name in listed if not replica.is_known(name)])
            if self.plan.hostile and self.chance.random() < 0.4:
                self.chance.shuffle(unknown)
            for name, raw in place.get(laptop.number, unknown):
                if self.chance.random() < self.plan.typing * (10 if laptop.is_back else 1):
                    self.edit(laptop)  # typing never waits
                self._carry(laptop, self.take(replica, name, raw, self.seals))
            disk.is_new = False
            if self.chance.random() < 0.4:
                sign_held(disk, self.workshop)
            mine = {name: raw for name, raw in disk.offered().items() if name not in set(listed)}
            place.put(laptop.number, mine)
        except Crashed:
            self.log.append(f"{laptop.number} dies")

    def _start(self, laptop: Laptop) -> None:
        """What a laptop does after a start: look again at what waits."""
        replica = MemoryReplica(laptop.disk)
        self._carry(laptop, inbox.reconsider(replica, self.seals))

    def _carry(self, laptop: Laptop, decided: Iterator[Effect]) -> None:
        for effect in decided:
            if laptop.dies_in == 0:
                laptop.dies_in = None
                raise Crashed
            if laptop.dies_in is not None:
                laptop.dies_in -= 1
            before = self._standing(laptop.disk) if isinstance(effect, effects.Apply) else 0
            self.carry(laptop.disk, effect, self.workshop, self.chance)
            self._watch(laptop, effect, before)
            self.log.append(f"{laptop.number} {self._told(effect)}")
            if isinstance(effect, effects.Renew):
                self._ask(laptop, effect.device)

    def _watch(self, laptop: Laptop, effect: Effect, standing: int) -> None:
        disk = laptop.disk
        if isinstance(effect, effects.Apply):
            batch = effect.batch
            fresh = [one for one in batch.revisions if one.dot.number >= effect.new_from]
            comes_after_what_it_knows_of(disk, fresh)
            if not effect.agreed and batch.device not in MemoryReplica(disk).own:
                deletes_little(disk, standing, self._standing(disk))
        if isinstance(effect, effects.Renew):
            laptop.is_back = False
        if isinstance(effect, effects.Accuse) and effect.device not in self.may_fork:
            raise DifferenceError("a laptop said two things, though it was told what it had said")

    def _standing(self, disk: Disk) -> int:
        return len(disk.standing)

    def _ask(self, laptop: Laptop, earlier: str) -> None:
        member = laptop.disk.roster.members.get(earlier)
        if member is not None:
            role = INSPECTOR if member.role != READER else READER
            self.asks.append((laptop.disk.present, member.reads_from, role))

    def _told(self, effect: Effect) -> str:  # noqa: PLR0911 - one line for each effect
        kind = type(effect).__name__
        match effect:
            case effects.Apply():
                batch = effect.batch
                return f"{kind} {self._name(batch.device)} {batch.first}-{batch.last}"
            case effects.Park():
                wait = effect.wait
                of = self._name(wait.device) if wait.device else ""
                return f"{kind} {self._name(effect.header.device)} {wait.reason} {of} {wait.number}"
            case effects.Quarantine() | effects.Accuse():
                what = effect.fault if isinstance(effect, effects.Quarantine) else effect.number
                return f"{kind} {self._name(effect.header.device)} {effect.header.first} {what}"
            case effects.Refuse():
                return f"{kind} {effect.fault}"
            case effects.Renew():
                return f"{kind} {self._name(effect.device)} {effect.number}"
            case effects.Grow():
                return f"{kind} {effect.roster.length}"
            case effects.Hear():
                return f"{kind} {self._name(effect.receipt.device)} {effect.receipt.progress}"
            case _:
                return kind

    # The team.

    def change_team(self) -> None:
        """Let the lead do one thing."""
        chance = self.chance
        lead = self.laptops[0].disk
        others = [one for one in lead.roster.active if one.device != lead.roster.lead]
        what = chance.random()
        if self.asks and what < 0.6:
            self.answer(self.asks.pop(0))
        elif what < 0.5 and len(self.laptops) < self.plan.most_laptops * 2:
            self.join(everything=chance.random() < 0.7)
        elif what < 0.75 and others:
            self.remove(chance.choice(others).device)
        elif what < 0.8:
            readers = [one.device for one in others if one.role == READER]
            for device in readers[:1]:
                self.grow("role", device=device, role=INSPECTOR)
        else:
            self.grow("rotate")

    def grow(self, kind: str, **body: Any) -> None:
        """Write the next entry on the lead's laptop and take it in there."""
        lead = self.laptops[0].disk
        entry = self.workshop.change(lead.roster, lead.present, kind, **body)
        self._take_own(entry)
        self.log.append(f"lead {kind}")

    def remove(self, device: str) -> None:
        """Take a laptop off the team, with what the lead holds of it."""
        newest = self.laptops[0].disk.newest.get(device, NONE)
        limit = self.laptops[0].disk.limits.get(device, newest.number)
        number = min(limit, newest.number)
        cut = (number, self.laptops[0].disk.hashes[device, number]) if number else None
        self.grow("remove", device=device, cut=cut)

    def join(self, *, everything: bool) -> None:
        """Let somebody in, with a laptop of their own."""
        own = self.workshop.draw(self.chance)
        reads_from = 1 if everything else self.laptops[0].disk.roster.epoch
        role = READER if self.chance.random() < 0.1 else INSPECTOR
        self.answer((own, reads_from, role))
        lead = self.laptops[0].disk
        disk = let_in(lead, own, self.workshop)
        self.laptops.append(Laptop(self._next_number(), disk))

    def answer(self, asked: tuple[Any, int, str]) -> None:
        """Add an identity to the team."""
        own, reads_from, role = asked
        lead = self.laptops[0].disk
        entry = self.workshop.add(lead.roster, lead.present, lead.secrets, own, role, reads_from)
        self._take_own(entry)
        self.log.append(f"lead adds {self._name(own.device_id)}")

    def _take_own(self, entry: bytes) -> None:
        grow_own(self.laptops[0].disk, entry, self.workshop)

    # What goes wrong on a laptop.

    def mishap(self, laptop: Laptop) -> None:
        """Copy, lose or put back a laptop, wipe what it holds, or let a member try to lead."""
        chance = self.chance
        what = chance.choice(("copy", "back", "keep", "keep", "lead", "wipe", "wipe", "lost"))
        if laptop.number == 0 or not laptop.is_active:
            return
        if what == "copy" and len(self.laptops) < self.plan.most_laptops * 2:
            self.laptops.append(Laptop(self._next_number(), laptop.disk.copy()))
            self.may_fork.add(laptop.disk.present.device_id)
        elif what == "back" and laptop.backup is not None:
            laptop.disk, laptop.backup, laptop.is_back = laptop.backup, None, True
        elif what == "keep":
            laptop.backup = laptop.disk.copy()
        elif what == "wipe" and not laptop.only_reads:
            self.wipe(laptop)
        elif what == "lead":
            self.pretend(laptop)
        elif what == "lost":
            self.laptops.remove(laptop)
        self.log.append(f"{laptop.number} {what}")

    def pretend(self, laptop: Laptop) -> None:
        """Let a member who doesn't lead write a change to the team, and hand it round."""
        disk = laptop.disk
        entry = self.workshop.change(disk.roster, disk.present, "rotate")
        with_rules = self.workshop.seals.take_in
        try:
            with_rules(disk.roster, entry)
        except RefusedRosterError:
            pass
        else:
            raise AssertionError("the rules took an entry by somebody who doesn't lead")
        name, raw = parcel(disk, entry, self.workshop)
        for place in self.places:
            place.put(laptop.number, {name: raw})

    # The end.

    def heal(self) -> int:
        """Let everybody exchange over an honest place, and people answer, until nothing moves."""
        place = Place(self.chance)
        self.plan = replace(self.plan, typing=0)
        for one in self.laptops:
            one.dies_in = None
        for turn in range(30):
            before = self._fingerprint(place)
            while self.asks:
                self.answer(self.asks.pop(0))
            for laptop in self.laptops:
                self.exchange(laptop, place)
                self._let_in(laptop)
            if self._fingerprint(place) == before:
                return turn
        raise AssertionError("it never comes to rest")

    def _let_in(self, laptop: Laptop) -> None:
        replica = MemoryReplica(laptop.disk)
        for row in replica.waiting():
            if row.wait.reason is Reason.PERSON:
                self._carry(laptop, inbox.let_in(replica, row.name, self.seals))

    def _fingerprint(self, place: Place) -> tuple[int, ...]:
        return (
            len(place.items),
            len(self.asks),
            *(len(one.disk.revisions) + len(one.disk.entries) for one in self.laptops),
            *(len(one.disk.waiting) + len(one.disk.forks) for one in self.laptops),
        )
