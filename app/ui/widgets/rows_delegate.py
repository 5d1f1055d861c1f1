"""Paints rows: words that wrap, a quiet line, a sign in the margin. Knows no inspections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.widgets.colouring import colour_of
from app.ui.widgets.icons import draw_icon

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QListView

    from app.ui.widgets.rows import Row

ROW: Final = int(Qt.ItemDataRole.UserRole) + 1
_META_SIZE: Final = 12 / 13  # meta text to interface text
_LEADING: Final = 1.25


class RowsDelegate(QStyledItemDelegate):
    """Lays a row out to the width of its list; all distances follow the font."""

    def __init__(self, view: QListView, most_lines: int, *, is_even: bool = False) -> None:
        """Serve one list; ``most_lines`` of a title are shown, 0 shows all of it.

        ``is_even`` gives each row the room of that many lines and a quiet one.
        """
        super().__init__(view)
        self._view = view
        self._most_lines = most_lines
        self._is_even = is_even
        self.is_tight = False  # half the room between rows, where all of them have to be in sight

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height the row's words need at the list's width."""
        width = self._view.viewport().width()
        if self._is_even:
            below = QFontMetricsF(_meta_font(option.font)).height()
            words = self._most_lines * QFontMetricsF(option.font).height() + below
            return QSize(width, round(words * _LEADING + 2 * self._margin(option.font)))
        row = cast("Row", index.data(ROW))
        font = self._title_font(option.font, row)
        metrics = QFontMetricsF(font)
        lines = len(self._lines(row.title, font, self._text_width(width, option.font, row)))
        height = lines * metrics.height() * _LEADING + 2 * self._margin(option.font)
        if _has_quiet_line(row):
            meta_font = _meta_font(option.font)
            width_of_text = self._text_width(width, option.font, row)
            is_below = self._has_badge_below(row, option.font, width_of_text)
            if row.badge and not is_below:
                badge = QFontMetricsF(meta_font).horizontalAdvance(row.badge)
                width_of_text -= badge + 2 * _unit(option.font)
            quiet = len(self._meta_lines(row, meta_font, width_of_text)) + is_below
            height += QFontMetricsF(meta_font).height() * _LEADING * quiet
        if row.is_heading:
            height += 2 * _unit(option.font)
        return QSize(width, max(24, round(height)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row's ground, its sign, its words and its quiet line."""
        row = cast("Row", index.data(ROW))
        painter.save()
        self._paint_ground(painter, option, row)
        rect = QRectF(option.rect)
        unit = _unit(option.font)
        left = rect.left() + self._left(option.font, row)
        top = rect.top() + self._margin(option.font) + (2 * unit if row.is_heading else 0)
        ink = self._view.palette().color(QPalette.ColorRole.Text)
        font = self._title_font(option.font, row)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        if row.sign:
            painter.setPen(colour_of(row.tone) if row.tone else ink)
            painter.drawText(QPointF(left - 5.5 * unit, top + metrics.ascent()), row.sign)
        if row.icon:
            side = 5 * unit
            middle = top + metrics.height() * _LEADING / 2
            place = QRectF(left - 7 * unit, middle - side / 2, side, side)
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            draw_icon(painter, row.icon, place, colour_of("accent" if is_chosen else "muted"))
        painter.setPen(ink)
        for line in self._lines(row.title, font, self._text_width(rect.width(), option.font, row)):
            painter.drawText(QPointF(left, top + metrics.ascent()), line)
            top += metrics.height() * _LEADING
        self._paint_meta(painter, option, row, left, top)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        if row.is_heading:
            return
        style = self._view.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self._view
        )

    def _paint_meta(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, left: float, top: float
    ) -> None:
        if not row.meta:
            top -= QFontMetricsF(self._title_font(option.font, row)).height() * _LEADING
        if not (row.meta or row.badge):
            return
        font = _meta_font(option.font)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(colour_of("muted"))
        rect = option.rect
        right = rect.right() - 3 * _unit(option.font)
        if self._has_badge_below(row, option.font, right - left):
            below = top + metrics.height() * _LEADING
            painter.drawText(QPointF(left, below + metrics.ascent()), row.badge)
        elif row.badge:
            width = metrics.horizontalAdvance(row.badge)
            painter.drawText(QPointF(right - width, top + metrics.ascent()), row.badge)
            right -= width + 2 * _unit(option.font)
        for line in self._meta_lines(row, font, right - left):
            painter.drawText(QPointF(left, top + metrics.ascent()), line)
            top += metrics.height() * _LEADING

    def _has_badge_below(self, row: Row, font: QFont, width: float) -> bool:
        """Whether the quiet line fits alone and not beside the badge: nothing is cut short then."""
        if self._is_even or self._most_lines == 0 or not (row.meta and row.badge):
            return False
        metrics = QFontMetricsF(_meta_font(font))
        said = metrics.horizontalAdvance(row.meta)
        together = said + 2 * _unit(font) + metrics.horizontalAdvance(row.badge)
        return said <= width < together

    def _meta_lines(self, row: Row, font: QFont, width: float) -> list[str]:
        """Return the quiet line, on as many lines as it needs where all of a row is shown."""
        if self._most_lines == 0:
            return self._lines(row.meta, font, width)
        metrics = QFontMetricsF(font)
        return [metrics.elidedText(row.meta, Qt.TextElideMode.ElideRight, width)]

    def _lines(self, text: str, font: QFont, width: float) -> list[str]:
        """Return a title's lines at a width, the last one shortened if it can't hold the rest."""
        words = text.replace("\n", "\u2028")
        layout = QTextLayout(words, font)
        layout.setTextOption(_WRAPPED)
        layout.beginLayout()
        starts: list[int] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(words)]
        lines = [words[start:end] for start, end in zip(starts, ends, strict=True)] or [""]
        most = self._most_lines
        if most and len(lines) > most:
            rest = words[starts[most - 1] :].replace("\u2028", " ")
            metrics = QFontMetricsF(font)
            shortened = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
            lines = [*lines[: most - 1], shortened]
        return [line.replace("\u2028", "") for line in lines]

    def _text_width(self, width: float, font: QFont, row: Row) -> float:
        taken = self._left(font, row) + 3 * _unit(font)
        if row.badge and not row.meta:
            taken += QFontMetricsF(_meta_font(font)).horizontalAdvance(row.badge) + 2 * _unit(font)
        return width - taken

    def _margin(self, font: QFont) -> float:
        return (1 if self.is_tight else 2) * _unit(font)

    def _left(self, font: QFont, row: Row) -> float:
        gutter = 3 if row.is_heading else 10 if row.icon else 8
        return (gutter + 5 * row.indent) * _unit(font)

    def _title_font(self, font: QFont, row: Row) -> QFont:
        if not (row.is_heading or row.is_strong):
            return font
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        return bold


def _has_quiet_line(row: Row) -> bool:
    """Whether there is a line under the title; a badge alone stands beside the title instead."""
    return bool(row.meta)


def _unit(font: QFont) -> float:
    """A quarter of a line: 4 at the usual size."""
    return QFontMetricsF(font).height() / 4.25


def _meta_font(font: QFont) -> QFont:
    smaller = QFont(font)
    if font.pixelSize() > 0:
        smaller.setPixelSize(max(1, round(font.pixelSize() * _META_SIZE)))
    else:
        smaller.setPointSizeF(font.pointSizeF() * _META_SIZE)
    return smaller


_WRAPPED: Final = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
