"""Keeps what is typed: as a draft within half a second, as a revision at the next pause.

Knows which words are on disk; the editor only knows which are on screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.operations.typed_notes import keep_drafts, save_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.changes import Changes
    from app.errors import SiteweekError
    from app.operations.typed_notes import Typed
    from app.ui.page import Page
    from app.ui.pages.notes.editor import NoteEditor

# A sentence that was on screen for a second is on disk: half of it to begin, half to write.
DRAFT_AFTER: Final = 450
SAVE_AFTER: Final = 5_000


class NoteWriter(QObject):
    """Saves one note at a time from the editor it watches."""

    kept = Signal()  # what is on screen is on disk, as a draft or a revision
    refused = Signal(str)

    def __init__(self, page: Page, editor: NoteEditor) -> None:
        """Watch an editor; nothing is saved before ``open_note``."""
        super().__init__(page)
        self._page, self._editor = page, editor
        self.note = ""
        self._saved: dict[str, Typed] = {}
        self._drafted: dict[str, Typed] = {}
        self._draft = _timer(self, DRAFT_AFTER, self.keep_draft)
        self._save = _timer(self, SAVE_AFTER, self.save)
        editor.textChanged.connect(self._on_typed)
        editor.left_paragraph.connect(self.save)

    def open_note(self, note: str) -> None:
        """Take what the editor shows as what is on disk of a note."""
        self._draft.stop()
        self._save.stop()
        self.note = note
        self._saved = {one.id: one for one in self._editor.typed() if one.text}
        self._drafted = dict(self._saved)

    def typing_in(self) -> frozenset[str]:
        """Return the paragraphs whose words on screen are not yet a revision."""
        return frozenset(one.id for one in self._changed(self._saved))

    def keep_draft(self) -> None:
        """Keep changed paragraphs as drafts, off this thread."""
        changed = self._changed(self._drafted)
        if not self.note or not changed:
            return
        self._drafted.update({one.id: one for one in changed})
        self._page.session.do(self._page, keep_drafts, self.note, changed).start(
            lambda _changes: self.kept.emit(), self._on_draft_failed
        )

    def save(self, then: Callable[[Changes], None] = lambda _changes: None) -> bool:
        """Make revisions of all that changed, off this thread; whether anything had."""
        self._save.stop()
        self._draft.stop()
        typed = [one for one in self._editor.typed() if one.text or one.id in self._saved]
        now = {one.id: one for one in typed}
        gone = [record for record in self._saved if record not in now]
        if not self.note or (now == self._saved and not gone):
            return False
        before, self._saved, self._drafted = self._saved, now, dict(now)

        def refuse(problem: SiteweekError) -> None:
            self._saved, self._drafted = before, dict(before)
            self.refused.emit(problem.sentence)

        def saved(changes: Changes) -> None:
            self.kept.emit()
            then(changes)

        self._page.session.do(self._page, save_note, self.note, typed, gone).start(saved, refuse)
        return True

    def _changed(self, known: dict[str, Typed]) -> list[Typed]:
        return [
            one
            for one in self._editor.typed()
            if known.get(one.id) != one and (one.text or one.id in known)
        ]

    def _on_typed(self) -> None:
        if not self.note:
            return
        if not self._draft.isActive():
            self._draft.start()
        self._save.start()

    def _on_draft_failed(self, problem: SiteweekError) -> None:
        self._drafted = dict(self._saved)
        self.refused.emit(problem.sentence)


def _timer(owner: QObject, milliseconds: int, then: Callable[[], object]) -> QTimer:
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    made.timeout.connect(lambda: then())  # noqa: PLW0108 - drops the answer
    return made
