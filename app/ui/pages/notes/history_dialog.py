"""Every version of one paragraph: who wrote it and when, which words went and which came."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
)

from app.domain.dates import short_date
from app.domain.differences import Change, differences
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.operations.versions import Was, Writers

_MARKS = {Change.SAME: "{}", Change.GONE: "<s>{}</s>", Change.CAME: "<b><u>{}</u></b>"}


class HistoryDialog(QDialog):
    """Shows the versions, the newest first; ``restored`` carries the words to go back to."""

    restored = Signal(str)

    def __init__(
        self, parent: QWidget, versions: Sequence[Was], writers: Writers, *, may_restore: bool
    ) -> None:
        """Show versions; they can be gone back to where ``may_restore``."""
        super().__init__(parent)
        self.setWindowTitle("What this paragraph was")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._versions = versions
        self._may_restore = may_restore
        self.list = RowsView("Versions")
        self.list.nothing = "This paragraph is not saved yet."
        self.words = QTextBrowser()
        self.words.setAccessibleName("The words then")
        self.words.setProperty("role", "words")
        self.words.setTabChangesFocus(True)
        self.restore = QPushButton("Go back to these words")
        self.restore.setAutoDefault(False)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        both = QSplitter()
        both.addWidget(self.list)
        both.addWidget(self.words)
        both.setStretchFactor(1, 1)
        letter = self.fontMetrics().averageCharWidth()
        both.setSizes([letter * 30, letter * 60])
        buttons = QHBoxLayout()
        buttons.addWidget(label("Underlined came, struck through went.", "meta"), 1)
        buttons.addWidget(self.restore)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(both, 1)
        column.addLayout(buttons)
        fit(self, 50, 24)
        self.list.row_changed.connect(lambda _key: self._show())
        self.restore.clicked.connect(self._on_restore)
        close.clicked.connect(self.accept)
        self.list.show_rows(
            [_row(number, one, writers, is_now=not number) for number, one in enumerate(versions)]
        )
        self.list.make_current("0")
        self._show()
        self.list.setFocus()

    def _show(self) -> None:
        key = self.list.current_key
        self.restore.setEnabled(self._may_restore and bool(key) and key != "0")
        if not key:
            return
        one = self._versions[int(key)]
        pieces = differences(one.before, one.words)
        shown = "".join(_MARKS[piece.change].format(escape(piece.text)) for piece in pieces)
        self.words.setHtml(f'<div style="white-space: pre-wrap">{shown}</div>')

    def _on_restore(self) -> None:
        key = self.list.current_key
        if key:
            self.restored.emit(self._versions[int(key)].words)
            self.accept()


def _row(number: int, one: Was, writers: Writers, *, is_now: bool) -> Row:
    at = one.at.astimezone()
    when = f"{short_date(at.isoformat())} {at:%H:%M:%S}"
    return Row(str(number), when, writers.name(one.device), badge="now" if is_now else "")
