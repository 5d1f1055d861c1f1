"""Enter in a window that asks for something means its own button, never another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget

from app.domain.long_list import long_list
from app.operations.sheets import Named
from app.ui.care.step import StepDialog
from app.ui.pages.findings.split_dialog import SplitDialog
from app.ui.pages.inspections.new_inspection import NewInspection
from app.ui.pages.plan.list_dialog import ListDialog
from app.ui.pages.tasks.members import MembersPicker
from app.ui.pages.team.dialogs import Person, WhoDialog, WordsDialog
from app.ui.runner import ImmediateRunner
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.write_dialog import WriteDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def shown(dialog: QDialog, qtbot: QtBot) -> list[object]:
    """Show it as a person sees it, and take down what it answers."""
    told: list[object] = []
    dialog.rejected.connect(lambda: told.append("left"))
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    QApplication.processEvents()
    return told


def test_enter_writes_once_a_folder_is_named(parent: QWidget, qtbot: QtBot) -> None:
    dialog = WriteDialog(parent, "Write", (("docx", "Word document"), ("pdf", "PDF")))
    told = shown(dialog, qtbot)
    dialog.wanted.connect(lambda folder, formats: told.append((folder.name, formats)))
    qtbot.keyClick(dialog.folder, Qt.Key.Key_Return)
    assert (told, dialog.findChildren(QFileDialog)) == ([], []), "nothing to write yet"
    qtbot.keyClicks(dialog.folder, "stick")
    qtbot.keyClick(dialog.folder, Qt.Key.Key_Return)
    assert told == [("stick", ("docx",))]


def test_enter_splits_once_there_are_words_and_a_reason(parent: QWidget, qtbot: QtBot) -> None:
    dialog = SplitDialog(parent, "Both.", [])
    told = shown(dialog, qtbot)
    dialog.wanted.connect(lambda *said: told.append(said))
    qtbot.keyClicks(dialog.statement, "One.")
    qtbot.keyClick(dialog.statement, Qt.Key.Key_Return)
    assert told == []
    qtbot.keyClicks(dialog.why, "Two things.")
    qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    assert told == [("One.", [], "Two things.")]


def test_enter_gives_one_line_once_it_holds_words(parent: QWidget, qtbot: QtBot) -> None:
    dialog = OneLine(parent, "Name", "What is it called?")
    told = shown(dialog, qtbot)
    dialog.given.connect(told.append)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert told == []
    qtbot.keyClicks(dialog.field, "First")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert told == ["First"]


def test_enter_saves_the_members_that_space_ticked(parent: QWidget, qtbot: QtBot) -> None:
    dialog = MembersPicker(parent, [Named("one", "OF1"), Named("two", "OF2")], ["one"])
    told = shown(dialog, qtbot)
    dialog.wanted.connect(told.append)
    dialog.list.setCurrentRow(1)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert told == [["one", "two"]]


def test_enter_takes_a_list_in_under_the_name_just_typed(parent: QWidget, qtbot: QtBot) -> None:
    rows = (("Child ID", "Gender", "Status"), ("77001", "F", "CIN"), ("77002", "M", "CPP"))
    found = long_list("List", rows, date(2026, 10, 12))
    dialog = ListDialog(parent, (found,))
    told = shown(dialog, qtbot)
    dialog.wanted.connect(lambda _list, called: told.append(called))
    dialog.called.setFocus()
    dialog.called.selectAll()
    qtbot.keyClicks(dialog.called, "August")
    qtbot.keyClick(dialog.called, Qt.Key.Key_Return)
    assert told == ["August"]


def test_enter_admits_only_once_it_is_said_how_the_words_were_compared(
    parent: QWidget, qtbot: QtBot
) -> None:
    person = Person("Jo Adeyemi", "CQC", "laptop")
    dialog = WordsDialog(parent, person, ("harbour",) * 12)
    told = shown(dialog, qtbot)
    dialog.agreed.connect(lambda how, *_rest: told.append(how))
    qtbot.keyClick(dialog.how, Qt.Key.Key_Return)
    assert told == []
    qtbot.keyClicks(dialog.how, "In person")
    qtbot.keyClick(dialog.how, Qt.Key.Key_Return)
    assert told == ["In person"]


def test_enter_gives_a_name_and_begins_an_inspection(parent: QWidget, qtbot: QtBot) -> None:
    dialog = WhoDialog(parent, "To join.", "Ask")
    told = shown(dialog, qtbot)
    dialog.given.connect(lambda person: told.append(person.name))
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert told == []
    qtbot.keyClicks(dialog.name, "Ann Bell")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert told == ["Ann Bell"]
    begun = NewInspection(parent)
    told = shown(begun, qtbot)
    begun.wanted.connect(lambda fields: told.append(fields["area"]))
    qtbot.keyClicks(begun.area, "Wexcombe")
    qtbot.keyClick(begun.area, Qt.Key.Key_Return)
    assert told == ["Wexcombe"]


def test_enter_in_a_field_begins_a_step_and_leaves_once_it_is_over(
    parent: QWidget, qtbot: QtBot
) -> None:
    class Step(StepDialog):
        def act(self) -> None:
            told.append("begun")
            self.finish("Done.")

    dialog = Step(parent, ImmediateRunner(), "Something happens.", "Do it")
    dialog.go.setEnabled(False)
    field = QLineEdit()
    dialog.body.addWidget(field)
    told = shown(dialog, qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == [], "what was typed stays until it can be used"
    dialog.go.setEnabled(True)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["begun"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["begun", "left"], "what is over is not begun again"
    assert not dialog.isVisible()


def test_enter_on_cancel_leaves_whatever_else_could_be_done(parent: QWidget, qtbot: QtBot) -> None:
    dialog = OneLine(parent, "Name", "What is it called?")
    told = shown(dialog, qtbot)
    dialog.given.connect(told.append)
    qtbot.keyClicks(dialog.field, "First")
    (cancel,) = [one for one in dialog.findChildren(QPushButton) if one is not dialog.save]
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Return)
    assert told == ["left"]


def test_enter_does_nothing_again_once_a_field_is_emptied(parent: QWidget, qtbot: QtBot) -> None:
    dialog = OneLine(parent, "Name", "What is it called?")
    told = shown(dialog, qtbot)
    dialog.given.connect(told.append)
    qtbot.keyClicks(dialog.field, "F")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert told == []
    qtbot.keyClicks(dialog.field, "F")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert told == ["F"]
