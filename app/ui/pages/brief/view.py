"""The feedback page's two panes: the running order, and the words of one point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.pages.brief.model import in_all, running_order
from app.ui.pages.brief.point import PointView
from app.ui.widgets.labels import label, nothing_yet
from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from app.domain.letters import BriefContent


class BriefView(QSplitter):
    """Running order left, words right."""

    def __init__(self) -> None:
        """Lay out both panes, empty."""
        super().__init__()
        self.setChildrenCollapsible(False)
        self.new = QPushButton("New point…")
        self.new.setAccessibleDescription("Ctrl+N")
        self.write = QPushButton("Write brief…")
        self.write.setAccessibleDescription("Ctrl+Shift+W")
        self.total = label("", "meta")
        self.order = RowsView("Running order")
        self.order.setAccessibleDescription("Alt with the arrow keys moves a point.")
        self.begin = QPushButton("Begin from the findings")
        self.begin.setAccessibleDescription("Ctrl+B")
        self.none = nothing_yet(
            "No points yet. Ctrl+B begins with one for each finding, Ctrl+N adds one."
        )
        self.point = PointView()
        self.script = QPlainTextEdit(readOnly=True)
        self.script.setAccessibleName("Words read out")
        self.script.setProperty("role", "title")
        self.script.setTabChangesFocus(True)
        self.choose = nothing_yet("Choose a point to read or write its words.")
        self.content = QStackedWidget()
        for one in (self.choose, self.point, self.script):
            self.content.addWidget(one)
        self.addWidget(self._list_pane())
        self.addWidget(self.content)
        self.setStretchFactor(1, 1)
        line = self.fontMetrics().height()
        self.setSizes([24 * line, 58 * line])

    def show_order(self, content: BriefContent) -> None:
        """Show the running order, or how to begin one."""
        points = [one for section in content.sections for one in section.points]
        self.order.show_rows(running_order(content))
        self.total.setText(in_all(content))
        self.none.setVisible(not points)
        self.begin.setVisible(not points)

    def _list_pane(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "panel")
        head = QHBoxLayout()
        head.addWidget(label("Feedback", "title"))
        head.addWidget(self.total, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.new)
        buttons.addWidget(self.write)
        buttons.addStretch(1)
        layout = QVBoxLayout(pane)
        layout.addLayout(head)
        layout.addLayout(buttons)
        layout.addWidget(self.none)
        layout.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.order, 1)
        return pane
