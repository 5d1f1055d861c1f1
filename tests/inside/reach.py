"""What a test may say to the app it speaks to: finds its window and types, as a person would."""

from __future__ import annotations

import ctypes
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.operations.notes import list_notes
from app.ui.frame import Frame
from app.ui.main_window import MainWindow
from app.ui.pages.inspections.page import InspectionsPage
from app.ui.pages.notes.page import NotesPage
from app.ui.workflows.unlock import UnlockView


def window() -> MainWindow:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))


def shown() -> str:
    """Which screen is up."""
    return type(window().centralWidget()).__name__


def unlock(words: str) -> None:
    view = window().centralWidget()
    assert isinstance(view, UnlockView)
    QTest.keyClicks(view.passphrase, words)
    QTest.keyClick(view.passphrase, Qt.Key.Key_Return)


def open_first() -> None:
    page = window().centralWidget()
    assert isinstance(page, InspectionsPage)
    QTest.keyClick(page.list, Qt.Key.Key_Return)


def open_note() -> None:
    notes = _notes()
    frame().show_room("Notes")
    notes.open_note(notes.session.inspection.ask(list_notes)[0].id)


def _notes() -> NotesPage:
    return next(one for one in frame().pages if isinstance(one, NotesPage))


def frame() -> Frame:
    found = window().centralWidget()
    assert isinstance(found, Frame)
    return found


def note() -> str:
    """The note that is open, if any."""
    return _notes().writer.note


def type_words(words: str) -> None:
    editor = _notes().view.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, words)


def words() -> str:
    return _notes().view.editor.toPlainText()


def copy_all() -> str:
    editor = _notes().view.editor
    editor.selectAll()
    editor.copy()
    return QGuiApplication.clipboard().text()


def press(key: Qt.Key) -> None:
    QTest.keyClick(window().focusWidget(), key, Qt.KeyboardModifier.ControlModifier)


def let_be_read() -> None:
    """Open this process's memory to its parent: the app keeps it shut, also against a test."""
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)


def is_shut() -> bool:
    """Whether the app keeps its memory shut."""
    return ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0


def titles() -> list[str]:
    """What every window of the app is called, and its icon's text, as a taskbar shows them."""
    every = QApplication.topLevelWidgets()
    return sorted(
        {one.windowTitle() for one in every if one.isVisible()}
        | {QGuiApplication.applicationDisplayName()}
    )


def file_dialog() -> None:
    """Open Qt's own file dialog on a folder, choose, and put it away."""
    dialog = QFileDialog(window(), "Take in", str(Path.cwd()))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    dialog.setDirectory(str(Path.cwd().parent))
    dialog.accept()
    dialog.close()
    shiboken6.delete(dialog)
