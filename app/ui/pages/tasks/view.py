"""The tasks page's two panes: the week in a list, and what was chosen in it."""

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

_LIST_LINES: Final = 20


class TasksView(QSplitter):
    """List left, a task, a meeting or a concern right."""

    def __init__(self, sheets: Sequence[QWidget]) -> None:
        """Lay out both panes with the sheets there are."""
        super().__init__()
        self.setChildrenCollapsible(False)
        self.filter = QLineEdit(placeholderText="Filter", clearButtonEnabled=True)
        self.filter.setAccessibleName("Filter tasks and meetings")
        self.new = QPushButton("New task")
        self.new.setAccessibleDescription("Ctrl+N")
        self.list = RowsView("Tasks and meetings")
        self.none = nothing_yet("")
        self.choose = nothing_yet(
            "Choose a task or a meeting. Ctrl+M opens today’s team meeting, Ctrl+N plans a task."
        )
        self.content = QStackedWidget()
        self.content.addWidget(self.choose)
        for one in sheets:
            self.content.addWidget(one)
        self.addWidget(self._list_pane())
        self.addWidget(self.content)
        self.setStretchFactor(1, 1)
        self._was_moved = False
        self.splitterMoved.connect(self._on_moved)

    def show_rows(self, rows: Sequence[Row], *, is_filtered: bool) -> None:
        """Show the list, or say what to do where there is nothing in it."""
        self.list.show_rows(rows)
        self.none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.none.setText(
            "Nothing holds these words. Escape clears the filter."
            if is_filtered
            else "No tasks or meetings yet. Ctrl+N plans a task, Ctrl+M begins today’s meeting."
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its share of the width, unless somebody set it otherwise."""
        super().resizeEvent(event)
        if not self._was_moved:
            wide = min(_LIST_LINES * self.fontMetrics().height(), self.width() * 3 // 10)
            self.setSizes([wide, self.width() - wide])

    def _on_moved(self, _at: int, _index: int) -> None:
        self._was_moved = True

    def _list_pane(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "panel")
        head = QHBoxLayout()
        head.addWidget(label("Tasks", "title"), 1)
        head.addWidget(self.new)
        layout = QVBoxLayout(pane)
        layout.addLayout(head)
        layout.addWidget(self.filter)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        return pane
