"""Fields under their names, side by side where there is room and one above another where not."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.ui.widgets.fields import Field

_LEAST_LETTERS: Final = 22  # of a field that stands beside another


class SideBySide(QWidget):
    """Widgets in a row, or one above another where each would get too little room."""

    def __init__(
        self, widgets: Sequence[QWidget], stretch: Sequence[int] = (), least_letters: int = 0
    ) -> None:
        """Lay out widgets; each asks for its own width or for ``least_letters``."""
        super().__init__()
        self._widgets = tuple(widgets)
        self._least = least_letters
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self.fontMetrics().height())
        for at, one in enumerate(widgets):
            self._row.addWidget(one, stretch[at] if stretch else 1)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the widest of them needs alone."""
        width = max(one.minimumSizeHint().width() for one in self._widgets)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put them one above another where a row would be too narrow."""
        super().resizeEvent(event)
        least = self._least * self.fontMetrics().averageCharWidth()
        needed = sum(max(least, one.minimumSizeHint().width()) for one in self._widgets)
        needed += self._row.spacing() * (len(self._widgets) - 1)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wanted = across if self.width() >= needed else down
        if self._row.direction() is not wanted:
            self._row.setDirection(wanted)
            self.updateGeometry()


def titled(field: Field) -> QWidget:
    """Return a field under its name."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(field.widget.accessibleName(), "meta"))
    column.addWidget(field.widget)
    column.addStretch(1)
    return whole


def side_by_side(fields: Sequence[Field], stretch: Sequence[int] = ()) -> SideBySide:
    """Return fields in a row, each under its name."""
    return SideBySide([titled(one) for one in fields], stretch, _LEAST_LETTERS)


def in_tab_order(widgets: Sequence[QWidget]) -> None:
    """Let Tab walk these widgets in this order."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
