"""Keeps what is typed into the fields of one record: as a draft at once, saved at the next pause.

Knows which values are on disk. Only what was typed here is handed over, so nothing here can write
over what came from elsewhere, and a change from elsewhere never touches a field being typed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.operations.typed_fields import keep_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.errors import SiteweekError
    from app.operations.work import Work
    from app.ui.page import Page
    from app.ui.widgets.fields import Field

    Saver = Callable[[Work, str, Mapping[str, Json]], Changes]

# What was on screen for a second is on disk: half of it to begin, half to write.
DRAFT_AFTER: Final = 450
SAVE_AFTER: Final = 4_000


class RecordForm(QObject):
    """Fields of one record at a time, by their names in it."""

    kept = Signal()  # what is on screen is on disk
    refused = Signal(str)
    began = Signal(str)  # a new record exists from now on

    def __init__(self, page: Page, kind: str, fields: Mapping[str, Field], saver: Saver) -> None:
        """Watch fields; nothing is saved before a record is opened."""
        super().__init__(page)
        self.fields = dict(fields)
        self.record = ""
        self._page, self._kind, self._saver = page, kind, saver
        self._saved: dict[str, Json] = {}
        self._is_new = False
        self._draft = _timer(self, DRAFT_AFTER, self._keep)
        self._save = _timer(self, SAVE_AFTER, self.save)
        for one in self.fields.values():
            one.typed.connect(self._on_typed)
            one.left.connect(self.save)

    @property
    def changed(self) -> dict[str, Json]:
        """What stands in the fields and is not known to be saved."""
        return {
            name: value
            for name, one in self.fields.items()
            if (value := one.value) != self._saved.get(name)
        }

    def open_record(
        self,
        record: str,
        held: Mapping[str, Json],
        draft: Mapping[str, Json],
        *,
        is_new: bool = False,
    ) -> None:
        """Show a record, having saved the one before; words kept as a draft stand in its fields."""
        self.save()
        self._draft.stop()
        self._save.stop()
        self.record, self._is_new = record, is_new
        self._saved = {}
        for name, one in self.fields.items():
            one.show_value(held.get(name))
            self._saved[name] = one.value
            if name in draft:
                one.show_value(draft[name])
        if draft:
            self._save.start()

    def refresh(self, held: Mapping[str, Json]) -> None:
        """Show the same record as it is now, but for what is being typed here."""
        typing = self.changed
        for name, one in self.fields.items():
            if name in typing:
                self._saved[name] = held.get(name)
                continue
            if held.get(name) != self._saved.get(name):
                one.show_value(held.get(name))
            self._saved[name] = one.value

    def save(self) -> None:
        """Save what was typed, off this thread."""
        self._save.stop()
        self._draft.stop()
        changed = self.changed
        if not self.record or not changed or self._page.is_closed:
            return
        if self._is_new and not any(changed.values()):
            return
        record, was_new = self.record, self._is_new
        self._is_new = False

        def saved(_changes: Changes) -> None:
            if record == self.record:
                self._saved.update(changed)
            self.kept.emit()
            if was_new:
                self.began.emit(record)

        def refused(problem: SiteweekError) -> None:
            if record == self.record:
                self._is_new = was_new
            self._page.session.do(self._page, keep_fields, record, self._kind, changed).start(
                failed=_pass_over
            )
            self.refused.emit(problem.sentence)

        self._page.session.do(self._page, self._saver, record, changed).start(saved, refused)

    def keep(self) -> None:
        """Keep what was typed as a draft, which takes any words."""
        changed = self.changed
        if self.record and changed and not self._page.is_closed:
            self._page.session.do(self._page, keep_fields, self.record, self._kind, changed).start(
                lambda _changes: self.kept.emit(),
                lambda problem: self.refused.emit(problem.sentence),
            )

    def _keep(self) -> None:
        if self._is_new:
            self.save()  # it exists from its first words on
        else:
            self.keep()

    def _on_typed(self) -> None:
        if not self.record:
            return
        if not self._draft.isActive():
            self._draft.start()
        self._save.start()


def _pass_over(_problem: SiteweekError) -> None:
    """Say nothing here: why it was not saved is said already."""


def _timer(owner: QObject, milliseconds: int, then: Callable[[], object]) -> QTimer:
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    made.timeout.connect(then)
    return made
