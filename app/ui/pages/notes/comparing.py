"""A note compared: a paragraph with what it was, two versions, two notes of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations import records
from app.operations.note_names import names_for_header
from app.operations.second_notes import could_be_second, pair_notes, part_notes, second_note
from app.operations.versions import forks_in, restore_words, words_before, writers
from app.ui.pages.notes.beside import Beside
from app.ui.pages.notes.history_dialog import HistoryDialog
from app.ui.pages.notes.model import note_row
from app.ui.pages.notes.versions_dialog import VersionsDialog
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.changes import Changes
    from app.operations.forks import Fork
    from app.operations.notes import NoteRow
    from app.operations.second_notes import Pair
    from app.operations.versions import Was, Writers
    from app.operations.view import View
    from app.ui.pages.notes.page import NotesPage


class Comparing:
    """Answers the page's actions about versions and second notes."""

    def __init__(self, page: NotesPage) -> None:
        """Answer for a page."""
        self._page = page
        self.beside: Beside | None = None
        self._note = ""
        page.offered.history.triggered.connect(self.show_history)
        page.offered.versions.triggered.connect(self.show_versions)
        page.offered.second_note.triggered.connect(self.show_second)
        page.view.versions.clicked.connect(self.show_versions)

    def show_history(self) -> None:
        """Show what the caret's paragraph was before."""
        page = self._page
        if page.note is None:
            return
        page.save_now()
        at = page.view.editor.current_paragraph()
        editor = page.view.editor
        may_restore = any(one.id == at and editor.is_mine(one) for one in editor.paper.lines)
        inspection = page.session.inspection

        def ask() -> tuple[list[Was], Writers]:
            return inspection.ask(_words_before, at), writers(inspection)

        def show(found: tuple[list[Was], Writers]) -> None:
            dialog = HistoryDialog(page, *found, may_restore=may_restore)
            dialog.restored.connect(
                lambda words: page.session.do(page, restore_words, at, words).start(
                    failed=page.refuse
                )
            )
            dialog.open()

        page.session.runner.run(page, ask, show, page.refuse)

    def show_versions(self) -> None:
        """Show every place of the note that has two versions, to choose one of each."""
        page = self._page
        if page.note is None:
            return
        page.save_now()
        note, inspection = page.note.record.id, page.session.inspection

        def ask() -> tuple[list[Fork], Writers]:
            return inspection.ask(forks_in, note), writers(inspection)

        def show(found: tuple[list[Fork], Writers]) -> None:
            dialog = VersionsDialog(page, *found)
            dialog.chosen.connect(
                lambda record, field, side: page.session.do(
                    page, records.choose, record, field, side
                ).start(failed=page.refuse)
            )
            dialog.open()

        page.session.runner.run(page, ask, show, page.refuse)

    def show_second(self) -> None:
        """Show the other note of the same event beside this one, or ask which it is."""
        page = self._page
        if self.beside is not None:
            self.close()
            page.view.editor.setFocus()
        elif page.note is not None:
            page.save_now()
            page.own_view.close()
            self._note = page.note.record.id
            self._ask(self._show_or_ask)

    def reload(self) -> None:
        """Show what the two notes are now."""
        if self.beside is not None:
            self._ask(self._show)

    def close(self) -> None:
        """Show the words again."""
        shown, self.beside = self.beside, None
        if shown is not None:
            self._page.view.show_words(shown)

    def _ask(self, then: Callable[[tuple[Pair, str, str] | None], None]) -> None:
        self._page.session.ask(self._page, _pair, self._note).start(then, self._page.refuse)

    def _show_or_ask(self, found: tuple[Pair, str, str] | None) -> None:
        if found is not None:
            self.beside = Beside()
            self.beside.closed.connect(self.show_second)
            self.beside.parted.connect(self._on_parted)
            self._page.view.show_sheet(self.beside)
            self._show(found)
            self.beside.begin()
            return
        page = self._page
        page.session.ask(page, could_be_second, self._note).start(self._pick, page.refuse)

    def _show(self, found: tuple[Pair, str, str] | None) -> None:
        if found is None:
            self.close()
        elif self.beside is not None:
            self.beside.show_pair(*found)

    def _pick(self, rows: list[NoteRow]) -> None:
        page, note = self._page, self._note
        shown = [note_row(one) for one in rows]
        picker = Picker(page, "Second note of the same event", shown, "Type a note’s title")

        def paired(_changes: Changes) -> None:
            if self.beside is None:
                self._ask(self._show_or_ask)

        picker.chosen.connect(
            lambda other: page.session.do(page, pair_notes, note, other).start(paired, page.refuse)
        )
        picker.open()

    def _on_parted(self) -> None:
        page, note = self._page, self._note
        self.close()
        page.session.do(page, part_notes, note).start(failed=page.refuse)


def _words_before(view: View, paragraph: str) -> list[Was]:
    return words_before(view, paragraph) if view.records.find(paragraph) is not None else []


def _pair(view: View, note: str) -> tuple[Pair, str, str] | None:
    found = second_note(view, note)
    if found is None:
        return None
    first = names_for_header(view, note).author
    return found, first, names_for_header(view, found.second.record.id).author
