"""The findings page's two panes: the list with its filter, and the finding."""

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

from app.ui.pages.findings.sheet import FindingView
from app.ui.widgets.labels import label, nothing_yet
from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.ui.widgets.rows import Row

_MOST_OF_WIDTH: Final = 0.38  # for the list
_LIST_LINES: Final = 22  # its width, in heights of a line


class FindingsView(QSplitter):
    """List left, finding right. The list remembers its filter and its place."""

    def __init__(self) -> None:
        """Lay out both panes, empty."""
        super().__init__()
        self.setChildrenCollapsible(False)
        self.filter = QLineEdit(placeholderText="Filter", clearButtonEnabled=True)
        self.filter.setAccessibleName("Filter findings")
        self.new = QPushButton("New finding")
        self.new.setAccessibleDescription("Ctrl+N")
        self.list = RowsView("Findings")
        self.none = nothing_yet("")
        self.sheet = FindingView()
        self.choose = nothing_yet("Choose a finding, or press Ctrl+N to state a new one.")
        self.content = QStackedWidget()
        self.content.addWidget(self.choose)
        self.content.addWidget(self.sheet)
        self.addWidget(self._list_pane())
        self.addWidget(self.content)
        self.setStretchFactor(1, 1)
        self._was_moved = False
        self.splitterMoved.connect(self._on_moved)

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

    def _list_pane(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "panel")
        head = QHBoxLayout()
        head.addWidget(label("Findings", "title"), 1)
        head.addWidget(self.new)
        layout = QVBoxLayout(pane)
        layout.addLayout(head)
        layout.addWidget(self.filter)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        return pane

    def show_rows(self, rows: Sequence[Row], *, is_filtered: bool) -> None:
        """Show the findings, or say what to do where there are none."""
        self.list.show_rows(rows)
        self.none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.none.setText(
            "No finding holds these words. Escape clears the filter."
            if is_filtered
            else "No findings yet. Ctrl+N states the first one."
        )

    def show_content(self, *, is_chosen: bool) -> None:
        """Show a finding, or the sentence that stands in its place."""
        self.content.setCurrentWidget(self.sheet if is_chosen else self.choose)
