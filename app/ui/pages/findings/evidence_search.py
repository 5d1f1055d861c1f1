"""Finding evidence by its words and putting it under a finding, for or against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.once_found import OnceFound
from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.widgets.rows import Row

_PAUSE: Final = 150  # ms after the last key before the search starts


class EvidenceSearch(QWidget):
    """A field, what it finds, and the two ways to link it."""

    searched = Signal(str)
    link_requested = Signal(str, str)  # key of the row, "for" or "against"

    def __init__(self) -> None:
        """Begin with nothing found."""
        super().__init__()
        self.field = QLineEdit(
            placeholderText="Add evidence: type words from a note (Ctrl+Shift+E)",
            clearButtonEnabled=True,
        )
        self.field.setAccessibleName("Add evidence")
        self.field.setAccessibleDescription(
            "Searches coded words and paragraphs. Enter links as evidence for, "
            "Shift and Enter as evidence against."
        )
        self.found = RowsView("Words found", most_lines=3)
        self.found.setAccessibleDescription(self.field.accessibleDescription())
        self.link_for = QPushButton("Link as for")
        self.link_against = QPushButton("Link as against")
        self.hint = label("Enter links as for · Shift+Enter as against", "meta")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._once_found = OnceFound()
        self._lay_out()
        self._pause.timeout.connect(lambda: self.searched.emit(self.field.text().strip()))
        self.field.textChanged.connect(self._on_text_changed)
        self.link_for.clicked.connect(lambda: self._link("for"))
        self.link_against.clicked.connect(lambda: self._link("against"))
        self.field.installEventFilter(self)
        self.found.installEventFilter(self)
        self.clear()

    def _lay_out(self) -> None:
        self._under = QWidget()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.link_for)
        buttons.addWidget(self.link_against)
        under = QVBoxLayout(self._under)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.hint)  # above the list: below it a small window would not show it
        under.addWidget(self.found)
        under.addLayout(buttons)
        self.found.setFixedHeight(13 * self.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        layout.addWidget(self._under)

    def clear(self) -> None:
        """Forget what was typed and found."""
        self.field.clear()
        self.found.show_rows([])
        self._under.hide()

    def show_found(self, rows: Sequence[Row]) -> None:
        """Show what was found; the first row is ready to be linked."""
        if not self.field.text().strip():
            return
        self.found.show_rows(rows)
        self._under.show()
        if rows and not self.found.current_key:
            self.found.make_current(rows[0].key)
        self.link_for.setEnabled(bool(rows))
        self.link_against.setEnabled(bool(rows))
        self.hint.setText(
            "Enter links as for · Shift+Enter as against"
            if rows
            else "No coded words or paragraphs hold these words."
        )

    def show_looked_for(self, rows: Sequence[Row]) -> None:
        """Show what was found for the words in the field, and link where Enter waited for it."""
        self.show_found(rows)
        self._once_found.found()

    def show_other_side(self, rows: Sequence[Row], among: int, nothing: str) -> None:
        """Show what may speak against, without any words typed; or the words for nothing."""
        self._pause.stop()
        self.field.clear()
        self._once_found.found()
        self.found.show_rows(rows)
        self._under.show()
        for one in (self.link_for, self.link_against):
            one.setEnabled(bool(rows))
        self.hint.setText(
            "May speak the other way · Shift+Enter links as against"
            if rows
            else f"{nothing} nearby. Coded words that weigh the other way: {among:,}."
        )
        if rows:
            self.found.make_current(rows[0].key)
            self.found.setFocus()

    def _on_text_changed(self, text: str) -> None:
        self._once_found.looking()
        if text.strip():
            self._pause.start()
            return
        self._once_found.found()
        self._pause.stop()
        self.clear()

    def _link(self, direction: str) -> None:
        if self.found.current_key:
            self.link_requested.emit(self.found.current_key, direction)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on the keys that choose and link, in the field and in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                side = "against" if shifted else "for"
                self._once_found.do(lambda: self._link(side))
                return True
            if watched is self.field and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self.found.step(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self.clear()
                self.field.setFocus()
                return True
        return super().eventFilter(watched, event)
