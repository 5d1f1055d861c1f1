"""Keeps the words of a line from the first key, until they were taken as a record of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.operations.typed_fields import keep_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.changes import Changes
    from app.errors import SiteweekError
    from app.ui.page import Page
    from app.ui.pages.tasks.line_in import LineIn
    from app.ui.session import Doing

KEPT_AFTER: Final = 450  # ms; with the time to write it, within a second


class LineKeeper(QObject):
    """Serves one line; ``record`` is what its words will be part of."""

    def __init__(self, page: Page, line: LineIn, kind: str) -> None:
        """Watch a line."""
        super().__init__(page)
        self.record = ""
        self._page, self._line, self._kind = page, line, kind
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEPT_AFTER)
        self._pause.timeout.connect(self.keep)
        line.field.textEdited.connect(self._on_edited)

    def open_record(self, record: str, words: str) -> None:
        """Go to another record, with the words that were kept under it; hand over those here."""
        self._line.hand_over()
        self._pause.stop()
        self.record = record
        if not self._line.is_handed_over:
            self._line.field.clear()
        if words and not self._line.words:
            self._line.field.setText(words)

    def take(self, doing: Doing, words: str, then: Callable[[Changes], None]) -> None:
        """Take the words by a verb: empty the line once they are a record, else leave them."""
        record = self.record

        def taken(changes: Changes) -> None:
            self._line.taken(words)
            self._keep(record, self._line.words if record == self.record else "")
            then(changes)

        def refused(problem: SiteweekError) -> None:
            self._line.refused()
            self._page.failed.emit(problem.sentence)

        doing.start(taken, refused)

    def keep(self) -> None:
        """Keep what stands in the line."""
        if self.record and not self._page.is_closed:
            self._keep(self.record, self._line.words)

    def _keep(self, record: str, words: str) -> None:
        self._page.session.do(self._page, keep_line, record, self._kind, words).start(
            lambda _changes: self._page.kept.emit(),
            lambda problem: self._page.failed.emit(problem.sentence),
        )

    def _on_edited(self, _text: str) -> None:
        if not self._pause.isActive():
            self._pause.start()
