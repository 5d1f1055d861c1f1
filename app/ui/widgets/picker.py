"""Choosing one thing by typing a few letters of it. Knows no inspections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.ui.widgets.field_over_list import FieldOverList
from app.ui.widgets.fitting import fit
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

_OWN_WORDS = "own words"


class Picker(QDialog):
    """A field and a list that narrows as one types; Enter chooses, Escape leaves.

    With ``own`` given, what was typed can be chosen as it is: ``typed`` carries it.
    """

    chosen = Signal(str)
    typed = Signal(str)

    def __init__(
        self, parent: QWidget, title: str, rows: Sequence[Row], hint: str, own: str = ""
    ) -> None:
        """Offer rows under a title; ``own`` is the title of the row for what was typed."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rows = tuple(rows)
        self._own = own
        self.field = QLineEdit(placeholderText=hint, clearButtonEnabled=True)
        self.field.setAccessibleName(title)
        self.field.setAccessibleDescription("Type to narrow the list, Enter chooses")
        self.list = RowsView(title)
        self.list.nothing = "Nothing here holds these words."
        self.hint = QLabel("Enter chooses · Escape leaves")
        self.hint.setProperty("role", "meta")
        layout = QVBoxLayout(self)
        for one in (self.field, self.list, self.hint):
            layout.addWidget(one)
        fit(self, 36, 24)
        self.field.textChanged.connect(self._on_text_changed)
        FieldOverList(self.field, self.list, self._enter)
        self.list.row_chosen.connect(self._choose)
        self._on_text_changed("")

    def _on_text_changed(self, text: str) -> None:
        wanted = text.casefold().split()
        fitting = [
            one
            for one in self._rows
            if all(word in f"{one.title} {one.meta}".casefold() for word in wanted)
        ]
        if self._own and text.strip():
            fitting.append(Row(_OWN_WORDS, f"{self._own}: “{text.strip()}”"))
        self.list.show_rows(fitting)
        if not self.list.current_key and fitting:
            self.list.make_current(fitting[0].key)

    def _enter(self) -> None:
        if self.list.current_key:
            self._choose(self.list.current_key)

    def _choose(self, key: str) -> None:
        if key == _OWN_WORDS:
            self.typed.emit(self.field.text().strip())
        else:
            self.chosen.emit(key)
        self.accept()
