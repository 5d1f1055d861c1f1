"""The sheet that some kinds of note have beside their words: a sample's, a tracked child's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.sampling import SAMPLED, add_sampled, change_sampled, sample_sheet
from app.operations.stages import stage_sheet
from app.operations.tracking import fill_stage
from app.ui.pages.notes.sampling import Sampling
from app.ui.pages.notes.stages import Stages

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.ui.pages.notes.page import NotesPage

TRACKED = "tracked_child"
SHEETS = {SAMPLED: "Sample", TRACKED: "Stages"}


class OwnView:
    """Opens and closes the open note's sheet, and keeps what is written in it."""

    def __init__(self, page: NotesPage) -> None:
        """Answer for a page."""
        self._page = page
        self.shown: Sampling | Stages | None = None
        self._note = ""
        page.offered.own_view.triggered.connect(self.toggle)
        page.view.sheet.clicked.connect(self.toggle)

    def toggle(self) -> None:
        """Open the note's sheet, or go back to its words."""
        page = self._page
        if self.shown is not None:
            self.close()
            page.view.editor.setFocus()
        elif page.note is None:
            return
        elif page.note.record.kind not in SHEETS:
            page.said.emit("Samples and tracked children have a sheet; this note is only words.")
        else:
            page.save_now()
            page.comparing.close()
            self._note = page.note.record.id
            self.shown = self._sampling() if page.note.record.kind == SAMPLED else self._stages()
            self.shown.closed.connect(self.toggle)
            page.view.show_sheet(self.shown)
            self.reload()
            self.shown.begin()

    def reload(self) -> None:
        """Show what the sheet holds now."""
        page, shown, note = self._page, self.shown, self._note
        if isinstance(shown, Sampling):
            page.session.ask(page, sample_sheet, note).start(shown.show_sheet, page.refuse)
        elif isinstance(shown, Stages):
            title = page.note.record.text("title") if page.note is not None else ""
            page.session.ask(page, stage_sheet, note).start(
                lambda sheet: shown.show_sheet(title, sheet), page.refuse
            )

    def save(self) -> None:
        """Hand over what was written in the sheet."""
        if isinstance(self.shown, Stages):
            self.shown.save()

    def close(self) -> None:
        """Save and show the words again."""
        self.save()
        shown, self.shown = self.shown, None
        if shown is not None:
            self._page.view.show_words(shown)

    def _sampling(self) -> Sampling:
        made, page = Sampling(), self._page

        def saved(_changes: Changes) -> None:
            made.saved()
            page.kept.emit()

        def add(fields: dict[str, Json]) -> None:
            page.session.do(page, add_sampled, self._note, fields).start(saved, page.refuse)

        def change(record: str, fields: dict[str, Json]) -> None:
            page.session.do(page, change_sampled, record, fields).start(saved, page.refuse)

        made.added.connect(add)
        made.changed.connect(change)
        return made

    def _stages(self) -> Stages:
        made, page, file = Stages(), self._page, self._note

        def write(stage: str, agency: str, fields: dict[str, Json]) -> None:
            def saved(_changes: Changes) -> None:
                made.saved(stage, agency, fields)
                page.kept.emit()

            page.session.do(page, fill_stage, file, stage, agency, fields).start(saved, page.refuse)

        made.written.connect(write)
        return made
