"""A daily meeting on screen: agenda beside minutes, and one line to write in as they talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.ui.pages.tasks.line_in import LineIn
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView
from app.ui.widgets.titled import SideBySide
from app.ui.widgets.wheel import pass_wheel_on

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

HEADLINE: Final = "headline"
DECISION: Final = "decision"
ACTION: Final = "action"
_KINDS: Final = ((HEADLINE, "Headline"), (DECISION, "Decision"), (ACTION, "Action"))
_HINTS: Final = {
    HEADLINE: "CQC: what was heard. Enter adds it.",
    DECISION: "What was decided. Enter adds it.",
    ACTION: "OF2: what is to be done by Thu. Enter adds it.",
}
_NARROW: Final = 95  # letters of width below which the minutes stand under the agenda


class MeetingSheet(QWidget):
    """Shows a meeting and says what a person wants done with it."""

    fill_requested = Signal(str)  # the key of an agenda line
    done_requested = Signal(str)  # the key of a row of the minutes

    def __init__(self) -> None:
        """Lay out an empty meeting."""
        super().__init__()
        self.title = label("", "title")
        self.about = label("", "meta")
        self.write = QPushButton("Write its page…")
        self.write.setAccessibleDescription("Ctrl+Shift+W")
        self.finish = QPushButton("Finish the meeting")
        self.kind = Choice()
        self.kind.setAccessibleName("What is written")
        for key, words in _KINDS:
            self.kind.addItem(words, key)
        pass_wheel_on(self.kind)
        self.line = LineIn("Add", "")
        self.meant = label("", "meta")
        self.meant.setAccessibleName("What it is taken for")
        self.agenda = RowsView("Agenda", most_lines=2)
        self.agenda.nothing = "No gaps the app can see: nothing is missing that was planned."
        self.agenda.setAccessibleDescription("Enter opens the thing, Ctrl+T makes the task for it")
        self.minutes = RowsView("Minutes", most_lines=0)
        self.minutes.nothing = "Nothing yet. Write above while people talk."
        self.minutes.setAccessibleDescription(
            "Enter marks an action done, a decision settled, a person present"
        )
        self.both = QSplitter()
        self.both.setChildrenCollapsible(False)
        self.setFocusProxy(self.line)
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda _at: self._on_kind())
        self.minutes.row_chosen.connect(self.done_requested)
        self.minutes.installEventFilter(self)
        self._on_kind()

    @property
    def writing(self) -> str:
        """Whether a headline, a decision or an action is being written."""
        return str(self.kind.currentData())

    def write_a(self, kind: str) -> None:
        """Go to the line, to write a headline, a decision or an action."""
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.line.setFocus()

    def show_meant(self, words: str) -> None:
        """Say what the line will be taken for, as it is typed."""
        self.meant.setText(words or self._advice)

    @property
    def _advice(self) -> str:
        return "Ctrl+Shift+H headline · Ctrl+Shift+D decision · Ctrl+Shift+A action"

    def _on_kind(self) -> None:
        hint = _HINTS[self.writing]
        self.line.field.setPlaceholderText(hint)
        self.line.field.setAccessibleDescription(hint)
        self.show_meant("")

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height()
        head = SideBySide([self.title, self.write, self.finish], (1, 0, 0), 14)
        capture = QHBoxLayout()
        capture.addWidget(self.kind)
        capture.addWidget(self.line, 1)
        for heading, rows in (("What is missing", self.agenda), ("Minutes", self.minutes)):
            pane = QWidget()
            part = QVBoxLayout(pane)
            part.setContentsMargins(0, 0, 0, 0)
            self._beside = part  # the layout of the second, which stands beside or under
            part.addWidget(label(heading, "heading"))
            part.addWidget(rows, 1)
            self.both.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, unit // 2, unit, unit // 2)
        column.addWidget(head)
        column.addWidget(self.about)
        column.addLayout(capture)
        column.addWidget(self.meant)
        column.addWidget(self.both, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Space do in the minutes what Enter does."""
        if (
            watched is self.minutes
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
            and self.minutes.current_key
        ):
            self.done_requested.emit(self.minutes.current_key)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the minutes under the agenda where both would be too narrow to read."""
        super().resizeEvent(event)
        is_wide = self.width() > self.fontMetrics().averageCharWidth() * _NARROW
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.both.orientation() is not wanted:
            self.both.setOrientation(wanted)
        unit = self.fontMetrics().height() // 2
        self._beside.setContentsMargins(unit if is_wide else 0, 0 if is_wide else unit, 0, 0)
