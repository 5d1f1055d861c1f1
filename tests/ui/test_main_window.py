"""A whole line in the real window: create, take in, type, lock, unlock, and find it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMessageBox, QWidget

from app.clock import SystemClock
from app.errors import StoreError
from app.operations.notes import list_notes
from app.operations.unlocking import unlock_profile
from app.ui.frame import Frame
from app.ui.locking.cover import Cover
from app.ui.main_window import MainWindow
from app.ui.pages.brief.page import BriefPage
from app.ui.pages.inspections.page import InspectionsPage
from app.ui.pages.letter.page import LetterPage
from app.ui.pages.notes.page import NotesPage
from app.ui.rooms import ROOMS
from app.ui.runner import ThreadRunner
from app.ui.theme import Theme
from app.ui.workflows.first_run.view import FirstRun
from app.ui.workflows.search import SearchDialog
from app.ui.workflows.unlock import UnlockView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WORDS_THAT_OPEN = "harbour lantern seven quilt meadow"
WORDS = "Zebra crossing watched at 08:40."
LONG = 20_000  # ms; deriving a key takes about a second on purpose


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, qapp) -> Iterator[MainWindow]:
    crashes: list[BaseException] = []
    runner = ThreadRunner(crashes.append)
    made = MainWindow(tmp_path / "profile", runner, SystemClock(), Theme(qapp), ROOMS)
    made.show()
    yield made
    qtbot.waitUntil(made.close, timeout=LONG)
    runner.finish()
    made.deleteLater()
    assert crashes == []


def shown(window: MainWindow, kind: type, qtbot: QtBot):
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), kind), timeout=LONG)
    return window.centralWidget()


def unlock(window: MainWindow, qtbot: QtBot, *, is_new: bool) -> None:
    if is_new:
        first = shown(window, FirstRun, qtbot)
        qtbot.keyClicks(first.who.name, "Ruth Okafor-Bell")
        qtbot.keyClick(first.who.name, Qt.Key.Key_Return)
        qtbot.keyClicks(first.words.form.first, WORDS_THAT_OPEN)
        qtbot.keyClicks(first.words.form.again, WORDS_THAT_OPEN)
        qtbot.keyClick(first.words.form.again, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: first._page is first.sheet, timeout=LONG)
        qtbot.mouseClick(first.sheet.later, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(first.begin.ways["list"], Qt.MouseButton.LeftButton)
        return
    view = shown(window, UnlockView, qtbot)
    qtbot.keyClicks(view.passphrase, WORDS_THAT_OPEN)
    qtbot.keyClick(view.passphrase, Qt.Key.Key_Return)


def notes_of(frame: Frame) -> NotesPage:
    return next(one for one in frame.pages if isinstance(one, NotesPage))


def open_note(notes: NotesPage, qtbot: QtBot) -> None:
    frame = notes.window().centralWidget()
    assert isinstance(frame, Frame)
    frame.show_room("Notes")
    note = notes.session.inspection.ask(list_notes)[0].id
    notes.open_note(note)
    qtbot.waitUntil(lambda: notes.writer.note == note, timeout=LONG)


def test_words_typed_just_before_locking_are_there_after_unlocking(
    window: MainWindow, qtbot: QtBot
) -> None:
    unlock(window, qtbot, is_new=True)
    page = shown(window, InspectionsPage, qtbot)
    page._on_try()
    frame = shown(window, Frame, qtbot)
    notes = notes_of(frame)
    open_note(notes, qtbot)
    notes.view.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(notes.view.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(notes.view.editor, WORDS)
    window.commands["lock"].trigger()
    assert window.findChild(Cover).isVisible()
    assert not notes.isVisible()

    unlock(window, qtbot, is_new=False)
    notes = notes_of(shown(window, Frame, qtbot))
    qtbot.waitUntil(
        lambda: (focus := window.focusWidget()) is not None and notes.isAncestorOf(focus),
        timeout=LONG,
    )
    qtbot.waitUntil(lambda: notes.writer.note != "", timeout=LONG)
    assert notes.view.editor.toPlainText().endswith(WORDS)

    window.commands["search"].trigger()
    search = window.findChild(SearchDialog)
    qtbot.keyClicks(search.field, "zebra cross")
    qtbot.waitUntil(lambda: search.list.current_key != "", timeout=LONG)
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notes.view.editor.textCursor().block().text() == WORDS, timeout=LONG)
    editor = notes.view.editor
    qtbot.waitUntil(
        lambda: "Zebra" in [one.cursor.selectedText() for one in editor.extraSelections()],
        timeout=LONG,
    )

    # From a block of the letter to where what was said of it is decided.
    frame = notes.window().centralWidget()
    letter = next(one for one in frame.pages if isinstance(one, LetterPage))
    frame.show_room("Letter")
    qtbot.waitUntil(lambda: bool(letter.against.blocks), timeout=LONG)
    block = next(iter(letter.against.blocks))
    letter.choose_block(block)
    letter.offered.against.trigger()
    assert isinstance(frame.page, BriefPage)
    found = frame.page.compare.view.list
    qtbot.waitUntil(
        lambda: found.current_key in {one.key for one in letter.against.blocks[block]}, timeout=LONG
    )
    frame.go_back()


def test_a_wrong_passphrase_is_said_in_a_sentence_and_asked_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    unlock(window, qtbot, is_new=True)
    shown(window, InspectionsPage, qtbot)
    window.commands["lock"].trigger()
    view = shown(window, UnlockView, qtbot)
    qtbot.keyClicks(view.passphrase, "another passphrase altogether")
    qtbot.keyClick(view.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(view.passphrase.isEnabled, timeout=LONG)
    assert "mistyped" in view.said.text()
    assert "another passphrase" not in view.said.text()


def test_the_lock_screen_shows_nothing_of_any_inspection(window: MainWindow, qtbot: QtBot) -> None:
    unlock(window, qtbot, is_new=True)
    page = shown(window, InspectionsPage, qtbot)
    page._on_try()
    shown(window, Frame, qtbot)
    window.commands["lock"].trigger()

    def texts() -> str:
        return " ".join(str(one.property("text") or "") for one in window.findChildren(QWidget))

    qtbot.waitUntil(lambda: "Wexcombe" not in texts(), timeout=LONG)
    assert window.windowTitle() == "Siteweek"


def test_closing_the_window_keeps_the_words_and_comes_back_to_them(
    window: MainWindow, qtbot: QtBot, qapp
) -> None:
    unlock(window, qtbot, is_new=True)
    shown(window, InspectionsPage, qtbot)._on_try()
    notes = notes_of(shown(window, Frame, qtbot))
    open_note(notes, qtbot)
    notes.view.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(notes.view.editor, WORDS)
    assert window.close()
    again = MainWindow(window._folder, window._runner, SystemClock(), Theme(qapp), ROOMS)
    unlock(again, qtbot, is_new=False)
    notes = notes_of(shown(again, Frame, qtbot))
    qtbot.waitUntil(lambda: notes.writer.note != "", timeout=LONG)
    assert notes.view.editor.toPlainText().endswith(WORDS)
    assert again.close()
    again.deleteLater()


def test_c17_a_window_whose_words_cannot_be_saved_stays_open_and_says_so(
    window: MainWindow, qtbot: QtBot
) -> None:
    unlock(window, qtbot, is_new=True)
    shown(window, InspectionsPage, qtbot)._on_try()
    frame = shown(window, Frame, qtbot)
    notes = notes_of(frame)
    open_note(notes, qtbot)
    inspection = frame.session.inspection
    begin = inspection.begin

    def refuse(*_args: object) -> None:
        raise StoreError("The disk is full.")

    inspection.begin = refuse
    notes.view.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(notes.view.editor, WORDS)
    assert not window.close()
    said = window.findChild(QMessageBox)
    assert "The disk is full." in said.informativeText()
    assert notes.view.editor.toPlainText().endswith(WORDS)
    window.close_inspection()
    assert window.centralWidget() is frame
    assert "The disk is full." in frame.message.text()
    inspection.begin = begin
    said.close()
    window.close_inspection()
    assert isinstance(window.centralWidget(), InspectionsPage)


def test_n01_an_inspection_open_elsewhere_is_said_and_the_list_is_shown(
    window: MainWindow, qtbot: QtBot
) -> None:
    unlock(window, qtbot, is_new=True)
    page = shown(window, InspectionsPage, qtbot)
    page._on_try()
    shown(window, Frame, qtbot)
    window.commands["lock"].trigger()
    shown(window, UnlockView, qtbot)
    elsewhere = unlock_profile(window._folder, WORDS_THAT_OPEN, SystemClock())
    held = elsewhere.open_inspection(elsewhere.inspections()[0].id)
    unlock(window, qtbot, is_new=False)
    page = shown(window, InspectionsPage, qtbot)
    qtbot.waitUntil(lambda: "open already" in page.said.text(), timeout=LONG)
    held.close()
    elsewhere.close()


def test_the_minutes_are_remembered_in_the_inspection(window: MainWindow, qtbot: QtBot) -> None:
    unlock(window, qtbot, is_new=True)
    shown(window, InspectionsPage, qtbot)._on_try()
    shown(window, Frame, qtbot)
    window.minutes.choose(30)
    window.commands["lock"].trigger()
    shown(window, UnlockView, qtbot)
    told: list[int] = []
    window.minutes.now = 5
    window.minutes.changed.connect(told.append)
    unlock(window, qtbot, is_new=False)
    shown(window, Frame, qtbot)
    qtbot.waitUntil(lambda: told == [30], timeout=LONG)
