from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations import records
from app.operations.closing import close_inspection
from app.operations.inspection import Inspection
from app.ui.change_bus import ChangeBus
from app.ui.frame import Frame
from app.ui.keeper import EVERY, Keeper
from app.ui.rooms import ROOMS
from app.ui.runner import ImmediateRunner
from app.ui.session import Session
from app.ui.widgets.notice_bar import NoticeBar
from tests.fakes.clock import StillClock
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.usefixtures("qtbot")
def test_a_backup_is_made_by_the_hour_and_only_of_something_new(tmp_path: Path) -> None:
    clock = StillClock()
    inspection = Inspection("0" * 32, open_store(tmp_path / "store", clock), clock)
    keeper = Keeper(None, Session(inspection, ImmediateRunner(), ChangeBus()))
    backups = tmp_path / "store" / "backups"
    inspection.do(records.add, "jotting", {"title": "seen"})
    keeper.back_up()
    keeper.back_up()
    assert len(list(backups.glob("*.db"))) == 1
    inspection.do(records.add, "jotting", {"title": "heard"})
    clock.move(EVERY - timedelta(seconds=1))
    keeper.back_up()
    assert len(list(backups.glob("*.db"))) == 1
    clock.move(timedelta(seconds=1))
    keeper.back_up()
    assert len(list(backups.glob("*.db"))) == 2
    keeper.close_keeper()
    inspection.close()


def test_a_notice_stays_until_it_was_read_and_the_next_one_follows(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.tell([])
    assert bar.isHidden()
    bar.tell(["one", "two"])
    bar.tell(["one", "two"])
    assert bar.words.text() == "one"
    qtbot.mouseClick(bar.noted, Qt.MouseButton.LeftButton)
    assert bar.words.text() == "two"
    qtbot.keyClick(bar.noted, Qt.Key.Key_Space)
    assert bar.isHidden()
    bar.tell(["one", "two", "three"])
    assert bar.words.text() == "three"


@pytest.mark.usefixtures("qtbot")
def test_a_closed_inspection_says_so_above_its_pages(tmp_path: Path) -> None:
    clock = StillClock()
    inspection = Inspection("0" * 32, open_store(tmp_path / "store", clock), clock)
    inspection.do(records.add, "inspection", {"area": "Wexcombe"})
    session = Session(inspection, ImmediateRunner(), ChangeBus())
    frame = Frame(session, ROOMS)
    assert frame.notices.isHidden()
    frame.close_frame()
    inspection.do(close_inspection, "the letter is published")
    frame = Frame(session, ROOMS)
    assert not frame.notices.isHidden()
    assert "closed on 12 October 2026" in frame.notices.words.text()
    frame.close_frame()
    inspection.close()
