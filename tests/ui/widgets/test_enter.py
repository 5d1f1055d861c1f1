"""Enter in a window that asks for something means its own button, never another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from app.ui.pages.findings.split_dialog import SplitDialog
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
