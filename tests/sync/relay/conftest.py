"""A real relay at a free port, over SQLite and over PostgreSQL, and a team of two at it."""

from __future__ import annotations

import itertools
import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.sync.relay.engines import in_file
from app.sync.relay.mailboxes import open_mailbox
from app.sync.relay.server import Server
from app.sync.relay.settings import Rate, Settings
from app.sync.relay.tables import METADATA
from tests.sync.relay import clusters
from tests.sync.relay.laptops import Laptop, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import URL

_NAMES = (f"relay_{os.getpid()}_{number}" for number in itertools.count())
# Tests send faster than people do; what a rate does is tested by itself.
_UNHURRIED = Rate(100_000, 100_000)


@dataclass
class Running:
    """A relay that runs, and its settings."""

    server: Server
    address: str
    settings: Settings

    def rows(self) -> dict[str, list[Any]]:
        """All that is stored, but for which requests were answered."""
        tables = [one for one in METADATA.sorted_tables if one.name != "replays"]
        held = self.server._relay
        assert held is not None
        return {
            table.name: held.database.ask(
                lambda connection, table=table: sorted(map(repr, connection.execute(select(table))))
            )
            for table in tables
        }

    def team(self, *, others: int = 1) -> tuple[Laptop, ...]:
        """The laptops of a new inspection, let in by the relay's own admin."""
        inspection = os.urandom(32)
        laptops = tuple(Laptop(self.address, inspection) for _ in range(1 + others))
        self.server.seed(inspection, listed(*laptops))
        return laptops

    def open(self) -> str:
        """Open a mailbox; return its code."""
        held = self.server._relay
        assert held is not None
        return held.database.change(lambda connection: open_mailbox(connection, 20_000))[1]


@contextmanager
def running(settings: Settings, clock: Any = None) -> Iterator[Running]:
    server = Server(settings, clock=clock)
    address = server.start()
    try:
        yield Running(server, address, settings)
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    reason = clusters.why_not()
    if reason:
        pytest.skip(reason)
    with clusters.cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of each kind."""
    if request.param == "sqlite":
        yield in_file(tmp_path / "relay.db")
        return
    with clusters.database(request.getfixturevalue("postgresql"), next(_NAMES)) as address:
        yield address


@pytest.fixture
def settings(database: str) -> Settings:
    return Settings(database, per_address=_UNHURRIED, per_device=_UNHURRIED)


@pytest.fixture
def light(tmp_path: Path) -> Settings:
    """For what has nothing to do with the kind of database."""
    address = in_file(tmp_path / "light.db")
    return Settings(address, per_address=_UNHURRIED, per_device=_UNHURRIED)


@pytest.fixture
def relay(settings: Settings) -> Iterator[Running]:
    with running(settings) as one:
        yield one


@pytest.fixture
def serve(light: Settings) -> Iterator[Callable[..., Running]]:
    """Serve over SQLite with these settings changed."""
    with ExitStack() as stack:

        def start(*, clock: Any = None, **changed: Any) -> Running:
            return stack.enter_context(running(replace(light, **changed), clock))

        yield start
