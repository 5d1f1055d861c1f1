"""Keeps what is typed: as a draft within half a second, as a revision at the next pause.

Knows which words are on disk; the editor only knows which are on screen. Only what was typed
here is ever handed over, so nothing here can write over words that came from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.operations.typed_notes import Typed, keep_drafts, save_note
from app.ui.pages.notes.lines import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.changes import Changes
    from app.errors import SiteweekError
    from app.operations.notes import Paragraph
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
        self._saves_late = False
        self._saved: dict[str, Typed] = {}  # on disk, as an answer told
        self._sent: dict[str, Typed] = {}  # on disk or on the way there
        self._drafted: dict[str, Typed] = {}
        self._gone: set[str] = set()
        self._draft = _timer(self, DRAFT_AFTER, self.keep_draft)
        self._save = _timer(self, SAVE_AFTER, self.save)
        editor.textChanged.connect(self._on_typed)
        editor.left_paragraph.connect(self.save)

    def open_note(
        self, note: str, paragraphs: Sequence[Paragraph], *, saves_late: bool = False
    ) -> None:
        """Watch a note whose paragraphs on disk are these.

        ``saves_late``: what is saved can't be typed in any more, so until a paragraph is left
        its words are kept as a draft alone.
        """
        self._saves_late = saves_late
        self._draft.stop()
        self._save.stop()
        self.note = note
        for held in (self._saved, self._sent, self._drafted, self._gone):
            held.clear()
        self._saved.update({one.id: _typed(one) for one in paragraphs})
        self._sent.update(self._saved)

    def close_note(self) -> None:
        """Save, take away paragraphs that were left empty, and watch nothing any more."""
        self.save(is_leaving=True)
        self.note = ""

    def take_in(self, paragraphs: Sequence[Paragraph]) -> None:
        """Take these as what is on disk, except where something else was typed here since."""
        typing = self.typing_in()
        told = {one.id: _typed(one) for one in paragraphs}
        for record in [one for one in self._sent if one not in told and one not in typing]:
            del self._sent[record]
            self._saved.pop(record, None)
        for record, one in told.items():
            if record not in typing and record not in self._gone:
                self._saved[record] = self._sent[record] = one

    def typing_in(self) -> frozenset[str]:
        """Return the paragraphs whose words on screen are not known to be a revision."""
        return frozenset(one.id for one in self._on_screen() if self._saved.get(one.id) != one)

    def keep_draft(self, *, also_new: bool = False) -> None:
        """Keep changed paragraphs as drafts, off this thread; a new one is saved at once.

        So its record carries the time at which it was begun. ``also_new``: saving was refused.
        """
        known = self._sent | self._drafted
        changed = [one for one in self._on_screen() if known.get(one.id) != one]
        if not self.note or not changed:
            return
        saves_new = not self._saves_late and not also_new
        if saves_new and any(one.id not in self._sent for one in changed):
            self.save()
            self._save.start()
            return
        self._drafted.update({one.id: one for one in changed})
        self._page.session.do(self._page, keep_drafts, self.note, changed).start(
            lambda _changes: self.kept.emit(), self._on_draft_failed
        )

    def save(self, *, is_leaving: bool = False) -> bool:
        """Make revisions of all that was typed here, off this thread; whether anything was."""
        if self.note:
            self._editor.settle(self.typing_in())
        self._save.stop()
        self._draft.stop()
        if not self.note:
            return False
        now = {one.id: one for one in self._on_screen() if one.text.strip() or not is_leaving}
        batch = self._batch(list(now.values()))
        gone = [record for record in self._sent if record not in now]
        if not batch and not gone:
            return False
        self._gone.difference_update(one.id for one in batch)
        self._hand_over(batch, gone)
        return True

    def _batch(self, now: Sequence[Typed]) -> list[Typed]:
        """Return what differs, and before each new paragraph the one that it follows.

        What was drafted and then put back differs no more, but its draft has to go.
        """
        batch: list[Typed] = []
        before: Typed | None = None
        for one in now:
            if self._sent.get(one.id) != one or one.id in self._drafted:
                if one.id not in self._sent and before is not None and before not in batch:
                    batch.append(before)
                batch.append(one)
            before = one
        return batch

    def _hand_over(self, batch: list[Typed], gone: list[str]) -> None:
        self._sent.update({one.id: one for one in batch})
        for record in (*gone, *(one.id for one in batch)):
            self._drafted.pop(record, None)
        for record in gone:
            del self._sent[record]
            self._gone.add(record)

        def saved(_changes: Changes) -> None:
            self._saved.update({one.id: one for one in batch})
            for record in gone:
                self._saved.pop(record, None)
            self.kept.emit()

        def refused(problem: SiteweekError) -> None:
            # All of it is tried again: a second save of the same words changes nothing.
            self._sent = dict(self._saved)
            self._gone.difference_update(gone)
            self._save.start()
            self._tell(problem)

        page = self._page
        page.session.do(page, save_note, self.note, batch, gone).start(saved, refused)

    def _on_screen(self) -> list[Typed]:
        """Return the paragraphs that are on disk or have words."""
        return [one for one in self._editor.typed() if one.text.strip() or one.id in self._sent]

    def _on_typed(self) -> None:
        if not self.note:
            return
        if not self._draft.isActive():
            self._draft.start()
        if not self._saves_late:
            self._save.start()

    def _on_draft_failed(self, problem: SiteweekError) -> None:
        self._drafted.clear()
        self._tell(problem)

    def _tell(self, problem: SiteweekError) -> None:
        self.refused.emit(problem.sentence)


def _typed(one: Paragraph) -> Typed:
    return Typed(one.id, one.type or EVIDENCE, one.text, one.speaker)


def _timer(owner: QObject, milliseconds: int, then: Callable[[], object]) -> QTimer:
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    made.timeout.connect(then)
    return made
