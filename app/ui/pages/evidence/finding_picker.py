"""Choosing the finding that words are put on, and on which side of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.side_picker import SidePicker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

NEW: Final = "new"


class FindingPicker(SidePicker):
    """Type to narrow; Enter puts the words for, Shift+Enter against the finding."""

    chosen = Signal(str, str)  # a finding, "for" or "against"
    stated = Signal(str, str)  # the statement of a new finding, "for" or "against"

    def __init__(self, parent: QWidget, words: str, rows: Sequence[Row]) -> None:
        """Offer findings for some words."""
        field = QLineEdit(
            placeholderText="Words of a finding, or state a new one", clearButtonEnabled=True
        )
        field.setAccessibleName("Finding")
        field.setAccessibleDescription("Enter puts the words for, Shift and Enter against")
        found = RowsView("Findings")
        found.nothing = "No findings yet. Type a statement to state the first one."
        super().__init__(parent, "Put on a finding", field, found)
        self._rows = tuple(rows)
        keys = "Enter puts it for · Shift+Enter against"
        self.lay_out(words, keys, ("Put for", "Put against"))
        field.textChanged.connect(self._narrow)
        self._narrow("")

    def choose(self, side: str) -> None:
        """Put the words on the finding, or on a new one stated in the field."""
        key = self.list.current_key
        if not key:
            return
        if key == NEW:
            self.stated.emit(self.field.text().strip(), side)
        else:
            self.chosen.emit(key, side)
        self.accept()

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        fitting = [
            one
            for one in self._rows
            if all(word in f"{one.title} {one.meta}".casefold() for word in wanted)
        ]
        if text.strip():
            fitting.append(Row(NEW, f"State a new finding: “{text.strip()}”"))
        self.list.show_rows(fitting)
        if fitting and not self.list.current_key:
            self.list.make_current(fitting[0].key)
        self.allow(is_anything=bool(fitting))
