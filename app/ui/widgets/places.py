"""Places in a paper that somebody has to look at: a sentence, and the list to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.widgets.rows import Row

_MOST_LINES = 6  # of the list before it scrolls


class Places(QWidget):
    """Reads out what was found; ``lead`` is a button for whoever wants to go there instead."""

    def __init__(self, said: str, rows: Sequence[Row], lead: str = "") -> None:
        """Show a sentence over the places."""
        super().__init__()
        self.said = label(said)
        self.list = RowsView("Places to look at", 3)
        self.list.show_rows(list(rows))
        self.list.setMinimumHeight(_MOST_LINES * self.fontMetrics().height())
        self.lead = QPushButton(lead)
        self.lead.setVisible(bool(lead))
        self.lead.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        if lead:
            column.addWidget(self.lead)
        self.setFocusProxy(self.list)
