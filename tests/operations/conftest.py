"""An open, empty inspection in a real encrypted store, and the clock it goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations.inspection import Inspection
from tests.fakes.clock import StillClock
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def inspection(tmp_path: Path, clock: StillClock) -> Iterator[Inspection]:
    opened = Inspection("0" * 32, open_store(tmp_path / "store", clock), clock)
    yield opened
    opened.close()
