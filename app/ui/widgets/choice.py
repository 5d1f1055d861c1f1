"""A box to choose one of several from, which says with … that there are more words than room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent


class Choice(QComboBox):
    """Draws what is chosen as far as there is room; the whole of it comes up at the pointer."""

    def __init__(self) -> None:
        """Begin with nothing to choose from."""
        super().__init__()
        self.currentTextChanged.connect(self._tell_whole)

    def fitting(self) -> str:
        """Return what is chosen, as far as there is room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        return self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box as its style has it, with the words that fit."""
        if self.currentIndex() < 0:  # the hint, which is short and drawn in a tone of its own
            super().paintEvent(event)
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.fitting()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell anew whether anything is cut short."""
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        is_cut = self.fitting() != self.currentText()
        self.setToolTip(self.currentText() if is_cut else "")
