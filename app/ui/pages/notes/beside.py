"""Two observers' notes of one event beside each other, minute by minute. For reading only."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from app.operations.notes import Note, Paragraph
    from app.operations.second_notes import Pair

_SIGNS: Final = {"verbatim": "❝ ", "evaluation": "▸ "}


class Beside(QWidget):
    """Shows a pair. Nothing is written here: each note keeps its own words."""

    closed = Signal()
    parted = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.title = label("", "title")
        self.words = QTextBrowser()
        self.words.setProperty("role", "words")
        self.words.setAccessibleName("Two notes by time")
        self.words.setTabChangesFocus(True)
        self.part = QPushButton("Not the same event")
        self.back = QPushButton("Back to the words")
        self.back.setToolTip("Escape")
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.part)
        top.addWidget(self.back)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.words, 1)
        self.back.clicked.connect(self.closed)
        self.part.clicked.connect(self.parted)

    def show_pair(self, pair: Pair, first_by: str, second_by: str) -> None:
        """Show two notes; where one reads stays."""
        self.title.setText(pair.first.record.text("title") or pair.second.record.text("title"))
        heads = (_head(pair.first, first_by), _head(pair.second, second_by))
        rows = [
            "<tr><td></td>" + "".join(f"<td><b>{escape(one)}</b></td>" for one in heads) + "</tr>"
        ]
        rows += [
            f"<tr><td>{one.time}</td><td>{_cell(one.first)}</td><td>{_cell(one.second)}</td></tr>"
            for one in pair.moments
        ]
        bar = self.words.verticalScrollBar()
        at = bar.value()
        self.words.setHtml(
            '<table width="100%" cellpadding="6"><colgroup><col width="8%"><col width="46%">'
            f'<col width="46%"></colgroup>{"".join(rows)}</table>'
        )
        bar.setValue(at)

    def begin(self) -> None:
        """Go to the words."""
        self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _head(note: Note, by: str) -> str:
    return " · ".join(part for part in (note.record.text("ref"), by) if part) or "A note"


def _cell(paragraphs: Sequence[Paragraph]) -> str:
    shown = []
    for one in paragraphs:
        whose = f" — {one.speaker}" if one.type == "verbatim" and one.speaker else ""
        words = escape(_SIGNS.get(one.type, "") + one.text + whose).replace("\n", "<br>")
        shown.append(words)
    return "<br>".join(shown)
