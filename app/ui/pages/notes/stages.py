"""A tracked child's journey: stages down, agencies across; a cell's words are written below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.operations.stages import Cell
from app.ui.widgets.labels import label
from app.ui.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from app.domain.revisions import Json
    from app.operations.stages import StageSheet

_PARTS = (("evidence", "What was seen"), ("evaluation", "What it means"), ("gaps", "Gaps"))
_EMPTY = Cell()
_NARROWEST = 16  # letters in a cell


class Stages(QWidget):
    """``written`` carries a stage, an agency and the fields of a cell that was written in."""

    written = Signal(str, str, dict)
    closed = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._sheet: StageSheet | None = None
        self._at = ("", "")  # the stage and agency whose words stand below
        self._under_way: dict[tuple[str, str], dict[str, Json]] = {}  # not yet told to be on disk
        self.title, self.place = label("", "title"), label("", "heading")
        self.table = QTableWidget()
        self.table.setAccessibleName("Stages and agencies")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        letter = self.fontMetrics().averageCharWidth()
        self.table.horizontalHeader().setMinimumSectionSize(letter * _NARROWEST)
        self.boxes = {name: WordsBox(words, 3, 5) for name, words in _PARTS}
        self.back = QPushButton("Back to the words")
        self.back.setToolTip("Escape")
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.back)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.place)
        column.addLayout(self._boxes())
        self.table.currentCellChanged.connect(lambda *_places: self._on_moved())
        self.table.cellActivated.connect(lambda *_place: self.boxes["evidence"].setFocus())
        self.back.clicked.connect(self.closed)
        for box in self.boxes.values():
            box.paused.connect(lambda _words: self.save())
            box.left.connect(lambda _words: self.save())

    def show_sheet(self, title: str, sheet: StageSheet) -> None:
        """Show a child's sheet; the current cell and words being written stay."""
        self.title.setText(title)
        before = self._sheet
        self._sheet = sheet
        shape = (sheet.stages, sheet.agencies)
        if before is None or shape != (before.stages, before.agencies):
            self._lay_out(sheet)
        for row, stage in enumerate(sheet.stages):
            for column, (agency, name) in enumerate(sheet.agencies):
                cell = sheet.cells.get((stage, agency), _EMPTY)
                item = self.table.item(row, column)
                words = _short(cell)
                if item is not None and item.text() != words:
                    item.setText(words)
                    spoken = words.replace("\n", ". ") or "empty"
                    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{stage}, {name}: {spoken}")
                    item.setToolTip(words)
        cell = self._cell(self._at)
        for name, box in self.boxes.items():
            box.refresh(getattr(cell, name))

    def begin(self) -> None:
        """Go to the sheet."""
        if self.table.currentRow() < 0 and self.table.rowCount():
            self.table.setCurrentCell(0, 0)
        self.table.setFocus()

    def save(self) -> None:
        """Hand over what was written below, if anything was."""
        changed: dict[str, Json] = {
            name: box.words.strip() or None for name, box in self.boxes.items() if box.is_changed
        }
        if changed and self._at[0]:
            self._under_way[self._at] = {**self._under_way.get(self._at, {}), **changed}
            for box in self.boxes.values():
                box.mark_saved(box.words)
        # What was refused is handed over again with what is written next.
        for (stage, agency), fields in list(self._under_way.items()):
            self.written.emit(stage, agency, fields)

    def saved(self, stage: str, agency: str, fields: Mapping[str, Json]) -> None:
        """Take note that these words of a cell are on disk."""
        if self._under_way.get((stage, agency)) == fields:
            del self._under_way[stage, agency]

    def _cell(self, at: tuple[str, str]) -> Cell:
        """Return a cell's words, those not yet on disk before those that are."""
        held = self._sheet.cells.get(at, _EMPTY) if self._sheet is not None else _EMPTY
        newer = {name: str(words or "") for name, words in self._under_way.get(at, {}).items()}
        return replace(held, **newer)

    def _boxes(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for name, words in _PARTS:
            each = QVBoxLayout()
            each.addWidget(label(words, "meta", self.boxes[name]))
            each.addWidget(self.boxes[name])
            line.addLayout(each, 1)
        return line

    def _lay_out(self, sheet: StageSheet) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(sheet.stages))
        self.table.setColumnCount(len(sheet.agencies))
        self.table.setVerticalHeaderLabels([_first_up(one) for one in sheet.stages])
        self.table.setHorizontalHeaderLabels([name for _id, name in sheet.agencies])
        for row in range(len(sheet.stages)):
            for column in range(len(sheet.agencies)):
                self.table.setItem(row, column, QTableWidgetItem(""))
        height = self.fontMetrics().lineSpacing() * 2 + self.fontMetrics().height() // 2
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.blockSignals(False)
        if self._at[0] and sheet.stages:
            stages = sheet.stages
            row = stages.index(self._at[0]) if self._at[0] in stages else 0
            ids = [one for one, _name in sheet.agencies]
            column = ids.index(self._at[1]) if self._at[1] in ids else 0
            self.table.setCurrentCell(row, column)

    def _on_moved(self) -> None:
        self.save()
        sheet, row, column = self._sheet, self.table.currentRow(), self.table.currentColumn()
        if sheet is None or not 0 <= row < len(sheet.stages):
            return
        if not 0 <= column < len(sheet.agencies):
            return
        agency, name = sheet.agencies[column]
        self._at = (sheet.stages[row], agency)
        self.place.setText(f"{_first_up(sheet.stages[row])} · {name}")
        cell = self._cell(self._at)
        for part, box in self.boxes.items():
            box.show_words(getattr(cell, part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the words to the sheet, and from the sheet to the note, on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            if self.table.hasFocus():
                self.closed.emit()
            else:
                self.table.setFocus()
            return
        super().keyPressEvent(event)


def _short(cell: Cell) -> str:
    gap = f"Gap: {cell.gaps}" if cell.gaps else ""
    return "\n".join(part for part in (cell.evaluation or cell.evidence, gap) if part)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
