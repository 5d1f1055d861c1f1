"""The notes page: hands what is typed to the verbs and shows what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.kinds.registry import NOTE_KINDS
from app.operations import records
from app.operations.additions import locked_at
from app.operations.coding import coding_choices
from app.operations.jottings import JOTTING
from app.operations.note_names import Named, names_for_header
from app.operations.notes import Note, add_note, drop_draft, list_notes, read_note
from app.operations.tables.notes import notes_table
from app.operations.typed_notes import offered_drafts, take_up_draft
from app.ui.exporting import Listed
from app.ui.page import Page
from app.ui.pages.notes.actions import NotesActions
from app.ui.pages.notes.coding import Coding
from app.ui.pages.notes.comparing import Comparing
from app.ui.pages.notes.header_form import HeaderForm
from app.ui.pages.notes.helping import Helping
from app.ui.pages.notes.history import Deed, History
from app.ui.pages.notes.lit import Lit, Sought, sought
from app.ui.pages.notes.model import (
    DAY,
    header_line,
    kind_rows,
    note_rows,
    standing,
    with_beginning,
)
from app.ui.pages.notes.own_view import SHEETS, OwnView
from app.ui.pages.notes.standing import Standing
from app.ui.pages.notes.view import NotesView
from app.ui.pages.notes.writer import NoteWriter
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.errors import SiteweekError
    from app.operations.notes import NoteRow
    from app.operations.typed_notes import OfferedDraft
    from app.operations.view import View
    from app.operations.work import Work
    from app.ui.session import Session

_MINUTE = 60_000


class NotesPage(Page):
    """Where the week is written down."""

    title = "Notes"
    kinds = NOTE_KINDS | {"paragraph", "code", "stage_cell"}
    quiet_requested = Signal(bool)  # interview mode: only the words and the clock

    def __init__(self, session: Session) -> None:
        """Show the list; no note is open yet."""
        super().__init__(session)
        self.view = NotesView(self.now)
        self.writer = NoteWriter(self, self.view.editor)
        self.offered = NotesActions(self)
        self.coding = Coding(self)
        self.standing = Standing(self)
        self.own_view = OwnView(self)
        self.helping = Helping(self)
        self.comparing = Comparing(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._rows: list[NoteRow] = []
        self._note: Note | None = None
        self._open = ""  # the note that is or will be shown
        self._sought = Sought()  # where to go in it, once
        self._lit = Lit(self.view.editor)
        self._is_to_write = False  # in the note just begun, once it is shown
        self._histories: dict[str, History] = {}  # what can be undone, by note
        self._drafts: list[OfferedDraft] = []
        self._is_quiet = False
        self._asked = 0
        self._ticker = QTimer(self)
        self._ticker.setInterval(_MINUTE)
        self._connect()
        self._ticker.start()
        self.reload()
        self._ask_drafts()

    def reload(self) -> None:
        """Ask for the list, and for the open note if there is one."""
        self.session.ask(self, list_notes).start(self._show_list, self.refuse)
        if self._note is not None:
            self._ask_note(self._note.record.id)

    def show_record(self, record: str) -> None:
        """Open a note, or the note that a paragraph or code stands in."""
        self.show_found(record, "")

    def show_found(self, record: str, words: str) -> None:
        """Open a note at words in it: those of a code, or those that were found."""

        def show(place: Sought) -> None:
            self._is_to_write = True
            self._open_at(place)

        self.session.ask(self, sought, record, words).start(show, self.refuse)

    def open_note(self, note: str, paragraph: str = "") -> None:
        """Open a note, having saved the one before it."""
        self._open_at(Sought(note, paragraph))

    def _open_at(self, place: Sought) -> None:
        note = place.note
        self.own_view.close()
        self.comparing.close()
        self.writer.close_note()
        self._lit.put_out()
        self._sought, self._open = place, note
        self._note = None
        self.view.list.make_current(note, quietly=True)
        self.session.ask(self, list_notes).start(self._show_list, self.refuse)
        self._ask_note(note)

    def save_now(self) -> None:
        """Hand over what was typed."""
        self.own_view.save()
        self.writer.save()

    def keep_now(self) -> None:
        """Hand over what was typed as drafts."""
        self.writer.keep_draft(also_new=True)

    @property
    def note(self) -> Note | None:
        """The open note as it was read last."""
        return self._note

    @property
    def shown_record(self) -> str:
        """The paragraph with the caret, or the open note."""
        return (self.view.editor.current_paragraph() or self.writer.note) if self._note else ""

    def to_export(self) -> Sequence[Listed]:
        """Return the notes that the filter leaves."""
        shown = self.view.list.shown_keys()
        return [Listed("Notes", lambda view: notes_table(view, shown))]

    def panes(self) -> list[QWidget]:
        """Return list and words."""
        return [self.view.list, self.view.editor, self.view.prompts.criterion]

    def _on_changed(self, changes: Changes) -> None:
        """Ask for the list again only where a note changed: paragraphs change all the time."""
        if changes.touch(*NOTE_KINDS, "stage_cell"):
            self.own_view.reload()
        self.helping.heard(changes)
        if changes.touch(*NOTE_KINDS, "paragraph"):
            self.comparing.reload()
        if changes.touch(*NOTE_KINDS):
            self.reload()
        elif changes.touch("paragraph", "code") and self._note is not None:
            self._ask_note(self._note.record.id)

    def _connect(self) -> None:
        view, offered = self.view, self.offered
        view.list.row_changed.connect(self._on_row)
        view.list.row_chosen.connect(lambda _key: view.editor.setFocus())
        view.filter.textChanged.connect(lambda _text: self._show_list([*self._rows]))
        view.header.clicked.connect(self._on_header)
        view.offer.keep.clicked.connect(lambda: self._on_draft(is_kept=True))
        view.offer.put_aside.clicked.connect(lambda: self._on_draft(is_kept=False))
        self.writer.kept.connect(self.kept)
        self.writer.refused.connect(self.failed)
        view.editor.refused.connect(self.said)
        self._ticker.timeout.connect(self._tick)
        offered.new_note.triggered.connect(self._on_new)
        offered.verbatim.triggered.connect(self._on_verbatim)
        offered.evaluation.triggered.connect(lambda: self._on_make("evaluation"))
        offered.header.triggered.connect(self._on_header)
        offered.prompts.triggered.connect(self._on_prompts)
        offered.interview.triggered.connect(self._on_interview)
        view.editor.undo_changed.connect(offered.name_undo)
        offered.undo.triggered.connect(view.editor.undo)
        offered.redo.triggered.connect(view.editor.redo)
        offered.find.triggered.connect(self._on_find)
        offered.find_next.triggered.connect(view.finding.go)
        offered.find_previous.triggered.connect(lambda: view.finding.go(back=True))
        offered.filter_notes.triggered.connect(view.filter.setFocus)
        self.setFocusProxy(view.list)

    def _show_list(self, rows: list[NoteRow]) -> None:
        if rows is self._rows:
            return
        self._rows = rows
        current = self._open or self.view.list.current_key
        self.view.list.show_rows(note_rows(rows, self.view.filter.text()))
        self.view.list.make_current(current, quietly=True)

    def _on_row(self, key: str) -> None:
        if key and not key.startswith(DAY) and (self._note is None or key != self._note.record.id):
            self.open_note(key)

    def close_page(self) -> None:
        """Save and take away what was left empty."""
        self._ticker.stop()
        self.own_view.close()
        self.helping.close()
        self.writer.close_note()
        super().close_page()

    def _ask_note(self, note: str) -> None:
        self._asked += 1
        ticket = self._asked

        def question(view: View) -> tuple[Note, Named]:
            return read_note(view, note), names_for_header(view, note)

        self.session.ask(self, question).start(
            lambda answer: self._show_note(ticket, *answer), self.refuse
        )

    def _show_note(self, ticket: int, note: Note, named: Named) -> None:
        if ticket != self._asked:
            return  # asked before what was saved since: it would take new words off the screen
        is_same = self._note is not None and self._note.record.id == note.record.id
        self._note = note
        self._show_list(with_beginning(self._rows, note))
        editor = self.view.editor
        editor.me = named.me
        editor.locked_at = locked_at(note.record)
        status = note.record.text("status")
        if is_same:
            editor.refresh(note.paragraphs, self.writer.typing_in())
            self.writer.take_in(note.paragraphs)
            editor.show_codes(note.codes)
        else:
            self.view.finding.put_away()
            history = self._histories.setdefault(note.record.id, History())
            editor.show_note(note.paragraphs, note.codes, history)
            self.writer.open_note(note.record.id, note.paragraphs, saves_late=status == "locked")
            if status == "jotting":
                editor.moveCursor(QTextCursor.MoveOperation.End)
        editor.lock(note.paragraphs if status == "locked" else ())
        line = header_line(note.record, named.agency, named.author)
        sheet = SHEETS.get(note.record.kind, "")
        self.view.show_note(note.record.text("title"), line, standing(note.record), status, sheet)
        self.view.set_quiet(is_quiet=self._is_quiet)
        self.view.versions.setVisible(note.has_versions and not self._is_quiet)
        is_jotting = note.record.kind == JOTTING
        self.offered.allow(has_note=True, is_locked=status == "locked", is_jotting=is_jotting)
        if self._sought.paragraph and self._lit.go_to(self._sought):
            self._sought = Sought()
        if self._is_to_write:
            self._is_to_write = False
            editor.setFocus()  # not before it can be seen: what is hidden keeps no focus

    def _on_new(self) -> None:
        picker = Picker(self, "New note", kind_rows(), "Type the kind of note")
        picker.chosen.connect(self._begin)
        picker.open()

    def _begin(self, kind: str) -> None:
        def begun(changes: Changes) -> None:
            self._is_to_write = True
            self.open_note(changes.made)

        self.save_now()
        self.session.do(self, add_note, kind).start(begun, self.refuse)

    def _on_make(self, kind: str, speaker: str = "") -> None:
        if self._note is not None:
            self.view.editor.make(kind, speaker)
            self.save_now()

    def _on_verbatim(self) -> None:
        self._on_make("verbatim", self._note.record.text("who") if self._note else "")

    def add_deed(self, name: str, made: str) -> None:
        """Let a record that was just made be taken back as one step of this note's."""

        def do(verb: Callable[[Work, str], Changes]) -> None:
            self.session.do(self, verb, made).start(failed=self.refuse)

        deed = Deed(name, lambda: do(records.delete), lambda: do(records.restore))
        self.view.editor.add_deed(deed)

    def _on_header(self) -> None:
        if self._note is None:
            return
        note = self._note.record
        self.session.ask(self, names_for_header, note.id).start(self._edit_header, self.refuse)

    def _edit_header(self, named: Named) -> None:
        if self._note is None:
            return
        note = self._note.record
        form = HeaderForm(self, note, named.by_kind)

        def save(fields: dict[str, Json]) -> None:
            self.session.do(self, records.change, note.id, fields).start(failed=self.refuse)

        form.wanted.connect(save)
        form.open()

    def _on_find(self) -> None:
        if self._note is None:
            self.view.filter.setFocus()  # there is nothing else to look through
        else:
            self.view.finding.begin()

    def _on_prompts(self) -> None:
        prompts = self.view.prompts
        prompts.setVisible(prompts.isHidden())
        if prompts.isVisible():
            self.session.ask(self, coding_choices).start(
                lambda choices: prompts.show_criteria(choices.criteria), self.refuse
            )

    def _on_interview(self) -> None:
        self._is_quiet = not self._is_quiet
        self.view.set_quiet(is_quiet=self._is_quiet)
        self._tick()
        self.quiet_requested.emit(self._is_quiet)
        self.view.editor.setFocus()

    def _tick(self) -> None:
        self.view.clock.setText(self.now() if self._is_quiet else "")

    def _ask_drafts(self) -> None:
        self.session.ask(self, offered_drafts).start(self._offer, self.refuse)

    def _offer(self, drafts: list[OfferedDraft]) -> None:
        self._drafts = [one for one in drafts if one.note]
        if self._drafts:
            one = self._drafts[0]
            count = len(one.text.split())
            words = "1 word" if count == 1 else f"{count} words"
            where = one.note_ref or "a note"
            self.view.offer.words.setText(
                f"{words} typed {self._when(one.at)} in {where} were not yet saved."
            )
            self.view.right.setCurrentIndex(1)
        self.view.offer.setVisible(bool(self._drafts))

    def _on_draft(self, *, is_kept: bool) -> None:
        if not self._drafts:
            return
        one = self._drafts[0]
        verb = take_up_draft if is_kept else drop_draft

        def done(_changes: Changes) -> None:
            self._ask_drafts()
            if is_kept:
                self.open_note(one.note, one.record)

        self.session.do(self, verb, one.record).start(done, self.refuse)

    def refuse(self, problem: SiteweekError) -> None:
        """Tell why something was not done."""
        self.failed.emit(problem.sentence)

    def _when(self, instant: str) -> str:
        at = datetime.fromisoformat(instant).astimezone()
        today = self.session.inspection.clock.now().astimezone().date()
        return f"at {at:%H:%M}" if at.date() == today else f"on {at:%a %d %b at %H:%M}"

    def now(self) -> str:
        """Return the time as 14:02."""
        return f"{self.session.inspection.clock.now().astimezone():%H:%M}"
