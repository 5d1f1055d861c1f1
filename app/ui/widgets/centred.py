"""A column of a readable width in the middle of an empty canvas; it scrolls where it must."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)


class OneAtATime(QWidget):
    """Pages of which one is shown, as high as that one needs: what stands below stays near."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._pages: list[QWidget] = []
        self._current = 0

    def addWidget(self, page: QWidget) -> None:
        """Add a page; the first is shown."""
        self._pages.append(page)
        self._column.addWidget(page)
        page.setVisible(len(self._pages) == 1)

    def currentIndex(self) -> int:
        """Return the place of the page that is shown."""
        return self._current

    def currentWidget(self) -> QWidget:
        """Return the page that is shown."""
        return self._pages[self._current]

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show a page in place of the one that is shown."""
        self._current = self._pages.index(page)
        for one in self._pages:
            one.setVisible(one is page)


class Centred(QScrollArea):
    """Shows one widget at most so many letters wide."""

    def __init__(self, inner: QWidget, letters: int) -> None:
        """Put a widget in the middle."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner, self._letters = inner, letters
        canvas = QWidget()
        canvas.setProperty("role", "panel")
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner, 1000)
        across.addStretch(1)
        outer = QVBoxLayout(canvas)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)
        self.setWidget(canvas)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        self._inner.setMaximumWidth(self._inner.fontMetrics().averageCharWidth() * self._letters)
