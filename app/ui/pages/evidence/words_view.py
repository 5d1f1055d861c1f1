"""The words part: lenses across the top, the list, and the words that are current beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.quotes import LENSES
from app.ui.pages.evidence.model import LENS_WORDS, lens_button, order_button
from app.ui.widgets.filter_field import FilterField
from app.ui.widgets.flow import Flow, FlowBox
from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView
from app.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.domain.quotes import Lens
    from app.operations.evidence import Evidence
    from app.ui.widgets.rows import Row

_ROOM_FOR_ALL: Final = 120  # letters of width below which only the lenses in use stand there
_NONE: Final = "No coded words yet. In a note, select words and press Ctrl+E to code them."
_ALL_CODED: Final = "Every paragraph is coded. Ctrl+Shift+U goes back to the coded words."
_NARROW: Final = "Nothing is left through these lenses. Ctrl+Shift+Backspace shows all again."


class WordsView(QWidget):
    """List left, one quote in full right."""

    lens_wanted = Signal(str)  # choose a value for this lens

    def __init__(self) -> None:
        """Lay out an empty list."""
        super().__init__()
        self.narrow = QPushButton("Narrow by…")
        self.narrow.setAccessibleDescription("Ctrl+Shift+L")
        self.all = QPushButton("Show all again")
        self.all.setAccessibleDescription("Ctrl+Shift+Backspace")
        self.lenses = {name: QPushButton(LENS_WORDS[name]) for name in LENSES}
        self.list = RowsView("Evidence", most_lines=1, is_even=True)
        self.list.setAccessibleDescription("Enter opens the note, E puts the words on a finding")
        self.filter = FilterField("Filter the words", self.list)
        self.uncoded = QPushButton("Show not coded yet")
        self.order = QPushButton(order_button("oldest"))
        self.export = QPushButton("Export…")
        self.export.setAccessibleDescription("Ctrl+Shift+X")
        self.count = label("", "meta")
        self.words = label("", "reading")
        self.criterion = label("", "heading")
        self.source = label("", "meta")
        self.adrift = label("", "warning")
        self.paragraph_title = label("The whole paragraph", "meta")
        self.paragraph = label("")
        self.findings_title = label("Findings", "meta")
        self.findings = label("")
        self.open = QPushButton("Open the note")
        self.put = QPushButton("Put on a finding…")
        self.side = self._right()
        self._lens_in_use: frozenset[str] = frozenset()
        self.setFocusProxy(self.list)
        self._lay_out()

    def show_list(self, rows: Sequence[Row], told: str, *, is_uncoded: bool, is_open: bool) -> None:
        """Show what is seen, with its count in words."""
        self.list.nothing = (_ALL_CODED if is_uncoded else _NONE) if is_open else _NARROW
        self.list.show_rows(rows)
        self.list.viewport().update()
        self.count.setText(told)
        self.export.setEnabled(bool(rows))
        self.uncoded.setText("Show coded words" if is_uncoded else "Show not coded yet")

    def show_lens(self, evidence: Evidence, lens: Lens, order: str) -> None:
        """Show which lenses are in use, and the order."""
        for name, button in self.lenses.items():
            value = lens.chosen.get(name, "")
            told = lens_button(evidence, name, value)
            button.setText(self._short(told))
            button.setToolTip(told if value else "")
            button.setAccessibleName(told if value else f"{told}: any")
            button.setProperty("role", "on" if value else "quiet")
            button.style().unpolish(button)
            button.style().polish(button)
        self.order.setText(order_button(order))
        self._lens_in_use = frozenset(lens.chosen)
        self.all.setVisible(not lens.is_open)
        self._fold()

    def show_quote(self, row: Row | None, criterion: str, source: str) -> None:
        """Show the current words in full, or that none are chosen."""
        self.side_empty.setVisible(row is None)
        shown = (self.words, self.criterion, self.source, self.findings_title, self.findings)
        for one in (*shown, self.open, self.put):
            one.setVisible(row is not None)
        self.adrift.setVisible(row is not None and bool(row.badge))
        if row is None:
            self.show_around("", "")
            return
        self.words.setText(row.title)
        self.criterion.setText(criterion)
        self.criterion.setVisible(bool(criterion))
        self.source.setText(source)
        self.show_around("", "")
        self.adrift.setText(
            "These words were changed in the note after they were coded. The note shows both."
        )

    def show_around(self, paragraph: str, findings: str) -> None:
        """Show the whole paragraph, where it is more than the words, and the findings."""
        self.paragraph.setText(paragraph)
        for one in (self.paragraph, self.paragraph_title):
            one.setVisible(bool(paragraph))
        self.findings.setText(findings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the lenses that are not in use where they would take the list's room."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        has_room = self.width() >= _ROOM_FOR_ALL * self.fontMetrics().averageCharWidth()
        for name, button in self.lenses.items():
            button.setVisible(has_room or name in self._lens_in_use)

    def _short(self, told: str) -> str:
        letters = 34
        return told if len(told) <= letters else f"{told[: letters - 1]}…"

    def _lay_out(self) -> None:
        across = FlowBox()
        for name, button in self.lenses.items():
            button.setProperty("role", "quiet")
            button.clicked.connect(lambda _on=False, name=name: self.lens_wanted.emit(name))
            across.flow.addWidget(button)
        line, below = QHBoxLayout(), QHBoxLayout()
        line.addWidget(self.filter, 1)
        line.addWidget(self.narrow)
        line.addWidget(self.order)
        below.addWidget(self.count, 1)
        for one in (self.all, self.uncoded, self.export):
            below.addWidget(one)
        self.count.setWordWrap(False)
        self.uncoded.setAccessibleDescription("Ctrl+Shift+U")
        self.order.setAccessibleDescription("Ctrl+Shift+O")
        self.export.setAccessibleDescription("Ctrl+Shift+W")
        self.put.setAccessibleDescription("E")
        self.open.setAccessibleDescription("Enter in the list")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(across)
        column.addLayout(line)
        column.addLayout(below)
        column.addWidget(self.list, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(TwoPanes(left, self.side, 110, (5, 2)))

    def _right(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        self.side_empty = label("Choose words to read them in full.", "meta")
        for one in (self.side_empty, self.criterion, self.words, self.adrift, self.source):
            column.addWidget(one)
        for title, words in (
            (self.paragraph_title, self.paragraph),
            (self.findings_title, self.findings),
        ):
            title.setContentsMargins(0, self.fontMetrics().height() // 2, 0, 0)
            column.addWidget(title)
            column.addWidget(words)
        line = Flow()
        line.addWidget(self.open)
        line.addWidget(self.put)
        column.addLayout(line)
        column.addStretch(1)
        return pane
