"""Works one concern at a time in its form: begins it, keeps it, closes it, copies the tally."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.operations.escalations import (
    close_escalation,
    escalation_figures,
    list_escalations,
    reopen_escalation,
    write_escalation,
)
from app.operations.typed_fields import fields_kept
from app.operations.work import new_id
from app.ui.record_form import RecordForm
from app.ui.workflows.escalation.form import EscalationForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.escalations import Escalation
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.ui.page import Page

KIND = "escalation"
_MOVES_ON = 15_000  # ms between two looks at the clock


@dataclass(frozen=True, slots=True)
class Held:
    """One concern with all its form shows; no record where nothing of it is kept yet."""

    record: Record | None
    escalation: Escalation | None
    draft: Mapping[str, Json]
    children: tuple[tuple[str, str], ...]
    tally: str


class EscalationDesk(QObject):
    """Serves one page with the form."""

    back_requested = Signal()

    def __init__(self, page: Page) -> None:
        """Begin with no concern open."""
        super().__init__(page)
        self._page = page
        self._clock = page.session.inspection.clock
        self._held: Held | None = None
        self.view = EscalationForm(self._clock.now)
        self.form = RecordForm(page, KIND, self.view.fields, write_escalation)
        self.form.kept.connect(page.kept)
        self.form.kept.connect(lambda: self.view.show_remark(""))
        self.form.refused.connect(self._on_refused)
        self.view.back_requested.connect(self._on_back)
        self.view.end_requested.connect(self._on_end)
        self.view.tally_requested.connect(self.copy_tally)
        self._ticker = QTimer(self)
        self._ticker.setInterval(_MOVES_ON)
        self._ticker.timeout.connect(self.move_clock)

    @property
    def record(self) -> str:
        """The concern in the form."""
        return self.form.record

    def begin(self) -> str:
        """Show an empty form, ready for the first word; return the id it will have."""
        made = new_id()
        self.form.open_record(made, {}, {}, is_new=True)
        self._held = None
        self.view.show_state(None, self._clock.now())
        self.view.verticalScrollBar().setValue(0)
        self.view.fields["child_words"].widget.setFocus()
        self._ticker.start()
        return made

    def question(self, view: View, record: str) -> Held:
        """Ask for a concern; one that is only on screen is not there yet."""
        found = view.records.find(record)
        listed = {one.id: one for one in list_escalations(view)}
        children = tuple((one.id, one.text("code")) for one in view.records.of_kind("child"))
        draft = fields_kept(view, record)
        tally = escalation_figures(view).in_words()
        return Held(found, listed.get(record), draft, children, tally)

    def show_held(self, record: str, held: Held) -> None:
        """Show a concern; for the one that is shown already, keep what is being typed."""
        self._held = held
        self.view.offer_children(held.children)
        if held.record is not None:
            if record == self.form.record:
                self.form.refresh(held.record.fields)
            else:
                self.form.open_record(record, held.record.fields, held.draft)
                self.view.verticalScrollBar().setValue(0)
        self.view.show_tally(held.tally)
        self.move_clock()
        self._ticker.start()

    def move_clock(self) -> None:
        """Say where it stands as of now."""
        held = self._held
        self.view.show_state(held.escalation if held is not None else None, self._clock.now())

    def copy_tally(self) -> None:
        """Put the exact tally for the letter on the clipboard."""

        def copy(words: str) -> None:
            QGuiApplication.clipboard().setText(words)
            self._page.said.emit(f"Copied: {words}")

        self._page.session.ask(self._page, lambda view: escalation_figures(view).in_words()).start(
            copy
        )

    def save_now(self) -> None:
        """Save what was typed."""
        self.form.save()

    def keep_now(self) -> None:
        """Keep what was typed as a draft."""
        self.form.keep()

    def close_desk(self) -> None:
        """Stop looking at the clock."""
        self._ticker.stop()

    def _on_back(self) -> None:
        self.form.save()
        self.back_requested.emit()

    def _on_end(self) -> None:
        self.form.save()
        held = self._held.escalation if self._held is not None else None
        if held is None:
            return
        verb = close_escalation if held.is_open else reopen_escalation
        self._page.session.do(self._page, verb, held.id).start(
            failed=lambda problem: self._on_refused(problem.sentence)
        )

    def _on_refused(self, sentence: str) -> None:
        self.view.show_remark(sentence)
        self._page.failed.emit(sentence)
