"""The dates of an inspection, and what follows from them in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.operations.plan import PlanSheet, save_dates
from app.operations.work import INSPECTION
from app.ui.record_form import RecordForm
from app.ui.widgets.fields import ChoiceField, DateField
from app.ui.widgets.labels import label
from app.ui.widgets.titled import side_by_side
from app.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from app.ui.exporting import Listed
    from app.ui.pages.plan.page import PlanPage
    from app.ui.widgets.fields import Field


class DatesView(QWidget):
    """Fields left, sentences right."""

    def __init__(self) -> None:
        """Lay out empty fields."""
        super().__init__()
        hint, later = "Day, month and year", "Not yet"
        self.fields: dict[str, Field] = {
            "notified_on": DateField("Area notified", hint),
            "day_convention": ChoiceField(
                "Notification is", [("day 0", "Day 0"), ("day 1", "Day 1")], nothing="Day 1, usual"
            ),
            "fieldwork_from": DateField("First day on site", hint),
            "fieldwork_to": DateField("Last day on site", hint),
            "report_received_on": DateField("Report received", later),
            "published_on": DateField("Letter published", later),
        }
        self.told = label("", "")
        self.told.setAccessibleName("What follows from the dates")
        self.days = label("", "meta")
        self.setFocusProxy(self.fields["notified_on"].widget)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("Dates of the inspection", "title"))
        get = self.fields
        for names in (
            ("notified_on", "day_convention"),
            ("fieldwork_from", "fieldwork_to"),
            ("report_received_on", "published_on"),
        ):
            column.addWidget(side_by_side([get[one] for one in names]))
        column.addStretch(1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("What follows from them", "title"))
        column.addWidget(self.told)
        column.addWidget(self.days)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoPanes(left, right, 110, (1, 1)))


class DatesPart(QObject):
    """Serves the page with the dates."""

    def __init__(self, page: PlanPage) -> None:
        """Begin before the inspection is known."""
        super().__init__(page)
        self._page = page
        self.view = DatesView()
        self.form = RecordForm(page, INSPECTION, self.view.fields, save_dates)
        self.form.kept.connect(page.kept)
        self.form.refused.connect(page.failed)

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show the dates; what is being typed stays."""
        record = sheet.inspection
        if self.form.record and self.form.record == record.id:
            self.form.refresh(record.fields)
        elif record.id:
            self.form.open_record(record.id, record.fields, sheet.drafts.get(record.id, {}))
        told = sheet.days.sentences
        self.view.told.setText(
            "\n\n".join(told)
            or "Say when the area was notified and when the fieldwork is: the days get their "
            "numbers, and the deadlines their dates."
        )
        self.view.days.setText(
            "Working days leave out weekends and the bank holidays of England and Wales. A day "
            "proclaimed since this version was made is not known here."
        )

    def begin_new(self) -> None:
        """Go to the first field: dates are not begun."""
        self.view.setFocus()

    def act(self) -> None:
        """Save the dates now."""
        self.form.save()

    def set_aside(self) -> None:
        """Nothing is called off here."""

    def show_record(self, _record: str) -> bool:
        """No record of the page is shown here."""
        return False

    def listed(self) -> list[Listed]:
        """Return nothing: the days are the timetable’s."""
        return []

    def panes(self) -> list[QWidget]:
        """Return the first field."""
        return [self.view.fields["notified_on"].widget]

    def save_now(self) -> None:
        """Save the fields."""
        self.form.save()

    def keep_now(self) -> None:
        """Keep the fields as a draft."""
        self.form.keep()
