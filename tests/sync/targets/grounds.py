"""The three kinds of places that every target promise is held against, and what a test does there.

What lies at a place can be altered behind the targets' backs, as whoever runs it could.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import delete, select, update

from app.sync.relay.tables import ITEMS, MAILBOXES
from app.sync.targets.folder import FolderTarget
from app.sync.targets.memory import Memory, MemoryTarget
from app.sync.targets.relay import RelayTarget
from tests.sync.relay.laptops import Laptop

if TYPE_CHECKING:
    from pathlib import Path

    from app.sync.targets.target import Target
    from tests.sync.relay.conftest import Running

TEAM = 4


class Ground(Protocol):
    """A place for one inspection."""

    team: tuple[Laptop, ...]

    def open(self, laptop: int = 0) -> Target:
        """A target as one of the team's laptops opens it."""
        ...

    def alter(self, name: str, content: bytes | None) -> None:
        """Put other bytes under a name, or take it away."""
        ...

    def renew(self) -> None:
        """Set the place up anew: nothing lies there, and its old cursors mean nothing."""
        ...


def strangers() -> tuple[Laptop, ...]:
    """Laptops of one inspection that no relay knows."""
    inspection = os.urandom(32)
    return tuple(Laptop("", inspection) for _ in range(TEAM))


class InMemory:
    def __init__(self) -> None:
        self.team = strangers()
        self.memory = Memory()

    def open(self, laptop: int = 0) -> Target:
        assert laptop < TEAM
        return MemoryTarget(self.memory)

    def alter(self, name: str, content: bytes | None) -> None:
        if content is None:
            del self.memory.items[name]
        else:
            self.memory.items[name] = content

    def renew(self) -> None:
        fresh = Memory()
        self.memory.items, self.memory.order = fresh.items, fresh.order
        self.memory.era = fresh.era


class InFolder:
    def __init__(self, folder: Path) -> None:
        self.team = strangers()
        self.folder = folder
        folder.mkdir()

    @property
    def inside(self) -> Path:
        return self.folder / f"siteweek-{self.team[0].inspection.hex()[:16]}"

    def open(self, laptop: int = 0) -> FolderTarget:
        assert laptop < TEAM
        return FolderTarget(self.folder, self.team[0].inspection, look_every=0.02)

    def alter(self, name: str, content: bytes | None) -> None:
        if content is None:
            (self.inside / name).unlink()
        else:
            (self.inside / name).write_bytes(content)

    def renew(self) -> None:
        shutil.rmtree(self.inside, ignore_errors=True)


class AtRelay:
    def __init__(self, relay: Running) -> None:
        self.relay = relay
        self.team = relay.team(others=TEAM - 1)
        self.opened: list[RelayTarget] = []

    def open(self, laptop: int = 0) -> RelayTarget:
        own = self.team[laptop]
        self.opened.append(RelayTarget(self.relay.address, own.inspection, own.own))
        return self.opened[-1]

    def alter(self, name: str, content: bytes | None) -> None:
        which = (ITEMS.c.mailbox == self._mailbox(), ITEMS.c.name == name)
        if content is None:
            self._change(delete(ITEMS).where(*which))
        else:
            self._change(update(ITEMS).where(*which).values(content=content, size=len(content)))

    def renew(self) -> None:
        box = self._mailbox()
        self._change(delete(ITEMS).where(ITEMS.c.mailbox == box))
        afresh = {"era": os.urandom(8).hex(), "newest": 0, "item_count": 0, "item_bytes": 0}
        self._change(update(MAILBOXES).where(MAILBOXES.c.id == box).values(**afresh))

    def _mailbox(self) -> int:
        held = self.relay.server._relay
        assert held is not None
        of = select(MAILBOXES.c.id).where(MAILBOXES.c.inspection == self.team[0].inspection)
        return held.database.ask(lambda connection: connection.scalar(of))

    def _change(self, statement: object) -> None:
        held = self.relay.server._relay
        assert held is not None
        held.database.change(lambda connection: connection.execute(statement))
