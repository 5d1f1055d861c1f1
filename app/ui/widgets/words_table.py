"""A table of words with a header that stays: rows known by a key, cells that wrap. Knows no more.

The arrow keys walk its cells, Enter chooses one, and Tab leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.widgets.colouring import colour_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_MOST_LINES: Final = 12
_FEW_LINES: Final = 100  # whose heights can be measured while a window is drawn larger
_NARROWEST, _WIDEST = 0.82, 1.6  # of the letters a column asks for


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a column: its key, its words, and how many letters wide it is."""

    key: str
    words: str
    letters: int = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its key, what stands before it, its cells in the order of the headings.

    ``spoken`` is what a screen reader says of each cell, and the mouse shows, in place of it.
    """

    key: str
    cells: tuple[str, ...]
    head: str = ""
    is_strong: bool = False
    spoken: tuple[str, ...] = ()


class TableModel(QAbstractTableModel):
    """Headings and lines."""

    def __init__(self, parent: QWidget) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._view = parent
        self.headings: tuple[Heading, ...] = ()
        self.lines: tuple[Line, ...] = ()

    def show(self, headings: Sequence[Heading], lines: Sequence[Line]) -> bool:
        """Show these; return whether rows and columns are still the same ones."""
        same = [one.key for one in headings] == [one.key for one in self.headings] and [
            one.key for one in lines
        ] == [one.key for one in self.lines]
        if same:
            self.headings, self.lines = tuple(headings), tuple(lines)
            if not self.headings or not self.lines:
                return True
            last = self.index(len(self.lines) - 1, len(self.headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(
                Qt.Orientation.Horizontal, 0, max(0, len(self.headings) - 1)
            )
            return True
        self.beginResetModel()
        self.headings, self.lines = tuple(headings), tuple(lines)
        self.endResetModel()
        return False

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's words, and aloud where it stands."""
        line = self.lines[index.row()]
        words = line.cells[index.column()] if index.column() < len(line.cells) else ""
        spoken = line.spoken[index.column()] if index.column() < len(line.spoken) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return words or None
        if role == Qt.ItemDataRole.ToolTipRole:
            return spoken or words or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headings[index.column()].words.replace("\n", ", ")
            where = ", ".join(part for part in (line.head.replace("\n", ", "), heading) if part)
            return spoken or f"{where}: {words.replace(chr(10), '. ') or 'nothing'}"
        if role == Qt.ItemDataRole.FontRole and line.is_strong:
            strong = QFont(self._view.font())  # in the size that is in use now
            strong.setBold(True)
            return strong
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return what stands over a column, or before a row."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.headings[section].words
        return self.lines[section].head


class WordsTable(QTableView):
    """Shows a table; what is current stays current while rows come and go around it."""

    cell_changed = Signal(str, str)  # another cell became the current one: keys of row and column
    cell_chosen = Signal(str, str)  # Enter or a double click on a cell

    def __init__(self, name: str, *, by_row: bool = False) -> None:
        """Name the table for screen readers; ``by_row`` selects whole rows."""
        super().__init__()
        self.setProperty("role", "rows" if by_row else "cells")
        self.shown = TableModel(self)
        self.setModel(self.shown)
        self.setAccessibleName(name)
        self.nothing = ""
        self._quiet = False
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(True)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if by_row:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
            self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.activated.connect(self._on_activated)

    @property
    def current(self) -> tuple[str, str]:
        """The keys of row and column of the current cell, or nothing twice."""
        return self._keys(self.currentIndex())

    def show_table(self, headings: Sequence[Heading], lines: Sequence[Line]) -> None:
        """Show a table, keeping the current cell and the scroll."""
        row, column = self.current
        scrolled = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        self._quiet = True
        same = self.shown.show(headings, lines)
        self._fit()
        if not same:
            self.make_current(row, column)
        self._quiet = False
        self.verticalScrollBar().setValue(scrolled[0])
        self.horizontalScrollBar().setValue(scrolled[1])
        self.viewport().update()

    def make_current(self, row: str, column: str = "", *, quietly: bool = False) -> bool:
        """Make a cell the current one by its keys; return whether it is there."""
        down = next((n for n, one in enumerate(self.shown.lines) if one.key == row), -1)
        across = next((n for n, one in enumerate(self.shown.headings) if one.key == column), 0)
        if down < 0 or not self.shown.headings:
            return False
        before, self._quiet = self._quiet, quietly or self._quiet
        self.setCurrentIndex(self.shown.index(down, across))
        self._quiet = before
        return True

    def show_column(self, column: str) -> None:
        """Scroll so that a column stands first, as far as there is anything behind it."""
        across = next((n for n, one in enumerate(self.shown.headings) if one.key == column), -1)
        if across >= 0:
            header = self.horizontalHeader()
            self.horizontalScrollBar().setValue(header.sectionPosition(across))

    def _keys(self, index: AnyIndex) -> tuple[str, str]:
        if not index.isValid() or index.row() >= len(self.shown.lines):
            return "", ""
        return self.shown.lines[index.row()].key, self.shown.headings[index.column()].key

    def _fit(self) -> None:
        """Give rows and columns the room their words need, in letters of the font."""
        self.horizontalHeader().setVisible(bool(self.shown.headings))
        line = self.fontMetrics().lineSpacing()
        widest = max(
            (
                self.fontMetrics().horizontalAdvance(part)
                for one in self.shown.lines
                for part in one.head.split("\n")
            ),
            default=0,
        )
        self.verticalHeader().setFixedWidth(widest + 2 * line)
        self._share_width()
        heads = max((one.words.count("\n") for one in self.shown.headings), default=0) + 1
        self.horizontalHeader().setFixedHeight(heads * line + line)
        for at, row in enumerate(self.shown.lines):
            lines = max((self._lines(n, cell) for n, cell in enumerate(row.cells)), default=1)
            lines = max(lines, row.head.count("\n") + 1)
            self.setRowHeight(at, min(_MOST_LINES, lines) * line + line // 2)

    def _share_width(self) -> None:
        """Give each column its letters, or its share where all nearly fit, or more than fit."""
        letter = self.fontMetrics().averageCharWidth()
        line = self.fontMetrics().lineSpacing()
        wanted = [letter * one.letters + line for one in self.shown.headings]
        head = self.verticalHeader()
        room = self.width() - 2 * self.frameWidth() - (0 if head.isHidden() else head.width())
        bar = self.verticalScrollBar()
        room -= bar.width() if bar.isVisible() else 0
        share = room / sum(wanted) if wanted else 1.0
        share = min(share, _WIDEST) if share >= _NARROWEST else 1.0
        for at, width in enumerate(wanted):
            self.setColumnWidth(at, int(width * share))

    def _lines(self, column: int, cell: str) -> int:
        if not cell:
            return 1
        width = self.columnWidth(column) - round(1.4 * self.fontMetrics().lineSpacing())
        rect = self.fontMetrics().boundingRect(
            0, 0, max(1, width), 10_000, int(Qt.TextFlag.TextWordWrap), cell
        )
        return max(1, -(-rect.height() // self.fontMetrics().lineSpacing()))

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.cell_changed.emit(*self._keys(current))

    def _on_activated(self, index: QModelIndex) -> None:
        self.cell_chosen.emit(*self._keys(index))

    def minimumSizeHint(self) -> QSize:
        """Ask for a few rows under the header."""
        line = self.fontMetrics().lineSpacing()
        return QSize(line * 12, line * 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter on every system alike."""
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.cell_chosen.emit(*self.current)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew, and keep the current cell in sight where there is less room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            if len(self.shown.lines) <= _FEW_LINES:
                self._fit()
            else:
                self._share_width()
        if self.currentIndex().isValid() and event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the table, or the sentence that stands in its place."""
        super().paintEvent(event)
        if self.nothing and not self.shown.lines:
            painter = QPainter(self.viewport())
            painter.setPen(colour_of("muted"))
            margin = self.fontMetrics().height()
            rect = self.viewport().rect().adjusted(margin, margin, -margin, -margin)
            painter.drawText(rect, int(Qt.TextFlag.TextWordWrap), self.nothing)
            painter.end()
