"""The margins of a note: times and kinds on the left, codes and speakers on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from app.ui import tokens
from app.ui.widgets.colouring import colour_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QTextBlock

    from app.operations.notes import Code
    from app.ui.pages.notes.editor import NoteEditor

_SIGNS: Final = {"verbatim": "❝", "evaluation": "▸"}
_WEIGHTS: Final = {"strength": "▲", "improvement": "▼", "priority": "!", "contradicts": "⇄"}
_SMALL: Final = tokens.META / tokens.READING
# Distances from the words, in letters.
_SIGN_AT: Final = 1.6
_TIME_AT: Final = 2.6
_NARROWEST: Final = 5


class Margins(QWidget):
    """Paints over the editor's margins; the words and the mouse are the editor's own."""

    def __init__(self, editor: NoteEditor) -> None:
        """Stand over an editor."""
        super().__init__(editor)
        self._editor = editor
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        editor.verticalScrollBar().valueChanged.connect(lambda _value: self.refresh())

    def refresh(self) -> None:
        """Paint both margins again, and leave the words between them alone."""
        words = self._editor.viewport().geometry()
        self.update(QRect(0, 0, words.left(), self.height()))
        right = words.right() + 1
        self.update(QRect(right, 0, self.width() - right, self.height()))

    def left_width(self) -> int:
        """Return the room that a time and a sign need."""
        return round(self._editor.fontMetrics().averageCharWidth() * 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint beside every block that can be seen."""
        editor = self._editor
        layout, viewport = editor.document().documentLayout(), editor.viewport()
        offset = viewport.y() - editor.verticalScrollBar().value()
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        block = editor.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid() and block.blockNumber() < len(editor.paper.lines):
            rect = layout.blockBoundingRect(block).translated(0, offset)
            if rect.top() > self.height():
                break
            if rect.bottom() >= 0:
                self._paint_block(painter, block, rect)
            block = block.next()
        painter.end()

    def _paint_block(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        editor = self._editor
        shown = editor.line_at(block)
        letter = editor.fontMetrics().averageCharWidth()
        words = editor.viewport().geometry()
        first = block.layout().lineAt(0)
        baseline = rect.top() + first.y() + first.ascent() if first.isValid() else rect.top()
        small = QFont(editor.font())
        small.setPointSizeF(small.pointSizeF() * _SMALL)
        if _SIGNS.get(shown.type):
            painter.setFont(editor.font())
            painter.setPen(colour_of("accent"))
            at = QPointF(words.left() - _SIGN_AT * letter, baseline)
            painter.drawText(at, _SIGNS[shown.type])
        painter.setFont(small)
        painter.setPen(colour_of("muted"))
        if shown.text:
            width = QFontMetricsF(small).horizontalAdvance(shown.time)
            right = words.left() - _TIME_AT * letter
            painter.drawText(QPointF(right - width, baseline), shown.time)
        if shown.beneath:
            below = rect.top() + block.layout().boundingRect().height()
            below += QFontMetricsF(small).ascent()
            inside = words.left() + editor.document().documentMargin()
            painter.drawText(QPointF(inside, below), shown.beneath)
        self._paint_codes(painter, block, baseline)

    def _paint_codes(self, painter: QPainter, block: QTextBlock, baseline: float) -> None:
        """Paint the codes' short labels on the right, where there is room for them."""
        editor = self._editor
        if editor.is_centred:
            return  # in an interview only the words remain
        left = editor.viewport().geometry().right() + editor.fontMetrics().averageCharWidth()
        bar = editor.verticalScrollBar()
        width = self.width() - left - (bar.width() if bar.isVisible() else 0)
        metrics = QFontMetricsF(painter.font())
        if width < metrics.averageCharWidth() * _NARROWEST:
            return
        for label in dict.fromkeys(_label(code) for code in editor.codes_at(block)):
            words = metrics.elidedText(label, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QPointF(left, baseline), words)
            baseline += metrics.height() * 1.1


def _label(code: Code) -> str:
    loose = " · loose" if code.start is None else ""
    return f"{code.criterion} {_WEIGHTS.get(code.weight, '')}".strip() + loose
