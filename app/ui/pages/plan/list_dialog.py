"""Shows what a spreadsheet comes to before anything is kept: what stays, what goes and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from app.ui.widgets.answers import answers
from app.ui.widgets.choice import Choice
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.long_list import Child, LongList

_SHOWN: Final = 3


class ListDialog(QDialog):
    """``wanted`` carries the list to take in and what it is called."""

    wanted = Signal(object, str)

    def __init__(self, parent: QWidget, found: Sequence[LongList]) -> None:
        """Show the first table that is a list; others can be chosen."""
        super().__init__(parent)
        self.setWindowTitle("Take in a long list")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found = tuple(found)
        self.tables = Choice()
        self.tables.setAccessibleName("Table of the spreadsheet")
        for one in self._found:
            self.tables.addItem(f"{one.name or 'Table'}: {_children(len(one.children))}")
        self.told = label("", "meta")
        self.called = QLineEdit()
        self.called.setAccessibleName("What the list is called")
        self.rows = RowsView("What stays and what is left out", 0)
        buttons, self.take = answers("Take in")
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.tables)
        column.addWidget(self.told)
        column.addWidget(self.rows, 1)
        column.addWidget(label("&Called", "meta", self.called))
        column.addWidget(self.called)
        column.addWidget(buttons)
        self.tables.setVisible(len(self._found) > 1)
        self.tables.currentIndexChanged.connect(self._show)
        self.take.setFocus()
        fit(self, 44, 34)
        self._show(0)

    def _show(self, at: int) -> None:
        found = self._found[at]
        self.called.setText(found.name or "Long list")
        self.told.setText(
            f"The headers stand in row {found.header_row}. Nothing has been kept yet; the file "
            "itself stays where it is and none of it is copied but what stays below."
        )
        rows = [Row("gone", "Left out", is_heading=True)]
        rows += [
            Row(f"gone/{n}", one.header or "A column without a header", one.words, "×")
            for n, one in enumerate(found.dropped)
        ]
        if not found.dropped:
            rows.append(Row("gone/none", "No column is left out."))
        rows.append(Row("kept", "Stays", is_heading=True))
        rows += [
            Row(f"kept/{n}", one.header, f"kept as {one.words}", "✓")
            for n, one in enumerate(found.kept)
        ]
        if found.remarks:
            rows.append(Row("remarks", "Looked at twice", is_heading=True))
            rows += [Row(f"remark/{n}", one) for n, one in enumerate(found.remarks)]
        rows.append(Row("first", "As they would stand in the list", is_heading=True))
        rows += [
            Row(f"first/{n}", _in_words(one) or "nothing known")
            for n, one in enumerate(found.children[:_SHOWN])
        ]
        self.rows.show_rows(rows)
        self.rows.scrollToTop()
        self.take.setText(f"Take in {_children(len(found.children))}")

    def _on_accepted(self) -> None:
        found = self._found[self.tables.currentIndex()]
        self.wanted.emit(found, self.called.text().strip() or "Long list")
        self.accept()


def _children(count: int) -> str:
    return "1 child" if count == 1 else f"{count:,} children"


def _in_words(child: Child) -> str:
    parts = (child.age_band, child.gender, child.ethnicity, child.status, ", ".join(child.agencies))
    return " · ".join(part for part in (*parts, child.area) if part)
