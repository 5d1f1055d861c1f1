"""Words caught in passing are on disk within a second, whatever is done next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations.notes import list_notes, read_note
from app.ui.frame import Frame
from app.ui.pages.notes.page import NotesPage
from app.ui.rooms import ROOMS
from app.ui.widgets.picker import Picker
from app.ui.workflows.jotting import JottingDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.ui.session import Session

RETURN = Qt.Key.Key_Return
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def frame(session: Session, qtbot: QtBot) -> Iterator[Frame]:
    made = Frame(session, [one for one in ROOMS if one.name in {"Notes", "Findings"}])
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_frame()


def jotted(session: Session) -> list[str]:
    return [
        each.text
        for one in session.inspection.ask(list_notes)
        for each in session.inspection.ask(read_note, one.id).paragraphs
    ]


def begin(frame: Frame) -> JottingDialog:
    frame.jot()
    return frame._jotting


def test_what_is_typed_is_on_disk_before_it_is_filed(
    frame: Frame, session: Session, qtbot: QtBot
) -> None:
    dialog = begin(frame)
    assert session.inspection.ask(list_notes) == []
    qtbot.keyClicks(dialog.field, "Call the nursery")
    qtbot.waitUntil(lambda: jotted(session) == ["Call the nursery"], timeout=2000)
    assert dialog.told.text().startswith("Kept ")
    qtbot.keyClicks(dialog.field, " back.")
    qtbot.keyClick(dialog.field, RETURN)
    assert jotted(session) == ["Call the nursery back."]
    assert frame._jotting.is_closed


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, RETURN])
def test_however_it_is_closed_the_words_are_kept(
    frame: Frame, session: Session, qtbot: QtBot, key: Qt.Key
) -> None:
    dialog = begin(frame)
    qtbot.keyClicks(dialog.field, "one")
    qtbot.keyClick(dialog.field, RETURN, SHIFT)
    qtbot.keyClicks(dialog.field, "two")
    qtbot.keyClick(dialog.field, key)
    assert jotted(session) == ["one\ntwo"]


def test_nothing_typed_leaves_nothing_behind(frame: Frame, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClick(begin(frame).field, Qt.Key.Key_Escape)
    assert session.inspection.ask(list_notes) == []
    assert begin(frame).field.toPlainText() == ""


def test_the_words_are_kept_when_the_inspection_is_left(
    frame: Frame, session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClicks(begin(frame).field, "one")
    frame.close_frame()
    assert jotted(session) == ["one"]


def test_it_is_opened_among_the_notes_and_filed_there_by_keys(
    frame: Frame, session: Session, qtbot: QtBot
) -> None:
    frame.show_room("Findings")
    dialog = begin(frame)
    qtbot.keyClicks(dialog.field, "Nursery called.")
    qtbot.keyClick(dialog.field, RETURN, CTRL)
    page = frame.page
    assert isinstance(page, NotesPage)
    assert page.note.record.id == dialog.note
    page.view.editor.setFocus()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_J, CTRL | SHIFT)
    picker = page.findChild(Picker)
    qtbot.keyClicks(picker.field, "observation")
    qtbot.keyClick(picker.field, RETURN)
    assert page.note.record.kind == "observation"
    assert jotted(session) == ["Nursery called."]
    assert not page.offered.file_jotting.isEnabled()
