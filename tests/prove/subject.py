"""An inspection at several moments, for tests that change or exchange its files."""

from __future__ import annotations

from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.errors import SiteweekError
from app.operations.keys import open_keys
from app.operations.notes import add_paragraph
from app.operations.throttle import ATTEMPTS
from app.store import engine
from app.store.places import STORE
from tests.operations import quick
from tests.prove.folders import contents, put
from tests.prove.scenes.opening import PROFILE
from tests.prove.scenes.saving import begun, note_of
from tests.prove.scenes.writing import Held, held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from tests.prove.folders import Tree
    from tests.prove.judge import Place

SAVES: Final = 12
NOTHING: Final = MappingProxyType({})


class Subject:
    """A profile with an inspection, at moments: each later one has more in it."""

    def __init__(self, place: Place, seed: str) -> None:
        """Write in it, keeping what lay on the disk on the way."""
        self.place, self.random = place, Random(seed)
        self.root = place.put({})
        begun(self.root, self.random)
        profile = quick.unlock(self.root / PROFILE)
        self.id = profile.inspections()[0].id
        self.folder = f"{PROFILE}/inspections/{self.id}"
        self.early = contents(self.root)
        self.early_held = self._write(3)
        self.middle = contents(self.root)
        self.held: list[Held] = []  # after each save of the last part
        inspection = profile.open_inspection(self.id)
        note, self.device = note_of(inspection), own_device(inspection)
        self.held.append(inspection.ask(held))
        for number in range(SAVES):
            inspection.do(add_paragraph, note, f"save {number} {self.random.getrandbits(64):x}")
            self.held.append(inspection.ask(held))
        inspection._store.settle()
        self.open = contents(self.root)  # with its log
        inspection.close()
        self.closed = contents(self.root)

    def _write(self, times: int) -> Held:
        inspection = quick.unlock(self.root / PROFILE).open_inspection(self.id)
        note = note_of(inspection)
        for number in range(times):
            inspection.do(add_paragraph, note, f"early {number}")
        there = inspection.ask(held)
        inspection.close()
        return there

    def put(self, tree: Tree, changed: Mapping[str, bytes | None] = NOTHING) -> None:
        """Put a moment there, with some of the inspection's files changed, or left out if None."""
        tree = {**tree, **{self.path(name): content for name, content in changed.items()}}
        gone = {self.path(name) for name, content in changed.items() if content is None}
        put(self.root, {path: content for path, content in tree.items() if path not in gone})

    def path(self, name: str) -> str:
        """The path of one of the inspection's files below the root."""
        return f"{self.folder}/{name}"

    def file(self, tree: Tree, name: str) -> bytes:
        """One of the inspection's files at a moment."""
        content = tree[self.path(name)]
        assert content is not None
        return content

    def unlocked(self) -> Profile:
        """The profile that is there, however often it was tried."""
        (self.root / PROFILE / ATTEMPTS).unlink(missing_ok=True)
        return quick.unlock(self.root / PROFILE)

    def opened(self) -> tuple[Held, list[str], str] | str:
        """Open and close the inspection: its words, notices and device; or why it is refused."""
        try:
            inspection = self.unlocked().open_inspection(self.id)
        except SiteweekError as problem:
            return problem.sentence
        try:
            return inspection.ask(held), inspection.notices, own_device(inspection)
        finally:
            inspection.close()

    def faults(self) -> list[str]:
        """What both integrity checks say of the store."""
        keys = open_keys(self.root / self.folder, bytes.fromhex(self.id), self.unlocked().master)
        try:
            return engine.faults(self.root / self.path(STORE), keys.database.raw)
        except SiteweekError as problem:
            return [problem.sentence]


def own_device(inspection: Inspection) -> str:
    """The identity under which this laptop writes."""
    sql = "SELECT id FROM device WHERE is_self = 1"
    found: str = inspection.ask(lambda view: view.records.connection.execute(sql).fetchone()[0])
    return found
