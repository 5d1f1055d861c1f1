"""Laptops of a team: real profiles and stores, which meet at real targets."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from app.clock import SystemClock
from app.operations.backups import list_backups, restore
from app.operations.exchange import put_out
from app.operations.sync import joining
from app.operations.sync.exchange import exchange
from app.operations.sync.joining import Person
from app.operations.sync.people import team
from app.operations.sync.places import Place, PlaceKind, add_place, open_target
from app.store import targets
from app.sync.targets.memory import Memory, MemoryTarget
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from app.operations.sync.exchange import Exchange
    from app.sync.targets.target import Target


class Laptop:
    """One person's laptop with one inspection open on it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.profile: Profile = quick.create(folder / name)
        self.id = ""
        self.inspection: Inspection

    @property
    def person(self) -> Person:
        return Person(self.name, "Ofsted", f"{self.name}'s laptop")

    def begin(self) -> None:
        """Make the inspection and its team."""
        self.id = self.profile.create_inspection({"area": "Wexcombe"})
        self.open()
        joining.invite(self.inspection, self.person)

    def open(self) -> None:
        self.inspection = self.profile.open_inspection(self.id)

    def close(self) -> None:
        self.inspection.close()

    def reopen(self) -> None:
        self.close()
        self.open()

    def admit(self, other: Laptop, *, role: str = "inspector", from_now: bool = False) -> None:
        """Let another laptop join, as two people would."""
        document = joining.invite(self.inspection, self.person)
        asked = joining.request(other.profile, document, other.person)
        candidate = joining.read_candidate(self.inspection, asked.content)
        assert candidate.words == asked.words
        admission = joining.admit(
            self.inspection, candidate, "in person", role=role, from_now=from_now
        )
        other.id = asked.inspection
        other.open()
        joining.join(other.inspection, admission)

    def meet(self, memory: Memory, target: Target | None = None) -> Exchange:
        """Exchange once at a place in memory."""
        key = self.inspection.store.write(
            lambda tx: _known(tx.connection, str(id(memory)))
        ).result()
        place = Place(key, PlaceKind.FOLDER, str(id(memory)))
        return exchange(self.inspection, place, target or MemoryTarget(memory))

    def meet_in(self, folder: Path) -> Exchange:
        """Exchange once in a folder."""
        place = add_place(self.inspection, PlaceKind.FOLDER, str(folder))
        target = open_target(self.inspection, place)
        try:
            return exchange(self.inspection, place, target)
        finally:
            target.close()

    def content(self) -> object:
        """All that an export holds. Records stand in it in the order they came, which differs."""
        read = json.loads("".join(self.inspection.ask(lambda view: list(put_out(view)))))
        return {**read, "records": sorted(read["records"], key=lambda one: one["id"])}

    @property
    def words(self) -> tuple[str, ...]:
        """Today's six words."""
        return team(self.inspection).words

    def copy_to(self, folder: Path, name: str) -> Laptop:
        """A second laptop with a copy of all of this one's files."""
        self.close()
        copy = object.__new__(Laptop)
        copy.name, copy.id = self.name, self.id
        shutil.copytree(self.profile.folder, folder / name)
        copy.profile = quick.unlock(folder / name)
        copy.open()
        self.open()
        return copy

    def put_back(self) -> None:
        """Restore the newest backup."""
        self.close()
        newest = list_backups(self.profile, self.id)[0]
        restore(self.profile, self.id, newest.stamp, SystemClock())
        self.open()


def _known(connection, address: str) -> int:
    return targets.add(connection, "folder", address)


def meet_all(memory: Memory, *laptops: Laptop, rounds: int = 3) -> None:
    """Let everybody exchange until nothing is new to anybody."""
    for _ in range(rounds):
        for one in laptops:
            one.meet(memory)
