"""Who comes: inspectors under their inspectorates, one with their fields, and the subgroups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.operations.plan import PERSON, PlanSheet, plan_sheet, save_person
from app.operations.tables.plan import subgroups_table, team_table
from app.operations.team import be
from app.operations.work import new_id
from app.ui.exporting import Listed
from app.ui.pages.plan.model import people_rows, subgroup_rows
from app.ui.record_form import RecordForm
from app.ui.widgets.fields import ChoiceField, LineField, ListField
from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView
from app.ui.widgets.titled import side_by_side
from app.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from app.operations.plan import Inspector
    from app.ui.pages.plan.page import PlanPage
    from app.ui.widgets.fields import Field

_TASK_LINES: Final = 10


class TeamPartView(QWidget):
    """People left; one of them, and the subgroups, right."""

    def __init__(self) -> None:
        """Lay out an empty team."""
        super().__init__()
        self.list = RowsView("Inspectors", 2)
        self.list.nothing = "Nobody is on the team yet. Ctrl+N adds an inspector."
        self.new = QPushButton("Add an inspector")
        self.new.setAccessibleDescription("Ctrl+N")
        self.fields: dict[str, Field] = {
            "initials": LineField("Initials", "Two or three letters"),
            "role": LineField("Role", "What they inspect"),
            "inspectorate": ChoiceField("Inspectorate"),
            "days_present": ListField("Days present", "Days, with commas"),
            "name": LineField("Name", "Used only where there are no initials"),
        }
        self.me = QPushButton("I am this inspector")
        self.me.setAccessibleDescription("What is written on this laptop carries their initials")
        self.tasks = RowsView("Subgroups and their tasks", 2)
        self.tasks.nothing = "No subgroup has a task yet. Ctrl+N on the Tasks page plans one."
        self.form = self._form()
        self.form.hide()
        self.setFocusProxy(self.list)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(label("Inspectors", "title"), 1)
        head.addWidget(self.new)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoPanes(left, self._right(), 110, (1, 1)))

    def _right(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(label("Subgroups and their tasks", "title"))
        self.tasks.setMinimumHeight(_TASK_LINES * self.fontMetrics().height())
        column.addWidget(self.tasks, 1)
        return pane

    def _form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        get = self.fields
        column.addWidget(side_by_side([get["initials"], get["role"]], (1, 2)))
        column.addWidget(side_by_side([get["inspectorate"], get["days_present"]]))
        column.addWidget(side_by_side([get["name"]]))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.me)
        column.addLayout(line)
        return form


class TeamPart(QObject):
    """Serves the page with the team."""

    def __init__(self, page: PlanPage) -> None:
        """Begin with nobody chosen."""
        super().__init__(page)
        self._page = page
        self._sheet = PlanSheet()
        self._chosen = ""
        self.view = TeamPartView()
        self.form = RecordForm(page, PERSON, self.view.fields, save_person)
        self.form.kept.connect(page.kept)
        self.form.refused.connect(page.failed)
        self.form.began.connect(lambda _record: page.reload())
        view = self.view
        view.list.row_changed.connect(self._on_row)
        view.list.row_chosen.connect(lambda _key: view.fields["initials"].widget.setFocus())
        view.tasks.row_chosen.connect(page.record_requested)
        view.new.clicked.connect(self.begin_new)
        view.me.clicked.connect(self.act)

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show the team; what is being typed stays."""
        self._sheet = sheet
        bodies = self.view.fields["inspectorate"]
        if isinstance(bodies, ChoiceField):
            bodies.offer([(one.id, one.name) for one in sheet.inspectorates])
        self.view.list.show_rows(people_rows(sheet))
        self.view.list.make_current(self._chosen, quietly=True)
        self.view.tasks.show_rows(subgroup_rows(sheet))
        self._show_person()

    def begin_new(self) -> None:
        """Begin somebody new; they are on the team from their first words on."""
        self.form.save()
        self._chosen = new_id()
        self.form.open_record(self._chosen, {}, {}, is_new=True)
        self.view.list.clear_current()
        self.view.form.show()
        self.view.me.setEnabled(False)
        self.view.fields["initials"].widget.setFocus()

    def act(self) -> None:
        """Say that this inspector uses this laptop."""
        one = self._person()
        if one is None:
            self._page.said.emit("Choose yourself in the list first.")
            return
        self.form.save()
        page = self._page

        def known(_changes: object) -> None:
            page.said.emit(f"What you write here carries {one.name} from now on.")
            page.reload()

        page.session.do(page, be, one.id).start(known, page.refuse)

    def set_aside(self) -> None:
        """Nobody is taken off the team here: what they wrote names them."""
        self._page.said.emit("Somebody who wrote here stays in the list: their notes name them.")

    def show_record(self, record: str) -> bool:
        """Show an inspector."""
        if all(one.id != record for one in self._sheet.people):
            return False
        self.view.list.make_current(record)
        self._on_row(record)
        return True

    def listed(self) -> list[Listed]:
        """Return the team, and the subgroups."""
        return [
            Listed("Team", lambda view: team_table(plan_sheet(view))),
            Listed("Subgroups and their tasks", lambda view: subgroups_table(plan_sheet(view))),
        ]

    def panes(self) -> list[QWidget]:
        """Return people, fields and subgroups."""
        return [self.view.list, self.view.fields["initials"].widget, self.view.tasks]

    def save_now(self) -> None:
        """Save the fields."""
        self.form.save()

    def keep_now(self) -> None:
        """Keep the fields as a draft."""
        self.form.keep()

    def _person(self) -> Inspector | None:
        return next((one for one in self._sheet.people if one.id == self._chosen), None)

    def _on_row(self, key: str) -> None:
        if key != self._chosen:
            self.form.save()
            self._chosen = key
            self._show_person()

    def _show_person(self) -> None:
        one = self._person()
        if one is None:
            self.view.form.setVisible(bool(self._chosen) and self.form.record == self._chosen)
            return
        if self.form.record == one.id:
            self.form.refresh(one.record.fields)
        else:
            draft = self._sheet.drafts.get(one.id, {})
            self.form.open_record(one.id, one.record.fields, draft)
        self.view.form.show()
        self.view.me.setEnabled(not one.is_me)
        self.view.me.setText("This is you" if one.is_me else "I am this inspector")
