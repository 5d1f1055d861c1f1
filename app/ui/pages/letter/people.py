"""People round the letter, such as its addressees: a list, and the fields of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.records import Record


class PeopleForm(QWidget):
    """Shows records of one kind and says what a person wants changed about them."""

    add_requested = Signal()
    delete_requested = Signal(str)
    move_requested = Signal(str, str)  # the record, and the one it is to follow
    field_changed = Signal(str, str, str)  # record, field, value

    def __init__(self, title: str, one: str, fields: Mapping[str, str]) -> None:
        """Show fields (name to label) of each; ``one`` is what one of them is called."""
        super().__init__()
        self.list = RowsView(title, most_lines=1)
        self.list.setFixedHeight(8 * self.fontMetrics().height())
        self.fields = {name: QLineEdit() for name in fields}
        self.add = QPushButton("Add")
        self.up = QPushButton("Earlier")
        self.delete = QPushButton("Remove")
        self._records: tuple[Record, ...] = ()
        self._wanted = ""
        for button, does in ((self.add, "Add"), (self.up, "Move up"), (self.delete, "Remove")):
            button.setAccessibleName(f"{does} {one}")
        self._lay_out(title, fields)
        self.list.row_changed.connect(lambda _key: self._show_fields())
        self.add.clicked.connect(self.add_requested)
        self.delete.clicked.connect(lambda: self.delete_requested.emit(self.list.current_key))
        self.up.clicked.connect(self._on_up)
        for name, field in self.fields.items():
            field.editingFinished.connect(lambda name=name: self._on_edited(name))

    def show_people(self, records: Sequence[Record], lines: Sequence[str]) -> None:
        """Show records, each as the line the letter prints."""
        self._records = tuple(records)
        rows = [
            Row(one.id, line or "Nothing written yet")
            for one, line in zip(records, lines, strict=True)
        ]
        self.list.show_rows(rows)
        if not self.list.current_key and rows:
            self.list.make_current(rows[0].key, quietly=True)
        self._show_fields()
        if self._wanted:
            self.choose(self._wanted)

    def choose(self, record: str) -> None:
        """Show the fields of one, now or as soon as it is in the list."""
        self._wanted = "" if self.list.make_current(record) else record
        if not self._wanted:
            next(iter(self.fields.values())).setFocus()

    def _show_fields(self) -> None:
        key = self.list.current_key
        held = next((one for one in self._records if one.id == key), None)
        for name, field in self.fields.items():
            field.setEnabled(held is not None)
            if held is None or not field.isModified():
                field.setText(held.text(name).replace("\n", " / ") if held is not None else "")
                field.setCursorPosition(0)
        self.delete.setEnabled(held is not None)
        self.up.setEnabled(held is not None and self._records[0].id != key)

    def _on_edited(self, name: str) -> None:
        field = self.fields[name]
        if field.isModified() and self.list.current_key:
            field.setModified(False)
            value = field.text().strip().replace(" / ", "\n")
            self.field_changed.emit(self.list.current_key, name, value)

    def _on_up(self) -> None:
        ids = [one.id for one in self._records]
        at = ids.index(self.list.current_key)
        # Moving one up is moving the one before it down.
        self.move_requested.emit(ids[at - 1], ids[at])

    def _lay_out(self, title: str, fields: Mapping[str, str]) -> None:
        buttons = QHBoxLayout()
        for button in (self.add, self.up, self.delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        form = QFormLayout()
        for name, words in fields.items():
            self.fields[name].setAccessibleName(words)
            form.addRow(label(words, "meta", buddy=self.fields[name]), self.fields[name])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(title, "heading"))
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        layout.addLayout(form)
