"""The long list as a table, and the choosing beside it: the reason, and who the chosen are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.pages.plan.model import LIST_HEADINGS
from app.ui.widgets.filter_field import FilterField
from app.ui.widgets.labels import label
from app.ui.widgets.reason_line import ReasonLine
from app.ui.widgets.two_panes import TwoPanes
from app.ui.widgets.words_table import WordsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.operations.long_list import Choosing
    from app.ui.widgets.words_table import Line

_NONE: Final = (
    "No long list yet. Ctrl+O takes one in from a spreadsheet; names, dates of birth and numbers "
    "are left out, and you see what before anything is kept."
)


class ChildrenView(QWidget):
    """Table left, choosing right."""

    def __init__(self) -> None:
        """Lay out an empty list."""
        super().__init__()
        self.take_in = QPushButton("Take in a list…")
        self.take_in.setAccessibleDescription("Ctrl+O")
        self.table = WordsTable("Long list of children", by_row=True)
        self.table.nothing = _NONE
        self.filter = FilterField("Filter the long list", self.table)
        self.standing = label("", "title")
        self.reason = ReasonLine()
        self.child = label("", "heading")
        self.child_about = label("", "")
        self.choose = QPushButton("Choose this child…")
        self.choose.setProperty("role", "main")
        self.choose.setAccessibleDescription("Ctrl+Enter")
        self.open_file = QPushButton("Open the file")
        self.chosen_title = label("The chosen", "heading")
        self.chosen = label("", "")
        self.all_title = label("The whole list", "heading")
        self.all = label("", "meta")
        self.setFocusProxy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoPanes(self._left(), self._right(), 130, (5, 3)))

    def show_list(self, choosing: Choosing, lines: Sequence[Line], *, is_filtered: bool) -> None:
        """Show the rows that fit, and the balance."""
        self.table.nothing = "Nothing holds these words. Escape clears the filter."
        if not is_filtered:
            self.table.nothing = _NONE
        self.table.show_table(LIST_HEADINGS if lines else (), lines)
        has_list = bool(choosing.candidates)
        self.standing.setText(choosing.standing if has_list else "Choosing the children")
        self.chosen.setText(
            "\n".join(choosing.balance) or "Nobody is chosen yet. Ctrl+Enter chooses a child."
        )
        self.all.setText("\n".join(choosing.of_all))
        for one in (self.chosen_title, self.chosen, self.all_title, self.all):
            one.setVisible(has_list)

    def show_child(self, title: str, about: str, *, is_chosen: bool, has_file: bool) -> None:
        """Show the child that is current, and what can be done."""
        self.child.setText(title)
        self.child_about.setText(about)
        self.child_about.setVisible(bool(about))
        self.choose.setVisible(bool(title))
        self.choose.setText("Choose no longer…" if is_chosen else "Choose this child…")
        self.open_file.setVisible(has_file)

    def _left(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.filter, 1)
        head.addWidget(self.take_in)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        return pane

    def _right(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.standing)
        column.addWidget(self.child)
        column.addWidget(self.child_about)
        column.addWidget(self.reason)
        line = QHBoxLayout()
        line.addWidget(self.choose)
        line.addWidget(self.open_file)
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(self.fontMetrics().height())
        for one in (self.chosen_title, self.chosen, self.all_title, self.all):
            column.addWidget(one)
        column.addStretch(1)
        return pane
