"""A box to write in that grows with its words and knows which of them were saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

_PAUSE: Final = 400  # ms after the last key before the words are kept on disk
_NO_LIMIT: Final = 16_777_215  # Qt's own: the height of a widget that was not given any


class WordsBox(QPlainTextEdit):
    """Words of one record. What is typed here stays here until it was saved or put back.

    ``paused`` tells that the writer stopped for a moment, ``left`` that the box was left; both
    only while the words differ from those saved.
    """

    paused = Signal(str)
    left = Signal(str)

    def __init__(
        self, name: str, least_lines: int = 1, most_lines: int = 0, scale: float = 1.0
    ) -> None:
        """Name the box; it takes from ``least_lines`` to ``most_lines`` (0: as many as needed).

        ``scale`` is the size of its words to that of other text.
        """
        super().__init__()
        self._saved = ""
        self._lines = (least_lines, most_lines)
        self.setAccessibleName(name)
        if scale != 1.0:
            larger = self.font()
            larger.setPointSizeF(larger.pointSizeF() * scale)
            self.setFont(larger)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if most_lines else None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # words wrap
        self.setVerticalScrollBarPolicy(policy or Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._on_paused)
        self.textChanged.connect(self._on_text_changed)

    @property
    def words(self) -> str:
        """The words on screen."""
        return self.toPlainText()

    @property
    def is_changed(self) -> bool:
        """Whether the words on screen differ from those saved."""
        return self.words != self._saved

    @property
    def caret(self) -> int:
        """Where the caret stands, counted in code points."""
        units = self.textCursor().position()
        return len(self.words.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))

    def select(self, words: str) -> bool:
        """Select words with the caret before them and go to them; whether they are here."""
        at = self.words.find(words) if words else -1
        if at < 0:
            return False
        cursor = self.textCursor()
        begin = _units(self.words[:at])
        cursor.setPosition(begin + _units(words))
        cursor.setPosition(begin, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()
        return True

    def show_words(self, saved: str, draft: str = "") -> None:
        """Show a record's words, or the draft of them; for another record than before."""
        self._saved = saved
        self.setPlainText(draft or saved)
        self._pause.stop()

    def refresh(self, saved: str) -> None:
        """Show the same record's words as they are now, unless others are being typed."""
        was_changed = self.is_changed
        if saved == self._saved:
            return
        self._saved = saved
        if not was_changed and self.words != saved:
            cursor = self.textCursor()
            place = cursor.position()
            self.setPlainText(saved)
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(saved)))
            self.setTextCursor(cursor)
            self._pause.stop()

    def mark_saved(self, words: str) -> None:
        """Take note that these words were saved."""
        self._saved = words

    def put_back(self) -> None:
        """Show the saved words again."""
        self.show_words(self._saved)

    def _on_text_changed(self) -> None:
        self._fit()
        if self.is_changed:
            self._pause.start()
        else:
            self._pause.stop()

    def _on_paused(self) -> None:
        if self.is_changed:
            self.paused.emit(self.words)

    def _fit(self) -> None:
        least, most = self._lines
        lines = max(least, round(self.document().size().height()))
        if most:
            lines = min(most, lines)
        height = self._height_of(lines)
        if height != self.maximumHeight():
            # Where the box may scroll it gives way in a small window; else all is always shown.
            self.setMinimumHeight(self._height_of(min(2, least)) if most else height)
            self.setMaximumHeight(height)
            self.updateGeometry()

    def _height_of(self, lines: int) -> int:
        around = 2 * round(self.document().documentMargin()) + 2 * self.frameWidth() + 4
        return lines * self.fontMetrics().lineSpacing() + around

    def sizeHint(self) -> QSize:
        """Ask for the height that shows all the words."""
        # Before its first layout it has no height of its own, and would ask for all there is.
        is_laid_out = self.maximumHeight() < _NO_LIMIT
        height = self.maximumHeight() if is_laid_out else self._height_of(self._lines[0])
        return QSize(super().sizeHint().width(), height)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the box was left, unless only a menu opened or another window came up."""
        super().focusOutEvent(event)
        passing = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}
        if self.is_changed and event.reason() not in passing:
            self._pause.stop()
            self.left.emit(self.words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height the words need at the new width."""
        super().resizeEvent(event)
        self._fit()


def _units(words: str) -> int:
    """Count as Qt does: in UTF-16 units."""
    return len(words.encode("utf-16-le")) // 2
