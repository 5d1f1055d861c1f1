"""The margins of a note: times and kinds on the left, codes and speakers on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from app.ui import tokens
from app.ui.widgets.colouring import colour_in

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QTextBlock

    from app.ui.pages.notes.editor import NoteEditor

_SIGNS: Final = {"verbatim": "❝", "evaluation": "▸"}
_WEIGHTS: Final = {"strength": "▲", "improvement": "▼", "priority": "!", "contradicts": "⇄"}
_SMALL: Final = tokens.META / tokens.READING


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
        return round(self._editor.fontMetrics().averageCharWidth() * 11)

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
        small = QFont(editor.font())
        small.setPointSizeF(small.pointSizeF() * _SMALL)
        painter.setFont(small)
        painter.setPen(colour_in(editor, "muted"))
        height = QFontMetricsF(editor.font()).height() * tokens.READING_LINE_HEIGHT / 100
        letter = editor.fontMetrics().averageCharWidth()
        line = QRectF(letter, rect.top(), letter * 6, height)
        middle = Qt.AlignmentFlag.AlignVCenter
        if shown.text:
            painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, shown.time)
        sign = _SIGNS.get(shown.type)
        if sign:
            painter.setPen(editor.palette().accent().color())
            sign_rect = QRectF(letter * 7.6, rect.top(), letter * 3, height)
            painter.drawText(sign_rect, middle, sign)
        self._paint_right(painter, block, rect, small)

    def _paint_right(self, painter: QPainter, block: QTextBlock, rect: QRectF, font: QFont) -> None:
        editor = self._editor
        left = editor.viewport().geometry().right() + editor.fontMetrics().averageCharWidth()
        bar = editor.verticalScrollBar()
        width = self.width() - left - (bar.width() if bar.isVisible() else 0)
        metrics = QFontMetricsF(font)
        if width < metrics.averageCharWidth() * 8:
            return
        speaker = editor.line_at(block).speaker
        labels = [f"— {speaker}"] if speaker else []
        labels += [
            f"{code.criterion} {_WEIGHTS.get(code.weight, '')}".strip()
            + (" · loose" if code.start is None else "")
            for code in editor.codes_at(block)
        ]
        painter.setPen(colour_in(editor, "muted"))
        top = rect.top() + metrics.height() * 0.25
        for label in labels:
            words = metrics.elidedText(label, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRectF(left, top, width, metrics.height()), words)
            top += metrics.height() * 1.1
