from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit

from app.ui.locking.clipboard import MARKS, PrivateClipboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

WORDS = "Zebra crossing watched at 08:40."


@pytest.fixture
def private(qapp) -> Iterator[PrivateClipboard]:
    # The offscreen platform has one clipboard and says that nobody filled it.
    made = PrivateClipboard(qapp, lambda mode: mode == QClipboard.Mode.Clipboard)
    yield made
    QGuiApplication.clipboard().clear()
    made._clipboard.dataChanged.disconnect(made._on_copied)
    made._clipboard.selectionChanged.disconnect(made._on_selected)
    made.deleteLater()


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit])
def test_k06_words_copied_from_any_field_are_marked_as_private(kind: type, qtbot: QtBot) -> None:
    field = kind()
    qtbot.addWidget(field)
    field.setText(WORDS) if hasattr(field, "setText") else field.setPlainText(WORDS)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    held = QGuiApplication.clipboard().mimeData()
    assert held.text() == WORDS
    for name, value in MARKS.items():
        assert bytes(held.data(name)) == value, name


@pytest.mark.usefixtures("private")
def test_k06_marking_keeps_every_format_that_was_copied() -> None:
    copied = QMimeData()
    copied.setText(WORDS)
    copied.setHtml(f"<b>{WORDS}</b>")
    copied.setData("application/x-siteweek-test", b"\0\1")
    QGuiApplication.clipboard().setMimeData(copied)
    held = QGuiApplication.clipboard().mimeData()
    assert held.hasFormat("x-kde-passwordManagerHint")
    assert (held.text(), held.html()) == (WORDS, f"<b>{WORDS}</b>")
    assert bytes(held.data("application/x-siteweek-test")) == b"\0\1"


def test_k06_what_is_ours_is_cleared(private: PrivateClipboard) -> None:
    QGuiApplication.clipboard().setText(WORDS)
    private.clear()
    assert QGuiApplication.clipboard().text() == ""


def test_k06_what_another_program_copied_is_neither_marked_nor_cleared(
    private: PrivateClipboard,
) -> None:
    private._is_ours = lambda _mode: False
    QGuiApplication.clipboard().setText("theirs")
    private.clear()
    held = QGuiApplication.clipboard().mimeData()
    assert held.text() == "theirs"
    assert not held.hasFormat("x-kde-passwordManagerHint")
