"""The running order and the words of one point, beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
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
from app.ui.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.domain.letters import BriefContent


_SHARES: Final = (4, 7)  # of the width: the running order, the words


class BriefView(QSplitter):
    """Running order left, words right."""

    def __init__(self) -> None:
        """Lay out both panes, empty."""
        super().__init__()
        self.setChildrenCollapsible(False)
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
        self.script.setProperty("role", "spoken")
        self.script.setTabChangesFocus(True)
        self.choose = nothing_yet("Choose a point to read or write its words. F5 rehearses.")
        self._point_pane = Scrolled(self.point)
        self._content = QStackedWidget()
        self._script_pane = QWidget()
        QVBoxLayout(self._script_pane).addWidget(self.script)
        for one in (self.choose, self._point_pane, self._script_pane):
            self._content.addWidget(one)
        self.addWidget(self._list_pane())
        self.addWidget(self._content)
        self.setStretchFactor(0, _SHARES[0])
        self.setStretchFactor(1, _SHARES[1])
        self._is_shared = False

    def show_order(self, content: BriefContent) -> None:
        """Show the running order, or how to begin one."""
        points = [one for section in content.sections for one in section.points]
        self.order.show_rows(running_order(content))
        self.total.setText(in_all(content))
        self.none.setVisible(not points)
        self.begin.setVisible(not points)

    def show_point_pane(self) -> None:
        """Show a point at the right."""
        self._content.setCurrentWidget(self._point_pane)

    def show_script(self, words: str) -> None:
        """Show words to read at the right."""
        if self.script.toPlainText() != words:
            self.script.setPlainText(words)
        self._content.setCurrentWidget(self._script_pane)

    def show_nothing(self) -> None:
        """Show at the right that nothing is chosen."""
        self._content.setCurrentWidget(self.choose)

    def showEvent(self, event: QShowEvent) -> None:
        """Share the width when it is known for the first time."""
        super().showEvent(event)
        if not self._is_shared:
            self._is_shared = True
            self.setSizes([one * self.width() // sum(_SHARES) for one in _SHARES])

    def _list_pane(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "panel")
        layout = QVBoxLayout(pane)
        layout.addWidget(self.total)
        layout.addWidget(self.none)
        layout.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.order, 1)
        return pane
