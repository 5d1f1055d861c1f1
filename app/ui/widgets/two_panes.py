"""Two panes beside each other, or one above the other and scrolled where that is too narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_ACROSS = QBoxLayout.Direction.LeftToRight
_DOWN = QBoxLayout.Direction.TopToBottom


class TwoPanes(QScrollArea):
    """``letters`` is the width from which the panes stand beside each other."""

    def __init__(
        self, first: QWidget, second: QWidget, letters: int = 110, shares: tuple[int, int] = (3, 2)
    ) -> None:
        """Lay out both; beside each other they share the width so."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._letters = letters
        body = QWidget()
        self._row = QBoxLayout(_ACROSS, body)
        unit = self.fontMetrics().height()
        self._row.setContentsMargins(unit, unit // 2, unit, unit // 2)
        self._row.setSpacing(unit)
        self._row.addWidget(first, shares[0])
        self._row.addWidget(second, shares[1])
        self._first, self._second = first, second
        self.setWidget(body)

    @property
    def is_across(self) -> bool:
        """Whether the panes stand beside each other."""
        return self._row.direction() is _ACROSS

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one above the other where the width is too little for both."""
        super().resizeEvent(event)
        needed = self._letters * self.fontMetrics().averageCharWidth()
        wanted = _ACROSS if self.width() >= needed else _DOWN
        if self._row.direction() is not wanted:
            self._row.setDirection(wanted)
