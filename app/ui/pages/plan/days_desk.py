"""Works the timetable: slots by day and inspector, what does not fit, and notes begun from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.dates import short_date
from app.domain.kinds.planning import SLOT
from app.domain.timetable import CALLED_OFF
from app.operations.plan import PlanSheet, plan_sheet
from app.operations.tables.plan import days_table, timetable_table
from app.operations.timetable import add_slot, call_off, note_from_slot, save_slot
from app.ui.exporting import Listed
from app.ui.pages.plan.days_view import DaysView
from app.ui.pages.plan.model import DUE, NOBODY, day_table, slot_rows
from app.ui.record_form import RecordForm
from app.ui.widgets.fields import ChoiceField
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.timetable import Slot
    from app.ui.pages.plan.page import PlanPage

_MARK = "mark/"


class DaysDesk(QObject):
    """Serves the page with the timetable."""

    def __init__(self, page: PlanPage) -> None:
        """Begin with no slot chosen."""
        super().__init__(page)
        self._page = page
        self._sheet = PlanSheet()
        self._wanted = ""  # a slot to show once it is in the sheet
        self._is_placed = False
        self.view = DaysView()
        self.form = RecordForm(page, SLOT, self.view.fields, save_slot)
        self.form.kept.connect(page.kept)
        self.form.refused.connect(page.failed)
        view = self.view
        view.table.cell_changed.connect(self._on_cell)
        view.table.cell_chosen.connect(lambda _row, _column: self._enter())
        view.slots.row_changed.connect(self._on_slot)
        view.slots.row_chosen.connect(lambda _key: self.view.fields["what"].widget.setFocus())
        view.misfits.row_chosen.connect(self._on_misfit)
        view.new.clicked.connect(self.begin_new)
        view.begin.clicked.connect(self.act)
        view.call_off.clicked.connect(self.set_aside)
        view.show_form(is_shown=False)
        view.show_misfits([])

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show days, lanes and slots."""
        self._sheet = sheet
        choices = {
            "who": [(one.id, one.name) for one in sheet.people],
            "agency": [(one.id, one.name) for one in sheet.agencies],
            "child": [(one.id, one.name) for one in sheet.children],
        }
        for name, offered in choices.items():
            choice = self.view.fields[name]
            if isinstance(choice, ChoiceField):
                choice.offer(offered)
        if sheet.days.days:
            self.view.table.show_table(*day_table(sheet))
        else:
            self.view.table.show_table([], [])
        self._show_misfits()
        self._place()
        if self._wanted and self.show_record(self._wanted):
            self._wanted = ""
            return
        self._show_cell()

    def begin_new(self) -> None:
        """Plan a slot for the lane and day that are current, and go to its first field."""
        row, day = self.view.table.current
        fields: dict[str, Json] = {"date": day or self._sheet.day}
        if row and row not in {DUE, NOBODY}:
            fields["who"] = row
        self.form.save()

        def planned(changes: Changes) -> None:
            self._wanted = changes.made
            if self.show_record(changes.made):
                self._wanted = ""
            self.view.fields["what"].widget.setFocus()

        page = self._page
        page.session.do(page, add_slot, fields).start(planned, page.refuse)

    def act(self) -> None:
        """Begin the note of the slot, or open the one it has."""
        slot = self._slot()
        if slot is None:
            self._page.said.emit("Choose a slot: its note is begun from it.")
            return
        self.form.save()
        page = self._page
        page.session.do(page, note_from_slot, slot.id).start(
            lambda changes: page.record_requested.emit(changes.made), page.refuse
        )

    def set_aside(self) -> None:
        """Call the slot off, or put it back on."""
        slot = self._slot()
        if slot is None:
            self._page.said.emit("Choose a slot first.")
            return
        self.form.save()
        self._page.session.do(self._page, call_off, slot.id).start(failed=self._page.refuse)

    def show_record(self, record: str) -> bool:
        """Show a slot in its lane on its day."""
        slot = next((one for one in self._sheet.timetable.slots if one.id == record), None)
        if slot is None:
            return False
        who = slot.record.text("who")
        known = {one.id for one in self._sheet.people}
        self.view.table.make_current(who if who in known else NOBODY, slot.day, quietly=True)
        self.view.table.scrollTo(self.view.table.currentIndex())
        self._show_cell(slot.id)
        return True

    def listed(self) -> list[Listed]:
        """Return the slots, and the days with what is due."""
        return [
            Listed("Timetable", lambda view: timetable_table(plan_sheet(view))),
            Listed("Days, and what is due", lambda view: days_table(plan_sheet(view))),
        ]

    def panes(self) -> list[QWidget]:
        """Return table, slots, fields."""
        return [self.view.table, self.view.slots, self.view.fields["what"].widget]

    def save_now(self) -> None:
        """Save the slot’s fields."""
        self.form.save()

    def keep_now(self) -> None:
        """Keep the slot’s fields as a draft."""
        self.form.keep()

    def _slot(self) -> Slot | None:
        key = self.view.slots.current_key
        return next((one for one in self._sheet.timetable.slots if one.id == key), None)

    def _place(self) -> None:
        """Stand on today, or on the first day on site, when days are first shown."""
        days = self._sheet.days.days
        if self._is_placed or not days:
            return
        self._is_placed = True
        on_site = next((one.day for one in days if one.is_on_site), days[0].day)
        listed = {one.day for one in days}
        day = self._sheet.day if self._sheet.day in listed else on_site
        mine = next((one.id for one in self._sheet.people if one.is_me), "")
        lane = mine or (self._sheet.people[0].id if self._sheet.people else DUE)
        self.view.table.make_current(lane, day, quietly=True)
        self.view.table.show_column(day)

    def _on_cell(self, _row: str, _column: str) -> None:
        self.form.save()
        self._show_cell()

    def _show_cell(self, wanted: str = "") -> None:
        row, day = self.view.table.current
        if not day:
            self.view.show_slots("", [], may_plan=bool(self._sheet.days.days))
            self.view.show_form(is_shown=False)
            return
        where = f"{self._lane(row)} · {short_date(day)}"
        if row == DUE:
            marks = next((one.marks for one in self._sheet.days.days if one.day == day), ())
            rows = [Row(f"{_MARK}{one}", one) for one in marks]
            self.view.show_slots(where, rows, may_plan=False)
            self.view.show_form(is_shown=False)
            return
        self.view.show_slots(where, slot_rows(self._sheet, row, day), may_plan=True)
        slots = self.view.slots
        if wanted:
            slots.make_current(wanted, quietly=True)
        elif not slots.current_key:
            before = slots.blockSignals(True)
            slots.step(1)
            slots.blockSignals(before)
        self._show_slot()

    def _on_slot(self, _key: str) -> None:
        self.form.save()
        self._show_slot()

    def _show_slot(self) -> None:
        slot = self._slot()
        if slot is None:
            self.view.show_form(is_shown=False)
            return
        if self.form.record == slot.id:
            self.form.refresh(slot.record.fields)
        else:
            draft = self._sheet.drafts.get(slot.id, {})
            self.form.open_record(slot.id, slot.record.fields, draft)
        self.view.show_form(
            is_shown=True,
            warning=" ".join(self._sheet.timetable.warnings(slot.id)),
            is_off=slot.record.text("status") == CALLED_OFF,
        )
        self.view.begin.setText("Open its note" if slot.record.text("note") else "Begin its note")

    def _enter(self) -> None:
        if self._slot() is not None:
            self.view.slots.setFocus()
        elif self.view.table.current[0] != DUE:
            self.begin_new()

    def _on_misfit(self, key: str) -> None:
        self.show_record(key.partition("/")[0])
        self.view.slots.setFocus()

    def _show_misfits(self) -> None:
        days = {one.id: one.day for one in self._sheet.timetable.slots}
        self.view.show_misfits(
            [
                Row(
                    f"{one.second}/{one.first}",
                    one.sentence,
                    short_date(days.get(one.second, "")),
                    "!",
                    "improve",
                )
                for one in self._sheet.timetable.misfits
            ]
        )

    def _lane(self, row: str) -> str:
        if row == DUE:
            return "What is due"
        return next((one.name for one in self._sheet.people if one.id == row), "Nobody yet")
