"""Where a note stands: finished, locked, entered late; and from whom its points were heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from app.domain.kinds.thread import VOICES
from app.operations.additions import say_late, set_voice
from app.operations.jottings import JOTTING, file_jotting
from app.operations.notes import finish_note, lock_note
from app.ui.pages.notes.history import Deed
from app.ui.pages.notes.model import kind_rows
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.ui.pages.notes.page import NotesPage

_LOCK: Final = "Lock this note?"
_LOCKS: Final = (
    "Its words stay as they are from then on. Paragraphs can still be added; "
    "each carries its own date."
)
_WHY: Final = "Why is this written down later than it happened? It is shown beside it."


class Standing:
    """Answers the page's actions about where a note stands."""

    def __init__(self, page: NotesPage) -> None:
        """Answer for a page."""
        self._page = page
        offered, view = page.offered, page.view
        offered.finish_note.triggered.connect(self.finish)
        offered.lock_note.triggered.connect(self.lock)
        offered.late_entry.triggered.connect(self.say_late)
        offered.heard_from.triggered.connect(self.next_voice)
        offered.file_jotting.triggered.connect(self.file)
        view.finish.clicked.connect(self.finish)
        view.lock.clicked.connect(self.lock)

    def finish(self) -> None:
        """Finish the note: its end is now unless it had one."""
        page = self._page
        if page.note is not None:
            page.save_now()
            page.session.do(page, finish_note, page.note.record.id).start(failed=page.refuse)

    def lock(self) -> None:
        """Lock the note for good, once somebody said that they mean it."""
        page = self._page
        if page.note is None:
            return
        if page.note.record.text("status") == "jotting":
            page.said.emit("Finish the note first, with Ctrl+Enter; then it can be locked.")
            return
        note = page.note.record.id
        asked = QMessageBox(page)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setWindowTitle("Lock")
        asked.setText(_LOCK)
        asked.setInformativeText(_LOCKS)
        lock = asked.addButton("Lock", QMessageBox.ButtonRole.AcceptRole)
        asked.setDefaultButton(asked.addButton("Not yet", QMessageBox.ButtonRole.RejectRole))

        def answered() -> None:
            if asked.clickedButton() is lock:
                page.save_now()
                page.session.do(page, lock_note, note).start(failed=page.refuse)

        asked.finished.connect(lambda _result: answered())
        asked.open()

    def file(self) -> None:
        """Ask as which kind of note a jotting is filed, and show it there."""
        page = self._page
        if page.note is None:
            return
        page.save_now()
        jotting = page.note.record.id
        rows = [row for row in kind_rows() if row.key != JOTTING]
        picker = Picker(page, "File as", rows, "Type the kind of note")

        def filed(changes: Changes) -> None:
            page.open_note(changes.made)
            page.view.editor.setFocus()

        picker.chosen.connect(
            lambda kind: page.session.do(page, file_jotting, jotting, kind).start(
                filed, page.refuse
            )
        )
        picker.open()

    def say_late(self) -> None:
        """Ask why the note was entered late; in a locked one, why the caret's addition was."""
        page = self._page
        if page.note is None:
            return
        page.save_now()
        record, why = page.note.record.id, page.note.record.text("late_reason")
        if page.note.record.text("status") == "locked":
            record = page.view.editor.current_paragraph()
            held = next((one for one in page.note.paragraphs if one.id == record), None)
            why = held.late_reason if held is not None else ""
        asked = OneLine(page, "Entered late", _WHY, why, may_be_empty=bool(why))
        asked.given.connect(
            lambda words: page.session.do(page, say_late, record, words).start(failed=page.refuse)
        )
        asked.open()

    def next_voice(self) -> None:
        """Say of the caret's paragraph that more, all, or fewer said it: each key the next."""
        page = self._page
        if page.note is None:
            return
        page.save_now()
        at = page.view.editor.current_paragraph()
        line = next((one for one in page.view.editor.paper.lines if one.id == at), None)
        if line is None or not line.text.strip():
            page.said.emit("Type the point first; then say from how many it was heard.")
            return
        order = ("", *VOICES)
        before = line.voice
        after = order[(order.index(before) + 1) % len(order)] if before in order else ""
        self._voice(at, after)
        page.view.editor.add_deed(
            Deed("voice", lambda: self._voice(at, before), lambda: self._voice(at, after))
        )

    def _voice(self, paragraph: str, voice: str) -> None:
        page = self._page
        page.session.do(page, set_voice, paragraph, voice).start(failed=page.refuse)
