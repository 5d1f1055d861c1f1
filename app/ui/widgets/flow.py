"""Widgets in a line that goes on below where the width is used up, as words in a paragraph do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Flow(QLayout):
    """Keeps the order of its widgets; hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._held: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Put one behind the others."""
        self._held.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._held)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one by its place, or nothing behind the last."""
        return self._held[index] if 0 <= index < len(self._held) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._held.pop(index) if 0 <= index < len(self._held) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower line needs more of them."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        return self._place(QRect(0, 0, width, 0), is_tried=True)

    def setGeometry(self, rect: QRect) -> None:
        """Place every widget."""
        super().setGeometry(rect)
        self._place(rect, is_tried=False)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Ask for the widest of them at least."""
        size = QSize()
        for one in self._held:
            if not one.isEmpty():
                size = size.expandedTo(one.minimumSize())
        return size

    def _place(self, rect: QRect, *, is_tried: bool) -> int:
        gap = max(0, self.spacing())
        at, below = QPoint(rect.topLeft()), 0
        for one in self._held:
            if one.isEmpty():
                continue
            size = one.sizeHint().boundedTo(QSize(max(1, rect.width()), one.sizeHint().height()))
            if at.x() > rect.x() and at.x() + size.width() > rect.right() + 1:
                at = QPoint(rect.x(), at.y() + below + gap)
                below = 0
            if not is_tried:
                one.setGeometry(QRect(at, size))
            at.setX(at.x() + size.width() + gap)
            below = max(below, size.height())
        return at.y() + below - rect.y()


class FlowBox(QWidget):
    """Widgets in a flow, as high as they need at the box's width.

    It takes that height itself, so that what lies around it need not ask for a height at a width:
    a scrolled page that does gives its lists all the room they would like.
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.flow = Flow(self)
        self.flow.setContentsMargins(0, 0, 0, 0)
        self.flow.setSpacing(self.fontMetrics().height() // 3)

    def hasHeightForWidth(self) -> bool:
        """Say that the height is settled here."""
        return False

    def event(self, event: QEvent) -> bool:
        """Settle the height again where widgets come, go or change their words."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Settle the height at the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.flow.heightForWidth(self.width()))
