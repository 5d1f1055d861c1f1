"""The places of every kind, empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.sync.relay.engines import in_file
from app.sync.relay.settings import Rate, Settings
from tests.sync.relay.conftest import running
from tests.sync.targets.grounds import AtRelay, Ground, InFolder, InMemory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Tests send faster than people do.
UNHURRIED = Rate(100_000, 100_000)


@pytest.fixture
def memory() -> InMemory:
    return InMemory()


@pytest.fixture
def folder(tmp_path: Path) -> InFolder:
    return InFolder(tmp_path / "stick")


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[AtRelay]:
    database = in_file(tmp_path / "relay.db")
    settings = Settings(database, per_address=UNHURRIED, per_device=UNHURRIED)
    with running(settings) as one:
        ground = AtRelay(one)
        yield ground
        for target in ground.opened:
            target.close()


@pytest.fixture(params=["memory", "folder", "relay"])
def ground(request: pytest.FixtureRequest) -> Ground:
    return request.getfixturevalue(request.param)
