"""A column of a readable width in the middle of an empty canvas; it scrolls where it must."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget


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
