"""Two panes beside each other, or one above the other and scrolled where that is too narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QBoxLayout, QScrollArea, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_ACROSS: Final = QBoxLayout.Direction.LeftToRight
_DOWN: Final = QBoxLayout.Direction.TopToBottom
_FIRST_LINES: Final = 18  # of the first pane where it stands above the second


class TwoPanes(QScrollArea):
    """``letters`` is the width from which the panes stand beside each other.

    There the second scrolls on its own; above each other the whole scrolls, and all of it is there.
    """

    def __init__(
        self, first: QWidget, second: QWidget, letters: int = 110, shares: tuple[int, int] = (3, 2)
    ) -> None:
        """Lay out both; beside each other they share the width so."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._letters = letters
        self._first, self._second = first, second
        self._inner = QScrollArea(widgetResizable=True)
        self._inner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner.setFrameShape(QScrollArea.Shape.NoFrame)
        self._inner.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner.setWidget(second)
        second.installEventFilter(self)
        body = self._body = QWidget()
        self._row = QBoxLayout(_ACROSS, body)
        unit = self.fontMetrics().height()
        self._row.setContentsMargins(unit, unit // 2, unit, unit // 2)
        self._row.setSpacing(unit)
        self._row.addWidget(first, shares[0])
        self._row.addWidget(self._inner, shares[1])
        body.installEventFilter(self)
        self.setWidget(body)
        running = QApplication.instance()
        if isinstance(running, QApplication):
            running.focusChanged.connect(self._on_focus_changed)

    @property
    def is_across(self) -> bool:
        """Whether the panes stand beside each other."""
        return self._row.direction() is _ACROSS

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the second pane the height it asks for now, where it does not scroll on its own."""
        if watched is self._second and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        elif watched is self._body and event.type() == QEvent.Type.Resize:
            # A resize in the midst of being laid out is forgotten when that ends: see to it after.
            QTimer.singleShot(0, self, self._settle)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one above the other where the width is too little for both."""
        super().resizeEvent(event)
        needed = self._letters * self.fontMetrics().averageCharWidth()
        wanted = _ACROSS if self.width() >= needed else _DOWN
        if self._row.direction() is not wanted:
            self._row.setDirection(wanted)
        self._fit()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what is written in next into sight, however one came to it."""
        if now is None:
            return
        if self._second.isAncestorOf(now):
            self._inner.ensureWidgetVisible(now)
            self.ensureWidgetVisible(now)
        elif self._first.isAncestorOf(now) or self._first is now:
            self.verticalScrollBar().setValue(0)

    def _settle(self) -> None:
        if self._row.geometry() != self._body.rect():
            self._row.setGeometry(self._body.rect())

    def _fit(self) -> None:
        down = not self.is_across
        line = self.fontMetrics().height()
        # Not higher than what is in sight: a list scrolls to what is current in it, and this not.
        lines = min(_FIRST_LINES * line, self.viewport().height() - line)
        self._first.setMinimumHeight(lines if down else 0)
        self._inner.setMinimumHeight(self._asked() if down else 0)

    def _asked(self) -> int:
        """Return the height that the second pane needs at its width, words wrapped."""
        layout = self._second.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalMinimumHeightForWidth(self._inner.viewport().width())
        return self._second.minimumSizeHint().height()
