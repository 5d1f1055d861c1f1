"""Words as large as the room they are given allows, for reading aloud from a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.widgets.colouring import colour_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_SIZES: Final = (3.6, 3.0, 2.6, 2.2, 1.9, 1.6, 1.4, 1.2, 1.0)  # to that of other text
_WIDEST: Final = 52  # letters of a line: longer ones are lost when looking up and back
_FLAGS: Final = int(
    Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
)


class LargeWords(QWidget):
    """Paints words in the largest size in which all of them are shown."""

    def __init__(self, name: str) -> None:
        """Begin with none."""
        super().__init__()
        self.words = ""
        self._name = name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_words(self, words: str) -> None:
        """Show words."""
        self.words = words
        self.setAccessibleName(f"{self._name}: {words}")
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Ask for a few lines."""
        line = self.fontMetrics().lineSpacing()
        return QSize(20 * line, 4 * line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words."""
        painter = QPainter(self)
        painter.setPen(colour_of("ink"))
        font, room = self._fitted()
        painter.setFont(font)
        painter.drawText(room, _FLAGS, self.words)
        painter.end()

    def _fitted(self) -> tuple[QFont, QRectF]:
        font, room = QFont(self.font()), QRectF(self.rect())
        for size in _SIZES:
            font.setPointSizeF(self.font().pointSizeF() * size)
            metrics = QFontMetricsF(font)
            wide = min(room.width(), metrics.averageCharWidth() * _WIDEST)
            held = QRectF(room.center().x() - wide / 2, room.top(), wide, room.height())
            needed = metrics.boundingRect(held, _FLAGS, self.words)
            if needed.height() <= room.height() and needed.width() <= wide + 1:
                return font, held
        return font, room
