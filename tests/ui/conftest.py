"""A real encrypted inspection, empty, and a session over it that answers at once."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.operations.demo import demo_document
from app.operations.exchange import take_in
from app.operations.inspection import Inspection
from app.ui.change_bus import ChangeBus
from app.ui.frame import Frame
from app.ui.lasting import keep_constants_alive
from app.ui.rooms import ROOMS
from app.ui.runner import ImmediateRunner
from app.ui.session import Session
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

keep_constants_alive()


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Collect on this thread alone, as the app does."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def inspection(tmp_path: Path) -> Iterator[Inspection]:
    made = Inspection("0" * 32, open_store(tmp_path / "store"), SystemClock())
    yield made
    made.close()


@pytest.fixture
def session(inspection: Inspection) -> Session:
    return Session(inspection, ImmediateRunner(), ChangeBus())


@pytest.fixture
def frame(session: Session, qtbot: QtBot) -> Iterator[Frame]:
    """Every page over the invented inspection."""
    session.inspection.do(take_in, demo_document())
    made = Frame(session, ROOMS)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close_frame()
