"""Finding words in the notes and putting them under a reported point, for or against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.operations.candidates import Candidate

_PAUSE: Final = 150  # ms after the last key before the search starts


class EvidencePicker(QDialog):
    """Stays open while one links; Escape leaves."""

    searched = Signal(str)
    link_requested = Signal(object, str)  # the candidate, "for" or "against"

    def __init__(self, parent: QWidget, point: str) -> None:
        """Ask for evidence of a point."""
        super().__init__(parent)
        self.setWindowTitle("Link evidence")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found: list[Candidate] = []
        self._linked: dict[str, str] = {}
        self.field = QLineEdit(placeholderText="Words from a note", clearButtonEnabled=True)
        self.field.setAccessibleName("Words from a note")
        self.list = RowsView("Words found", most_lines=3)
        self.list.nothing = "Type words from a note: coded words and paragraphs that hold them."
        self.link_for = QPushButton("Link as for")
        self.link_against = QPushButton("Link as against")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: self.searched.emit(self.field.text().strip()))
        self._lay_out(point)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.link_for.clicked.connect(lambda: self._link("for"))
        self.link_against.clicked.connect(lambda: self._link("against"))
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.show_found("", [])

    def show_found(self, typed: str, found: Sequence[Candidate]) -> None:
        """Show what holds the words typed; the first row is ready to be linked."""
        if typed != self.field.text().strip():
            return
        self._found = list(found)
        if typed:
            self.list.nothing = "No coded words or paragraphs hold these words."
        self._show()
        if self._found and not self.list.current_key:
            self.list.make_current(self._found[0].code or self._found[0].paragraph)
        for one in (self.link_for, self.link_against):
            one.setEnabled(bool(self._found))

    def _show(self) -> None:
        self.list.show_rows(
            [
                Row(key, one.words, one.source, badge=self._linked.get(key, ""))
                for one in self._found
                for key in [one.code or one.paragraph]
            ]
        )

    def _link(self, direction: str) -> None:
        key = self.list.current_key
        chosen = next((one for one in self._found if key == (one.code or one.paragraph)), None)
        if chosen is not None:
            self._linked[key] = f"linked {direction}"
            self.link_requested.emit(chosen, direction)
            self._show()

    def _lay_out(self, point: str) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(label("Enter links as for · Shift+Enter as against", "meta"), 1)
        buttons.addWidget(self.link_for)
        buttons.addWidget(self.link_against)
        for one in (self.link_for, self.link_against):
            one.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addWidget(label(point))
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        fit(self, 40, 28)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on the keys that choose and link, in the field and in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._link("against" if shifted else "for")
                return True
            if watched is self.field and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self.list.step(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return super().eventFilter(watched, event)
