"""Finding words in the notes and putting them under a reported point, for or against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.side_picker import SidePicker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.operations.candidates import Candidate

_PAUSE: Final = 150  # ms after the last key before the search starts


class EvidencePicker(SidePicker):
    """Stays open while one links; Escape leaves."""

    searched = Signal(str)
    link_requested = Signal(object, str)  # the candidate, "for" or "against"

    def __init__(self, parent: QWidget, point: str) -> None:
        """Ask for evidence of a point."""
        field = QLineEdit(placeholderText="Words from a note", clearButtonEnabled=True)
        field.setAccessibleName("Words from a note")
        found = RowsView("Words found", most_lines=3)
        found.nothing = "Type words from a note: coded words and paragraphs that hold them."
        super().__init__(parent, "Link evidence", field, found)
        self._found: list[Candidate] = []
        self._linked: dict[str, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: self.searched.emit(field.text().strip()))
        keys = "Enter links as for · Shift+Enter as against"
        self.lay_out(point, keys, ("Link as for", "Link as against"))
        field.textChanged.connect(self._on_typed)
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
        self.allow(is_anything=bool(self._found))
        self.once_found.found()

    def choose(self, side: str) -> None:
        """Link the words, and stay."""
        key = self.list.current_key
        chosen = next((one for one in self._found if key == (one.code or one.paragraph)), None)
        if chosen is not None:
            self._linked[key] = f"linked {side}"
            self.link_requested.emit(chosen, side)
            self._show()

    def _on_typed(self, _text: str) -> None:
        self.once_found.looking()
        self._pause.start()

    def _show(self) -> None:
        self.list.show_rows(
            [
                Row(key, one.words, one.source, badge=self._linked.get(key, ""))
                for one in self._found
                for key in [one.code or one.paragraph]
            ]
        )
