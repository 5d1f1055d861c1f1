"""A list with its filter at the left, and what was chosen in it at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.widgets.labels import label, nothing_yet
from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.ui.widgets.rows import Row

_LIST_LINES: Final = 22  # the list's width, in heights of a line
_MOST_OF_WIDTH: Final = 0.38  # for the list


class ListAndSheets(QSplitter):
    """List left, one of several sheets right. The list remembers its filter and its place."""

    def __init__(self, title: str, lists: str, new: str, choose: str) -> None:
        """Lay out both panes, empty.

        ``lists`` says what the list holds, ``new`` what its button begins, and ``choose`` stands
        where nothing is chosen.
        """
        super().__init__()
        self.setChildrenCollapsible(False)
        self.filter = QLineEdit(placeholderText="Filter", clearButtonEnabled=True)
        self.filter.setAccessibleName(f"Filter {lists.lower()}")
        self.new = QPushButton(new)
        self.new.setAccessibleDescription("Ctrl+N")
        self.list = RowsView(lists)
        self.none = nothing_yet("")
        self.choose = nothing_yet(choose)
        self.content = QStackedWidget()
        self.content.addWidget(self.choose)
        self.addWidget(self._list_pane(title))
        self.addWidget(self.content)
        self.setStretchFactor(1, 1)
        self._was_moved = False
        self.splitterMoved.connect(self._on_moved)

    def show_rows(self, rows: Sequence[Row], nothing: str) -> None:
        """Show the list, or say what to do where there is nothing in it."""
        self.list.show_rows(rows)
        self.none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.none.setText(nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its share of the width, unless somebody set it otherwise.

        The share is taken anew at every size: before it is shown a page is smaller than its window.
        """
        super().resizeEvent(event)
        if not self._was_moved:
            most = round(self.width() * _MOST_OF_WIDTH)
            wide = min(_LIST_LINES * self.fontMetrics().height(), most)
            self.setSizes([wide, self.width() - wide])

    def _on_moved(self, _at: int, _index: int) -> None:
        self._was_moved = True

    def _list_pane(self, title: str) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "panel")
        head = QHBoxLayout()
        head.addWidget(label(title, "title"), 1)
        head.addWidget(self.new)
        layout = QVBoxLayout(pane)
        layout.addLayout(head)
        layout.addWidget(self.filter)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        return pane
