"""Choosing several of a few things: each a box to tick, as many on a line as fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent


class Several(QWidget):
    """Boxes by id; arrow keys and Tab go from one to the next, Space ticks."""

    def __init__(self, offered: Mapping[str, str], chosen: Sequence[str]) -> None:
        """Offer names by id, some of them ticked; ids that are not offered stay chosen."""
        super().__init__()
        self._others = [one for one in chosen if one not in offered]
        self.boxes: dict[str, QCheckBox] = {}
        for key, name in offered.items():
            box = QCheckBox(name.replace("&", "&&"), self)
            box.setChecked(key in chosen)
            self.boxes[key] = box
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for box in self.boxes.values():
            self.setFocusProxy(box)
            break

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids that are ticked, and those that were chosen before and are not offered."""
        ticked = (key for key, box in self.boxes.items() if box.isChecked())
        return (*ticked, *self._others)

    def setAccessibleName(self, name: str) -> None:
        """Name every box after what is chosen."""
        super().setAccessibleName(name)
        for box in self.boxes.values():
            box.setAccessibleName(f"{name}: {box.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many boxes on a line as fit."""
        super().resizeEvent(event)
        height = self._place(self.width())
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Ask for the height that the boxes need at the present width."""
        width = max(self.width(), self.fontMetrics().averageCharWidth() * 40)
        return QSize(width, self._place(width))

    def _place(self, width: int) -> int:
        gap = self.fontMetrics().averageCharWidth()
        x = y = tallest = 0
        for box in self.boxes.values():
            wanted = box.sizeHint().boundedTo(QSize(width, 10_000))
            if x and x + wanted.width() > width:
                x, y = 0, y + tallest
            tallest = max(wanted.height(), round(self.fontMetrics().height() * 1.6))
            box.setGeometry(x, y, wanted.width(), tallest)
            x += wanted.width() + 2 * gap
        return y + tallest
