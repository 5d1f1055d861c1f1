"""Four short columns of plain lines, side by side or one above another where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.pages.today.model import COLUMNS
from app.ui.widgets.labels import label, nothing_yet
from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLabel

    from app.ui.pages.today.model import Column

_LEAST_LETTERS: Final = 30  # of a column that stands beside another
_ACROSS: Final = QBoxLayout.Direction.LeftToRight
_DOWN: Final = QBoxLayout.Direction.TopToBottom


class TodayView(QWidget):
    """What day it is, and the columns; the page fills them."""

    chosen = Signal(str, str)  # a column and the key of a row of it

    def __init__(self) -> None:
        """Lay out empty columns."""
        super().__init__()
        self.day = label("", "head")
        self.who = label("", "meta")
        self.lists: dict[str, RowsView] = {}
        self.nothing: dict[str, QLabel] = {}
        self._body = QWidget()
        self._row = QBoxLayout(_ACROSS, self._body)
        self._scrolled = QScrollArea(widgetResizable=True)
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scrolled.setWidget(self._body)
        unit = self.fontMetrics().height()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(unit)
        for name, title in COLUMNS.items():
            self._row.addWidget(self._column(name, title), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit, unit, unit, unit // 2)
        layout.addWidget(self.day)
        layout.addWidget(self.who)
        layout.addSpacing(unit // 2)
        layout.addWidget(self._scrolled, 1)

    def show_columns(self, columns: Mapping[str, Column]) -> None:
        """Show rows; the current row and the scroll of each column stay where they are."""
        scrolled = self._scrolled.verticalScrollBar().value()
        for name, column in columns.items():
            rows = self.lists[name]
            rows.show_rows(column.rows)
            rows.setVisible(bool(column.rows))
            self.nothing[name].setText(column.nothing)
            self.nothing[name].setVisible(not column.rows)
        self._fit()
        self._scrolled.verticalScrollBar().setValue(scrolled)

    @property
    def panes(self) -> list[QWidget]:
        """The columns that have rows."""
        return [one for one in self.lists.values() if one.isVisibleTo(self)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step between columns with the left and right arrows; a column entered has a row."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, RowsView):
            if not watched.current_key:
                watched.step(1)
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            panes = self.panes
            if by and not event.modifiers() and watched in panes:
                at = panes.index(watched) + by
                if 0 <= at < len(panes):
                    panes[at].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns one above another where a row would be too narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least = _LEAST_LETTERS * self.fontMetrics().averageCharWidth()
        wanted = _ACROSS if self.width() >= least * len(COLUMNS) else _DOWN
        if self._row.direction() is not wanted:
            self._row.setDirection(wanted)
        for one in self.lists.values():
            one.setMinimumHeight(_whole_height(one) if wanted is _DOWN else 0)

    def _column(self, name: str, title: str) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        rows = RowsView(title, 3)
        rows.setProperty("role", "plain")
        rows.installEventFilter(self)
        rows.row_chosen.connect(lambda key: self.chosen.emit(name, key))
        said = nothing_yet("")
        said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        said.setWordWrap(True)
        self.lists[name], self.nothing[name] = rows, said
        column.addWidget(label(title, "title"))
        column.addWidget(rows, 1)
        column.addWidget(said)
        column.addStretch(0)
        return whole


def _whole_height(rows: RowsView) -> int:
    """Return the height that shows all rows at the list's width."""
    heights = sum(rows.sizeHintForRow(at) for at in range(rows.shown.rowCount()))
    return heights + 2 * rows.frameWidth() + rows.fontMetrics().height() // 2
