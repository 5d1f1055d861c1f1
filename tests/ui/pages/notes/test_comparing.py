"""A paragraph's past, two versions of it, and two notes of one event are looked at by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.operations.forks import forks
from app.operations.notes import add_note, add_paragraph, edit_paragraph, read_note
from app.operations.second_notes import pair_notes, second_note
from app.ui.pages.notes.beside import Beside
from app.ui.pages.notes.history_dialog import HistoryDialog
from app.ui.pages.notes.versions_dialog import VersionsDialog
from app.ui.widgets.picker import Picker
from tests.operations.asking import fork
from tests.ui.pages.conftest import SEEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.pages.notes.page import NotesPage
    from tests.ui.pages.conftest import Case

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_paragraph_goes_back_to_what_it_was(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    case.do(edit_paragraph, case.seen, "Something else.")
    editor = page.view.editor
    editor.show_paragraph(case.seen)
    qtbot.keyClick(editor, Qt.Key.Key_H, CTRL | SHIFT)
    dialog = page.findChild(HistoryDialog)
    assert [one.badge for one in dialog.list.shown.rows] == ["now", ""]
    assert not dialog.restore.isEnabled()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.words.toPlainText() == SEEN
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert case.ask(read_note, case.note).paragraphs[1].text == SEEN
    assert editor.paper.lines[1].text == SEEN


def test_of_two_versions_one_is_kept_by_its_button(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    assert page.view.versions.isHidden()
    fork(case.session.inspection, case.seen, {"text": "Mine."}, {"text": "Theirs."})
    page.reload()
    assert page.view.versions.isVisible()
    (found,) = case.ask(forks, case.seen)
    qtbot.mouseClick(page.view.versions, Qt.MouseButton.LeftButton)
    dialog = page.findChild(VersionsDialog)
    assert len(dialog.keeps) == 2
    qtbot.mouseClick(dialog.keeps[1], Qt.MouseButton.LeftButton)
    assert case.ask(read_note, case.note).paragraphs[1].text == found.sides[1].value
    assert page.view.versions.isHidden()


def test_a_second_note_is_chosen_once_and_then_stands_beside(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    other = case.do(add_note, "jotting", {"title": "The second observer"})
    case.do(add_paragraph, other, "She looked at the clock.")
    editor = page.view.editor
    qtbot.keyClick(editor, Qt.Key.Key_B, CTRL | SHIFT)
    picker = page.findChild(Picker)
    qtbot.keyClicks(picker.field, "second obs")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    shown = page.comparing.beside
    assert isinstance(shown, Beside)
    assert SEEN in shown.words.toPlainText()
    assert "She looked at the clock." in shown.words.toPlainText()
    case.do(add_paragraph, other, "And left.")
    assert "And left." in shown.words.toPlainText()
    qtbot.keyClick(shown.words, Qt.Key.Key_Escape)
    assert page.comparing.beside is None
    assert editor.hasFocus()
    qtbot.keyClick(editor, Qt.Key.Key_B, CTRL | SHIFT)
    qtbot.mouseClick(page.comparing.beside.part, Qt.MouseButton.LeftButton)
    assert page.comparing.beside is None
    assert case.ask(second_note, case.note) is None


def test_another_note_closes_what_stood_beside(case: Case, page: NotesPage) -> None:
    other = case.do(add_note, "jotting", {"title": "Second"})
    case.do(pair_notes, case.note, other)
    page.offered.second_note.trigger()
    assert page.comparing.beside is not None
    page.open_note(other)
    assert page.comparing.beside is None
    assert page.view.left.isVisible()
