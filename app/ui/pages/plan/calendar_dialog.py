"""Writing a timetable as a calendar file: whose, with places or without, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout

from app.operations.calendar_export import write_calendar
from app.operations.whole_export import NOT_ENCRYPTED
from app.ui.widgets.answers import answers
from app.ui.widgets.choice import Choice
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.picking import pick_new_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.operations.plan import Inspector
    from app.ui.pages.plan.page import PlanPage

_TITLE: Final = "Write a calendar"
_KINDS: Final = ("Calendar (*.ics)",)
_NAME: Final = "timetable.ics"  # says nothing of the area either
_TOLD: Final = (
    "For Outlook or any other calendar. Entries are called “Interview 3” or “Visit 1”: no name, "
    "code, role or agency is in them. Taken in again after a change, they move and none is doubled."
)


class CalendarDialog(QDialog):
    """``wanted`` carries whose timetable, and whether places stand in it."""

    wanted = Signal(str, bool)

    def __init__(self, parent: PlanPage, people: Sequence[Inspector]) -> None:
        """Offer everybody of the team, whoever uses this laptop first."""
        super().__init__(parent)
        self.setWindowTitle(_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.who = Choice()
        for one in sorted(people, key=lambda one: not one.is_me):
            self.who.addItem(one.name, one.id)
        self.places = QCheckBox("Write &places as well")
        self.places.setAccessibleDescription("A place can tell whom somebody meets there.")
        buttons, self.choose = answers("Choose where…")
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label("&Whose timetable", "meta", self.who))
        column.addWidget(self.who)
        column.addWidget(self.places)
        column.addWidget(label("A place can tell whom somebody meets there.", "meta"))
        column.addSpacing(self.fontMetrics().height())
        column.addWidget(label(_TOLD))
        column.addWidget(label(f"The file lies outside Siteweek. {NOT_ENCRYPTED}", "warning"))
        column.addStretch(1)
        column.addWidget(buttons)
        fit(self, 34, 15)
        self.who.setFocus()

    def _on_accepted(self) -> None:
        self.accept()
        self.wanted.emit(self.who.currentData(), self.places.isChecked())


def ask_for_calendar(page: PlanPage) -> None:
    """Ask whose timetable and where to, then write it."""
    people = page.sheet.people
    if not people:
        page.said.emit("Nobody is on the team yet: name the inspectors first, under Team.")
        return
    dialog = CalendarDialog(page, people)
    dialog.wanted.connect(
        lambda who, places: pick_new_file(
            page, _TITLE, _NAME, lambda path: _write(page, path, who, with_places=places), _KINDS
        )
    )
    dialog.open()


def _write(page: PlanPage, path: Path, who: str, *, with_places: bool) -> None:
    session = page.session

    def written(count: int) -> None:
        entries = "1 entry" if count == 1 else f"{count:,} entries"
        page.said.emit(f"{entries} written to {path}. {NOT_ENCRYPTED}")

    page.once_saved(
        lambda: session.runner.run(
            page,
            lambda: write_calendar(session.inspection, path, who, with_places=with_places),
            written,
            page.refuse,
        )
    )
