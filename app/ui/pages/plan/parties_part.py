"""Who is looked at: the area's agencies, and the children by their codes, each with its fields."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.operations import records
from app.operations.parties import AGENCY, CHILD, save_agency, save_child, take_away
from app.operations.plan import PlanSheet, plan_sheet
from app.operations.tables.plan import agencies_table, children_table
from app.operations.work import new_id
from app.ui.exporting import Listed
from app.ui.pages.plan.model import agency_rows, child_rows
from app.ui.record_form import RecordForm
from app.ui.widgets.fields import ChoiceField, LineField, ListField, TickField, WordsField
from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView
from app.ui.widgets.titled import side_by_side, titled
from app.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.records import Record
    from app.ui.pages.plan.page import PlanPage
    from app.ui.widgets.fields import Field


class PartiesView(QWidget):
    """Two lists left, the fields of one thing right."""

    def __init__(self) -> None:
        """Lay out empty lists."""
        super().__init__()
        self.lists = {AGENCY: RowsView("Agencies", 2), CHILD: RowsView("Children by code")}
        self.lists[AGENCY].nothing = "No agencies yet. Ctrl+N adds one."
        self.lists[CHILD].nothing = "No children yet. Ctrl+N here adds one by a code, never a name."
        self.new = {AGENCY: QPushButton("Add an agency"), CHILD: QPushButton("Add a child")}
        self.fields: dict[str, dict[str, Field]] = {
            AGENCY: {
                "name": LineField("Name", "As it stands in the letter"),
                "short_name": LineField("Short name", "As it stands in lists"),
                "sector": ChoiceField("Sector"),
            },
            CHILD: {
                "code": LineField("Code", "Such as C1, never a name"),
                "age_band": LineField("Age band", "As 4–5, or unborn"),
                "status": LineField("Status", "As child in need"),
                "markers": ListField("Markers of the theme", "Words, with commas"),
                "why_selected": WordsField("Why selected", "", 2),
                "is_tracked": TickField("Followed through all agencies"),
            },
        }
        self.forms = QStackedWidget()
        self.forms.addWidget(QWidget())
        self.of_kind = {kind: self._form(kind) for kind in self.fields}
        self.setFocusProxy(self.lists[AGENCY])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoPanes(self._left(), self.forms, 110, (1, 1)))

    def show_form(self, kind: str) -> None:
        """Show the fields of a kind, or none."""
        self.forms.setCurrentIndex([*self.fields].index(kind) + 1 if kind in self.fields else 0)

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        for kind, title in ((AGENCY, "Agencies"), (CHILD, "Children")):
            head = QHBoxLayout()
            head.addWidget(label(title, "title"), 1)
            head.addWidget(self.new[kind])
            self.new[kind].setAccessibleDescription("Ctrl+N")
            column.addLayout(head)
            column.addWidget(self.lists[kind], 1)
        return left

    def _form(self, kind: str) -> QWidget:
        form, get = QWidget(), self.fields[kind]
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        if kind == AGENCY:
            column.addWidget(side_by_side([get["name"]]))
            column.addWidget(side_by_side([get["short_name"], get["sector"]]))
        else:
            column.addWidget(side_by_side([get["code"], get["age_band"], get["status"]]))
            column.addWidget(side_by_side([get["markers"]]))
            column.addWidget(titled(get["why_selected"]))
            column.addWidget(get["is_tracked"].widget)
        column.addStretch(1)
        self.forms.addWidget(form)
        return form


class PartiesPart(QObject):
    """Serves the plan page with agencies and children."""

    def __init__(self, page: PlanPage) -> None:
        """Begin with nothing chosen."""
        super().__init__(page)
        self._page = page
        self._sheet = PlanSheet()
        self._kind, self._chosen = "", ""
        self._gone: list[str] = []
        self.view = PartiesView()
        view = self.view
        self.forms = {
            AGENCY: RecordForm(page, AGENCY, view.fields[AGENCY], save_agency),
            CHILD: RecordForm(page, CHILD, view.fields[CHILD], save_child),
        }
        for kind, form in self.forms.items():
            form.kept.connect(page.kept)
            form.refused.connect(page.failed)
            form.began.connect(lambda _record: page.reload())
            view.lists[kind].row_changed.connect(partial(self._on_row, kind))
            view.lists[kind].row_chosen.connect(partial(self._on_chosen, kind))
            view.new[kind].clicked.connect(lambda _on=False, kind=kind: self._begin(kind))

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show them; what is being typed stays."""
        self._sheet = sheet
        sector = self.view.fields[AGENCY]["sector"]
        if isinstance(sector, ChoiceField):
            sector.offer(sheet.sectors)
        self.view.lists[AGENCY].show_rows(agency_rows(sheet.agency_records))
        self.view.lists[CHILD].show_rows(child_rows(sheet.child_records))
        if self._kind:
            self.view.lists[self._kind].make_current(self._chosen, quietly=True)
        self._show_one()

    def begin_new(self) -> None:
        """Begin a child where the children are, else an agency."""
        self._begin(CHILD if self.view.lists[CHILD].hasFocus() else AGENCY)

    def act(self) -> None:
        """Go to the fields of what is chosen."""
        self._to_fields()

    def set_aside(self) -> None:
        """Take away what nothing names, or put back what was taken away last."""
        page = self._page
        if self._record() is None and self._gone:
            back = self._gone.pop()
            page.session.do(page, records.restore, back).start(
                lambda _changes: page.said.emit("It is back."), page.refuse
            )
        elif self._chosen:
            gone = self._chosen
            # From the fields the focus would come to the list later, and choose another row.
            self.view.lists[self._kind].setFocus()

            def taken(_changes: object) -> None:
                self._gone.append(gone)
                self._kind = self._chosen = ""
                page.said.emit("Taken away. Ctrl+Shift+Backspace brings it back.")
                page.reload()

            page.session.do(page, take_away, gone).start(taken, page.refuse)

    def show_record(self, record: str) -> bool:
        """Show an agency or a child."""
        kind = next((one for one, held in self._held().items() if _with(held, record)), "")
        if not kind:
            return False
        self.view.lists[kind].make_current(record)
        self._show_key(kind, record)
        return True

    def listed(self) -> list[Listed]:
        """Return agencies and children."""
        return [
            Listed("Agencies", lambda view: agencies_table(plan_sheet(view))),
            Listed("Children by code", lambda view: children_table(plan_sheet(view))),
        ]

    def panes(self) -> list[QWidget]:
        """Return both lists and the fields."""
        fields = self.view.fields.get(self._kind, {})
        first = [one.widget for one in fields.values()][:1]
        return [*self.view.lists.values(), *first]

    def save_now(self) -> None:
        """Save the fields."""
        for one in self.forms.values():
            one.save()

    def keep_now(self) -> None:
        """Keep the fields as drafts."""
        for one in self.forms.values():
            one.keep()

    def _held(self) -> dict[str, Sequence[Record]]:
        return {AGENCY: self._sheet.agency_records, CHILD: self._sheet.child_records}

    def _record(self) -> Record | None:
        return _with(self._held().get(self._kind, ()), self._chosen)

    def _begin(self, kind: str) -> None:
        self.save_now()
        self._kind, self._chosen = kind, new_id()
        self.forms[kind].open_record(self._chosen, {}, {}, is_new=True)
        for one in self.view.lists.values():
            one.clear_current()
        self.view.show_form(kind)
        self._to_fields()

    def _to_fields(self) -> None:
        fields = self.view.fields.get(self._kind, {})
        for one in fields.values():
            one.widget.setFocus()
            return

    def _on_chosen(self, kind: str, key: str) -> None:
        self._show_key(kind, key)
        self._to_fields()

    def _on_row(self, kind: str, key: str) -> None:
        rows = self.view.lists[kind]
        # A row that is current only because the focus came by is not chosen: Tab leads on.
        if rows.selectionModel().isSelected(rows.currentIndex()):
            self._show_key(kind, key)

    def _show_key(self, kind: str, key: str) -> None:
        if (kind, key) != (self._kind, self._chosen):
            self.save_now()
            self._kind, self._chosen = kind, key
            for other, rows in self.view.lists.items():
                if other != kind:
                    rows.clear_current()
            self._show_one()

    def _show_one(self) -> None:
        held = self._record()
        if held is None:
            is_new = bool(self._kind) and self.forms[self._kind].record == self._chosen
            self.view.show_form(self._kind if is_new else "")
            return
        form = self.forms[self._kind]
        if form.record == held.id:
            form.refresh(held.fields)
        else:
            form.open_record(held.id, held.fields, self._sheet.drafts.get(held.id, {}))
        self.view.show_form(self._kind)


def _with(held: Sequence[Record], record: str) -> Record | None:
    return next((one for one in held if one.id == record), None)
