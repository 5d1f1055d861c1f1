"""Coverage: criterion by agency in figures. Enter shows a cell's quotes, or offers the task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.quotes import NOT_SAID, Lens
from app.operations.coverage import ALL, Coverage, read_coverage
from app.ui.exporting import Listed
from app.ui.pages.evidence.exported import coverage_table
from app.ui.pages.evidence.grid import KEY, aloud, grid, standing
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import label
from app.ui.widgets.wheel import pass_wheel_on
from app.ui.widgets.words_table import WordsTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from app.operations.view import View
    from app.ui.pages.evidence.page import EvidencePage

_ROOM_FOR_KEY: Final = 26  # lines of height
_NONE: Final = (
    "No criteria and no coded words yet. In a note, select words and press Ctrl+E to code them."
)


class CoverageView(QWidget):
    """The child it is of, the grid, and the current cell in words."""

    def __init__(self) -> None:
        """Lay out an empty grid."""
        super().__init__()
        self.child = Choice()
        self.child.setAccessibleName("Of which child")
        pass_wheel_on(self.child)
        self.standing = label("", "meta")
        self.table = WordsTable("Coverage: criteria down, agencies across")
        self.table.setAccessibleDescription(
            "Enter shows a cell’s quotes, or offers the task that would fill an empty one"
        )
        self.table.nothing = _NONE
        self.cell = label("")
        self.act = QPushButton("Show the quotes")
        self.act.setAccessibleDescription("Enter")
        self.key = label(KEY, "meta")
        self.setFocusProxy(self.table)
        unit = self.fontMetrics().height()
        head = QHBoxLayout()
        head.addWidget(self.child)
        head.addWidget(self.standing, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.cell, 1)
        foot.addWidget(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, unit // 2, unit, unit // 2)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        column.addWidget(self.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the grid where it is short; the line under it says a cell in words."""
        super().resizeEvent(event)
        self.key.setVisible(self.height() >= _ROOM_FOR_KEY * self.fontMetrics().height())


class CoveragePart:
    """Works the grid."""

    def __init__(self, page: EvidencePage) -> None:
        """Serve one page."""
        self._page = page
        self.view = CoverageView()
        self.coverage = Coverage()
        self._child = ""
        self.view.child.addItem("All children", "")
        self.view.child.activated.connect(self._on_child)
        self.view.table.cell_changed.connect(lambda _row, _column: self._show_cell())
        self.view.table.cell_chosen.connect(lambda _row, _column: self.act())
        self.view.act.clicked.connect(self.act)
        self.view.act.hide()

    def question(self) -> Callable[[View], Coverage]:
        """Return the question for the grid, of the child that is looked at."""
        child = self._child
        return lambda view: read_coverage(view, child)

    def show_answer(self, answer: Coverage) -> None:
        """Show the grid, keeping the cell and the scroll."""
        if answer.child != self._child:
            return
        self.coverage = answer
        self._fill_children()
        headings, lines = grid(answer)
        has_any = bool(answer.criteria and answer.agencies)
        self.view.table.show_table(headings if has_any else (), lines if has_any else ())
        if has_any and not self.view.table.current[0]:
            first = answer.criteria[0][0], answer.agencies[0][0]
            self.view.table.make_current(*first, quietly=True)
        self.view.standing.setText(standing(answer))
        self._show_cell()

    def panes(self) -> list[QWidget]:
        """Return the choice of child and the grid."""
        return [self.view.child, self.view.table, self.view.act]

    def listed(self) -> Listed:
        """Return the grid of the child that is looked at."""
        coverage = self.coverage
        return Listed("Coverage", lambda _view: coverage_table(coverage))

    @property
    def quote(self) -> tuple[str, str]:
        """No words are current here."""
        return "", ""

    @property
    def has_gap(self) -> bool:
        """Whether the current cell is one that a task could ask about."""
        return self._has_current

    @property
    def _has_current(self) -> bool:
        return self.view.table.currentIndex().isValid()

    def fill(self) -> None:
        """Offer the task that asks about the current cell."""
        if not self._has_current:
            return
        row, column = self.view.table.current
        idea = self.coverage.idea(row, column)
        self._page.ask_for_task(idea, f"{self._told()} The task is planned for today.")

    def act(self) -> None:
        """Show the cell's quotes, or offer the task where there are none."""
        if not self._has_current:
            return
        row, column = self.view.table.current
        if not self.coverage.cell(row, column).quotes:
            self.fill()
            return
        chosen = {"criterion": row or NOT_SAID, "agency": column or NOT_SAID, "child": self._child}
        kept = {name: value for name, value in chosen.items() if value and value != ALL}
        self._page.words.look(Lens(kept))
        self._page.show_part("words")

    def _told(self) -> str:
        row, column = self.view.table.current
        words = dict(self.coverage.criteria).get(row, "All criteria")
        agency = dict(self.coverage.agencies).get(column, "All agencies")
        return f"{words}, {agency}: {aloud(self.coverage.cell(row, column))}"

    def _show_cell(self) -> None:
        has = self._has_current and bool(self.coverage.cells)
        self.view.act.setVisible(has)
        self.view.cell.setText(self._told() if has else "")
        if has:
            filled = self.coverage.cell(*self.view.table.current).quotes
            self.view.act.setText("Show the quotes" if filled else "Make the task that fills it…")
        self._page.allow()

    def _fill_children(self) -> None:
        box = self.view.child
        wanted = [("", "All children"), *self.coverage.children]
        if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != wanted:
            box.clear()
            for key, words in wanted:
                box.addItem(words, key)
        box.setCurrentIndex(max(0, box.findData(self._child)))

    def _on_child(self, _at: int) -> None:
        self._child = self.view.child.currentData()
        self._page.reload()
