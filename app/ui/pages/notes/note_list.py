"""The list of notes: rows of one height, so that twelve thousand of them show at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QStyleOptionViewItem

from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


class NoteList(RowsView):
    """Notes under their days. Every row has a title and a quiet line, each on one line."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__("Notes", most_lines=1)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows, keeping the current one and the scroll."""
        super().show_rows(rows)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Take the height of letters of another size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the rows as wide as the list."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Lay the rows out on a grid, which spares Qt from asking each for its height."""
        at = next((n for n, row in enumerate(self.shown.rows) if not row.is_heading), None)
        if at is None:
            return
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        height = self.itemDelegate().sizeHint(option, self.shown.index(at)).height()
        wanted = QSize(self.viewport().width(), height)
        if wanted != self.gridSize():
            self.setGridSize(wanted)
