"""What was asked of agencies: a list with days late, and one request with its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.kinds.registry import KINDS
from app.operations.plan import PlanSheet, plan_sheet
from app.operations.requests import KIND, chase, mark_received, save_request
from app.operations.tables.plan import requests_table
from app.operations.work import new_id
from app.ui.exporting import Listed
from app.ui.pages.plan.model import request_rows
from app.ui.record_form import RecordForm
from app.ui.widgets.fields import ChoiceField, DateField, LineField, MomentField, WordsField
from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView
from app.ui.widgets.titled import side_by_side, titled
from app.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.operations.requests import Request
    from app.ui.pages.plan.page import PlanPage
    from app.ui.widgets.fields import Field


class RequestsView(QWidget):
    """List left, one request right."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Lay out an empty list."""
        super().__init__()
        self.list = RowsView("Requests", 2)
        self.list.nothing = "Nothing was asked for yet. Ctrl+N writes down what is asked of whom."
        self.new = QPushButton("New request")
        self.new.setAccessibleDescription("Ctrl+N")
        self.fields: dict[str, Field] = _fields(now)
        self.chase = QPushButton("Chased now")
        self.chase.setAccessibleDescription("Ctrl+Shift+C")
        self.receive = QPushButton("Received now")
        self.receive.setProperty("role", "main")
        self.receive.setAccessibleDescription("Ctrl+Enter")
        self.form = self._form()
        self.form.hide()
        self.setFocusProxy(self.list)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(label("Asked and received", "title"), 1)
        head.addWidget(self.new)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoPanes(left, self.form, 110, (1, 1)))

    def _form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        get = self.fields
        column.addWidget(titled(get["what"]))
        for names in (
            ("asked_of", "state"),
            ("asked_at", "promised_for"),
            ("chased_at", "received_at"),
            ("version",),
        ):
            column.addWidget(side_by_side([get[one] for one in names]))
        line = QHBoxLayout()
        line.addWidget(self.chase)
        line.addStretch(1)
        line.addWidget(self.receive)
        column.addLayout(line)
        column.addStretch(1)
        return form


class RequestsPart(QObject):
    """Serves the page with requests."""

    def __init__(self, page: PlanPage) -> None:
        """Begin with no request chosen."""
        super().__init__(page)
        self._page = page
        self._sheet = PlanSheet()
        self._chosen = ""
        self.view = RequestsView(page.session.inspection.clock.now)
        self.form = RecordForm(page, KIND, self.view.fields, save_request)
        self.form.kept.connect(page.kept)
        self.form.refused.connect(page.failed)
        self.form.began.connect(lambda _record: page.reload())
        view = self.view
        view.list.row_changed.connect(self._on_row)
        view.list.row_chosen.connect(lambda _key: view.fields["what"].widget.setFocus())
        view.new.clicked.connect(self.begin_new)
        view.chase.clicked.connect(self.chase)
        view.receive.clicked.connect(self.act)

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show the requests; what is being typed stays."""
        self._sheet = sheet
        asked_of = self.view.fields["asked_of"]
        if isinstance(asked_of, ChoiceField):
            asked_of.offer([(one.id, one.name) for one in sheet.agencies])
        self.view.list.show_rows(request_rows(sheet))
        self.view.list.make_current(self._chosen, quietly=True)
        self._show_request()

    def begin_new(self) -> None:
        """Begin a request; it exists from its first words on."""
        self.form.save()
        self._chosen = new_id()
        self.form.open_record(self._chosen, {}, {}, is_new=True)
        self.view.list.clear_current()
        self.view.form.show()
        self._allow(None)
        self.view.fields["what"].widget.setFocus()

    def act(self) -> None:
        """Mark the request received, or take that back."""
        if self._request() is not None:
            self.form.save()
            self._page.session.do(self._page, mark_received, self._chosen).start(
                failed=self._page.refuse
            )
        else:
            self._page.said.emit("Choose a request first.")

    def chase(self) -> None:
        """Note that the request was chased now."""
        if self._request() is not None:
            self.form.save()
            self._page.session.do(self._page, chase, self._chosen).start(failed=self._page.refuse)
        else:
            self._page.said.emit("Choose a request first.")

    def set_aside(self) -> None:
        """Nothing is called off here: the state of a request says so."""
        self._page.said.emit("Set its state to refused or withdrawn.")

    def show_record(self, record: str) -> bool:
        """Show a request."""
        if all(one.id != record for one in self._sheet.requests):
            return False
        self.view.list.make_current(record)
        self._on_row(record)
        return True

    def listed(self) -> list[Listed]:
        """Return the requests."""
        return [Listed("Requests", lambda view: requests_table(plan_sheet(view)))]

    def panes(self) -> list[QWidget]:
        """Return list and fields."""
        return [self.view.list, self.view.fields["what"].widget]

    def save_now(self) -> None:
        """Save the fields."""
        self.form.save()

    def keep_now(self) -> None:
        """Keep the fields as a draft."""
        self.form.keep()

    def _request(self) -> Request | None:
        return next((one for one in self._sheet.requests if one.id == self._chosen), None)

    def _on_row(self, key: str) -> None:
        if key != self._chosen:
            self.form.save()
            self._chosen = key
            self._show_request()

    def _show_request(self) -> None:
        one = self._request()
        if one is None:
            self.view.form.setVisible(bool(self._chosen) and self.form.record == self._chosen)
            self._allow(None)
            return
        if self.form.record == one.id:
            self.form.refresh(one.record.fields)
        else:
            draft = self._sheet.drafts.get(one.id, {})
            self.form.open_record(one.id, one.record.fields, draft)
        self.view.form.show()
        self._allow(one)

    def _allow(self, one: Request | None) -> None:
        came = one is not None and bool(one.record.text("received_at"))
        self.view.receive.setEnabled(one is not None)
        self.view.chase.setEnabled(one is not None and not came)
        self.view.receive.setText("Not received after all" if came else "Received now")


def _fields(now: Callable[[], datetime]) -> dict[str, Field]:
    states = KINDS[KIND].by_name["state"].choices
    return {
        "what": WordsField("What was asked for", "The document or the figures", 1),
        "asked_of": ChoiceField("Asked of"),
        "state": ChoiceField("State", [(one, one.capitalize()) for one in states]),
        "asked_at": MomentField("Asked", now, "Day and time", may_be_now=False),
        "promised_for": DateField("Promised for", "No day yet"),
        "chased_at": MomentField("Chased", now, "Not yet", may_be_now=False),
        "received_at": MomentField("Received", now, "Not yet", may_be_now=False),
        "version": LineField("Version received", "Which, and for which months"),
    }
