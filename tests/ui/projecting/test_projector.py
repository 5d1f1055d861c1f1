"""A page before a room: no child’s code and nobody’s name anywhere, until it is switched off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPlainTextEdit, QTextEdit, QWidget

from app.clock import SystemClock
from app.operations import records
from app.operations.demo import demo_document
from app.operations.escalations import write_escalation
from app.operations.exchange import take_in
from app.operations.meetings import list_meetings, share_point
from app.operations.team import be
from app.operations.work import new_id
from app.ui.frame import Frame
from app.ui.main_window import MainWindow
from app.ui.rooms import ROOMS
from app.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.session import Session

NAMES = ("Jane Okafor", "Okafor", "OF1", "OF2", "CQ1", "HC2", "PR1")
CODE = re.compile(r"(?<!\w)[CSL]\d{1,3}(?!\w)")


@pytest.fixture
def frame(session: Session, qtbot: QtBot) -> Iterator[Frame]:
    do = session.inspection.do
    do(take_in, demo_document())
    do(be, "p-lead")
    do(records.change, "p-lead", {"name": "Jane Okafor"})
    made = Frame(session, ROOMS)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_frame()


def visible_words(root: QWidget) -> list[str]:
    """Every word that stands on screen, and all that is told to a screen reader or in a tip."""
    words: list[str] = []
    for one in root.findChildren(QWidget):
        if not one.isVisible() or not one.height():
            continue
        words += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, QLabel | QLineEdit):
            words.append(one.text())
        elif isinstance(one, QPlainTextEdit | QTextEdit):
            words.append(one.toPlainText())
        elif isinstance(one, QListView) and hasattr(one, "shown"):
            for row in one.shown.rows:
                words += [row.title, row.meta, row.badge, row.aloud]
    return words


def assert_nobody_is_shown(frame: Frame) -> None:
    for words in visible_words(frame):
        assert not CODE.search(words), words
        for name in NAMES:
            assert not re.search(rf"(?<!\w){name}(?!\w)", words), words


@pytest.mark.parametrize("room", [one.name for one in ROOMS])
def test_no_page_shows_a_code_or_a_name(frame: Frame, room: str) -> None:
    frame.show_room(room)
    frame.projector.toggle()
    assert_nobody_is_shown(frame)
    assert "F11" in frame.about.text()


def test_the_other_way_round_the_test_would_see_them(frame: Frame) -> None:
    frame.show_room("Tasks")
    meeting = frame.session.inspection.ask(list_meetings)[1].id
    frame.page.show_record(meeting)
    words = " ".join(visible_words(frame))
    assert CODE.search(words)
    assert "OF2" in words


@pytest.mark.parametrize("record", ["n-m-2", "n-m-4", "n-sc-06", "n-sc-17", "n-e-1", ""])
def test_nothing_chosen_on_the_tasks_page_shows_a_code_or_a_name(frame: Frame, record: str) -> None:
    frame.show_room("Tasks")
    if record:
        frame.page.show_record(record)
    frame.projector.toggle()
    assert_nobody_is_shown(frame)
    assert frame.projector.view.rows.shown.rows


def test_words_of_a_meeting_are_read_with_a_child_in_place_of_its_code(frame: Frame) -> None:
    frame.show_room("Tasks")
    frame.page.show_record("n-m-2")
    frame.projector.toggle()
    titles = [row.title for row in frame.projector.view.rows.shown.rows]
    assert any(one.startswith("A child: bail breach in a visit record") for one in titles)


def test_a_change_from_elsewhere_is_shown_masked_as_well(frame: Frame) -> None:
    frame.show_room("Tasks")
    frame.page.show_record("n-sc-06")
    frame.projector.toggle()
    changes = frame.session.inspection.do(share_point, "n-sc-06", "C3 was told by Jane Okafor.")
    frame.session.bus.changed.emit(changes)
    titles = [row.title for row in frame.projector.view.rows.shown.rows]
    assert "A child was told by lead inspector, HMI (Ofsted)." in titles
    changes = frame.session.inspection.do(
        write_escalation, new_id(), {"concern": "C3 hurt", "concerns": "C3"}
    )
    frame.session.bus.changed.emit(changes)
    frame.say("C3 and OF1")
    assert frame.escalations.line.isVisible()
    assert_nobody_is_shown(frame)


def test_it_is_on_until_it_is_switched_off_and_then_all_is_as_it_was(frame: Frame) -> None:
    frame.show_room("Findings")
    about = frame.about.text()
    frame.projector.toggle()
    frame.show_room("Letter")
    assert not frame.stack.isVisible()
    assert frame.projector.view.title.text() == "Letter"
    frame.projector.toggle()
    assert frame.stack.isVisible()
    assert not frame.projector.view.isVisible()
    assert frame.about.text() == about
    assert frame.page.title == "Letter"


def test_nothing_that_would_show_a_name_can_be_opened_before_a_room(
    frame: Frame, qtbot: QtBot, qapp, tmp_path: Path
) -> None:
    window = MainWindow(tmp_path, frame.session.runner, SystemClock(), Theme(qapp), ROOMS)
    qtbot.addWidget(window)
    window._shown = frame
    window._allow(frame)
    refused = {"search", "go_to", "do", "escalate", "back", "forward", "export_list"}
    window.commands["project"].trigger()
    assert [one for one in refused if window.commands[one].isEnabled()] == []
    window.commands["project"].trigger()
    assert [one for one in refused if not window.commands[one].isEnabled()] == []
    window.commands["escalate"].trigger()
    assert frame.page.title == "Tasks"
    window._shown = None
