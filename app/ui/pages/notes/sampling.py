"""A sample of records on one sheet, filled by keys alone: code, result, reason, Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.operations.sampling import RESULTS
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.wheel import pass_wheel_on

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.domain.revisions import Json
    from app.operations.sampling import SampledRow, SampleSheet

_LETTERS: Final = {one[0]: one for one in RESULTS}
_SIGNS: Final = {"met": "✓", "partly": "◐", "not met": "✗", "cannot tell": "?"}


class Sampling(QWidget):
    """``added`` carries a new record's fields, ``changed`` those of one that was there."""

    added = Signal(dict)
    changed = Signal(str, dict)
    closed = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._rows: dict[str, SampledRow] = {}
        self._changing = ""  # the record in the fields, or nothing for a new one
        self.title, self.about = label("", "title"), label("", "meta")
        self.tally = label("", "heading")
        self.tally.setAccessibleName("Tally")
        self.list = RowsView("Sampled records")
        self.list.nothing = "Type a record’s code below, choose its result, and press Enter."
        self.code = QLineEdit(placeholderText="Code or local reference")
        self.result = Choice()
        self.result.addItems(["", *RESULTS])
        pass_wheel_on(self.result)
        self.reason = QLineEdit(placeholderText="Why, in a line")
        self.escalate = QCheckBox("&Escalate")
        self.escalate.setAccessibleDescription("Strong enough to escalate")
        self.save = QPushButton("Add")
        self.save.setProperty("role", "main")
        self.back = QPushButton("Back to the words")
        self.back.setToolTip("Escape")
        column = QVBoxLayout(self)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.back)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addWidget(self.tally)
        column.addWidget(self.list, 1)
        column.addLayout(self._fields())
        column.addWidget(
            label("M, P, N or C chooses a result. Enter adds. Up goes to a record read.", "meta")
        )
        for field in (self.code, self.result, self.reason, self.escalate):
            field.installEventFilter(self)
        self.save.clicked.connect(self._on_save)
        self.back.clicked.connect(self.closed)
        self.list.row_chosen.connect(self._take_up)
        self._clear()

    def show_sheet(self, sheet: SampleSheet) -> None:
        """Show a sample; what stands in the fields stays."""
        self._rows = {one.note: one for one in sheet.rows}
        self.title.setText(sheet.sample)
        about = (sheet.question, sheet.population, sheet.drawn)
        self.about.setText(" · ".join(part for part in about if part))
        self.about.setVisible(bool(self.about.text()))
        self.tally.setText(sheet.tally)
        self.list.show_rows([_row(one) for one in sheet.rows])
        if self._changing and self._changing not in self._rows:
            self._clear()

    def begin(self) -> None:
        """Go to the field that is typed in first."""
        self.code.setFocus()

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        fields = ((self.code, "&Code"), (self.result, "&Result"), (self.reason, "&Why"))
        for column, (widget, name) in enumerate(fields):
            widget.setAccessibleName(name.replace("&", ""))
            grid.addWidget(label(name, "meta", widget), 0, column)
            grid.addWidget(widget, 1, column)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 4)
        grid.addWidget(self.escalate, 1, 3)
        grid.addWidget(self.save, 1, 4)
        return grid

    def _on_save(self) -> None:
        if not self.code.text().strip():
            self.code.setFocus()
            return
        fields: dict[str, Json] = {
            "code": self.code.text().strip(),
            "result": self.result.currentText() or None,
            "reason": self.reason.text().strip() or None,
            "escalate": True if self.escalate.isChecked() else None,
        }
        if self._changing:
            self.changed.emit(self._changing, fields)
        else:
            self.added.emit({name: value for name, value in fields.items() if value is not None})

    def saved(self) -> None:
        """Take note that what stood in the fields is on disk: the next record can come."""
        self._clear()
        self.code.setFocus()

    def _take_up(self, note: str) -> None:
        row = self._rows[note]
        self._changing = note
        self.code.setText(row.code)
        self.result.setCurrentText(row.result)
        self.reason.setText(row.reason)
        self.escalate.setChecked(row.escalate)
        self.save.setText("Change")
        self.result.setFocus()

    def _clear(self) -> None:
        self._changing = ""
        self.code.clear()
        self.result.setCurrentIndex(0)
        self.reason.clear()
        self.escalate.setChecked(False)
        self.save.setText("Add")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a letter choose a result, and Enter add the record from any field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._on_save()
                return True
            chosen = _LETTERS.get(event.text().lower()) if watched is self.result else None
            if chosen is not None:
                self.result.setCurrentText(chosen)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a change, or the sheet, on Escape; go up to the records."""
        if event.key() == Qt.Key.Key_Escape:
            if self._changing:
                self._clear()
                self.code.setFocus()
            else:
                self.closed.emit()
        elif event.key() == Qt.Key.Key_Up and not self.list.hasFocus():
            self.list.setFocus()
            self.list.step(-1)
        else:
            super().keyPressEvent(event)


def _row(one: SampledRow) -> Row:
    meta = " · ".join(part for part in (one.result or "no result", one.reason) if part)
    badge = "escalate" if one.escalate else ""
    return Row(one.note, one.code, meta, sign=_SIGNS.get(one.result, "·"), badge=badge)
