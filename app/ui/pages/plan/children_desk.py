"""Works the long list: takes one in after showing what is left out, and chooses with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.operations.long_list import (
    KINDS_OF_FILE,
    choose_candidate,
    day_of_ages,
    leave_candidate,
    read_long_lists,
    take_in,
)
from app.operations.plan import PlanSheet, plan_sheet
from app.operations.tables.plan import long_list_table
from app.ui.exporting import Listed
from app.ui.pages.plan.children_view import ChildrenView
from app.ui.pages.plan.list_dialog import ListDialog
from app.ui.pages.plan.model import list_lines
from app.ui.widgets.picking import pick_file

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.domain.long_list import LongList
    from app.operations.long_list import Candidate
    from app.ui.pages.plan.page import PlanPage


class ChildrenDesk(QObject):
    """Serves the page with the long list."""

    def __init__(self, page: PlanPage) -> None:
        """Begin with no child current."""
        super().__init__(page)
        self._page = page
        self._sheet = PlanSheet()
        self._asked_of = ""  # the candidate that the reason is asked for
        self.view = ChildrenView()
        view = self.view
        view.filter.textChanged.connect(lambda _text: self._show_list())
        view.take_in.clicked.connect(self.pick)
        view.table.cell_changed.connect(lambda _row, _column: self._on_current())
        view.table.cell_chosen.connect(lambda _row, _column: self.act())
        view.choose.clicked.connect(self.act)
        view.open_file.clicked.connect(self._on_open)
        view.reason.given.connect(self._on_reason)
        view.reason.declined.connect(self._on_declined)

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show the list and the balance."""
        self._sheet = sheet
        self._show_list()

    def begin_new(self) -> None:
        """Take in a list: children of it are not typed."""
        self.pick()

    def pick(self) -> None:
        """Ask for a spreadsheet."""
        pick_file(self._page, "Take in a long list", self.read, KINDS_OF_FILE)

    def read(self, path: Path) -> None:
        """Read a spreadsheet off this thread and show what would be kept of it."""
        page = self._page

        def show(found: tuple[LongList, ...]) -> None:
            dialog = ListDialog(page, found)
            dialog.wanted.connect(self._take_in)
            dialog.open()

        inspection = page.session.inspection
        page.session.runner.run(
            page, lambda: read_long_lists(path, inspection.ask(day_of_ages)), show, page.refuse
        )

    def act(self) -> None:
        """Ask why the child that is current is chosen, or no longer."""
        one = self._current()
        if one is None:
            self._page.said.emit("Choose a child of the list first.")
            return
        self._asked_of = one.id
        why = "no longer chosen" if one.is_chosen else "chosen"
        self.view.reason.clear()
        self.view.reason.ask(f"Why is {one.code} {why}? The reason is kept with the child’s file.")
        self.view.reason.field.setFocus()

    def set_aside(self) -> None:
        """The same key leaves a chosen child."""
        one = self._current()
        if one is not None and one.is_chosen:
            self.act()

    def show_record(self, record: str) -> bool:
        """Show a candidate."""
        if all(one.id != record for one in self._sheet.choosing.candidates):
            return False
        self.view.filter.clear()
        return self.view.table.make_current(record)

    def listed(self) -> list[Listed]:
        """Return the children that the filter leaves."""
        shown = tuple(one.key for one in self.view.table.shown.lines)
        return [Listed("Long list", lambda view: long_list_table(plan_sheet(view), shown))]

    def panes(self) -> list[QWidget]:
        """Return table and choosing."""
        return [self.view.table, self.view.choose, self.view.filter]

    def save_now(self) -> None:
        """Nothing is kept before its reason is given."""

    def keep_now(self) -> None:
        """As for saving."""

    def _take_in(self, found: LongList, called: str) -> None:
        page, count = self._page, len(found.children)
        told = f"{count} children taken in without names." if count != 1 else "1 child taken in."
        page.session.do(page, take_in, found, called).start(
            lambda _changes: page.said.emit(told), page.refuse
        )

    def _on_reason(self, why: str) -> None:
        one = next(
            (each for each in self._sheet.choosing.candidates if each.id == self._asked_of), None
        )
        if one is None:
            return
        page = self._page
        verb = leave_candidate if one.is_chosen else choose_candidate

        def done(_changes: Changes) -> None:
            self._asked_of = ""
            self.view.reason.clear()
            self.view.table.setFocus()

        page.session.do(page, verb, one.id, why).start(done, page.refuse)

    def _on_declined(self) -> None:
        self._asked_of = ""
        self.view.reason.clear()
        self.view.table.setFocus()

    def _on_open(self) -> None:
        one = self._current()
        if one is not None and one.file:
            self._page.record_requested.emit(one.file)

    def _on_current(self) -> None:
        # A reason begun stays with the child it was asked for.
        self._show_child()

    def _current(self) -> Candidate | None:
        key = self.view.table.current[0]
        return next((one for one in self._sheet.choosing.candidates if one.id == key), None)

    def _show_list(self) -> None:
        typed = self.view.filter.text().strip()
        lines = list_lines(self._sheet.choosing, typed)
        self.view.show_list(self._sheet.choosing, lines, is_filtered=bool(typed))
        if lines and not self.view.table.current[0]:
            self.view.table.make_current(lines[0].key, quietly=True)
        self._show_child()

    def _show_child(self) -> None:
        one = self._current()
        if one is None:
            self.view.show_child("", "", is_chosen=False, has_file=False)
            return
        title = f"{one.code}, followed as {one.followed}" if one.followed else one.code
        parts = (one.age_band, one.gender, one.ethnicity, one.status, ", ".join(one.agencies))
        about = " · ".join(part for part in (*parts, one.area) if part)
        if one.reason:
            about = f"{about}\n{'Chosen' if one.is_chosen else 'Not chosen'}: {one.reason}"
        self.view.show_child(title, about, is_chosen=one.is_chosen, has_file=bool(one.file))
