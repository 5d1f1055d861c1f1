"""The states of the plan page, for the pictures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.long_list import long_list
from app.operations.plan import PlanSheet
from app.ui.pages.plan.actions import PARTS
from app.ui.pages.plan.calendar_dialog import CalendarDialog
from app.ui.pages.plan.list_dialog import ListDialog

if TYPE_CHECKING:
    from app.ui.drawing import Drawing
    from app.ui.pages.plan.page import PlanPage

_ROWS: Final = (
    ("Annex A", "", "", "", "", "", "", ""),
    ("List 8: children known for domestic abuse", "", "", "", "", "", "", ""),
    (
        "Child Unique ID",
        "Child’s name",
        "Gender",
        "Ethnicity",
        "Date of birth",
        "Legal status",
        "Agencies involved",
        "Locality",
    ),
    ("77001", "A B", "F", "White British", "2024-11-02", "CIN", "Health; Police", "East"),
    ("77002", "C D", "M", "Black African", "2020-01-14", "CPP", "Police; Education", "North"),
    ("77003", "E F", "M", "White British", "2023-05-30", "CPP", "Health; Probation", "Harbour"),
    ("77004", "G H", "F", "Mixed: White and Asian", "2019-12-24", "CLA", "Education", "East"),
    ("77005", "I J", "F", "White British", "2027-01-03", "CPP", "Health; Probation", "North"),
    ("77006", "K L", "M", "Pakistani", "2022-02-18", "EH", "Health; Education", "Harbour"),
    ("77007", "M N", "F", "Any other White background", "2021-07-09", "CIN", "Police", "East"),
)


def draw(drawing: Drawing, page: PlanPage) -> None:
    """Draw every part, and what is shown before a list is taken in."""
    found = long_list("List_8", _ROWS, date(2026, 10, 12))
    page.reload()
    page.show_part("children")
    page.children_desk.show_sheet(PlanSheet())
    drawing.grab("plan-children-none")
    page.reload()
    for name in PARTS:
        page.show_part(name)
        if name == "requests" and page.sheet.requests:
            page.requests.show_record(page.sheet.requests[0].id)
        if name == "team" and page.sheet.people:
            page.team.show_record(page.sheet.people[1 % len(page.sheet.people)].id)
        if name == "parties" and page.sheet.agency_records:
            page.parties.show_record(page.sheet.agency_records[0].id)
        if name == "days" and page.sheet.timetable.misfits:
            page.days.show_record(page.sheet.timetable.misfits[0].second)
        drawing.grab(f"plan-{name}")
    page.show_part("children")
    page.children_desk.act()
    drawing.grab("plan-choosing")
    page.children_desk.view.reason.declined.emit()
    if found is not None:
        dialog = ListDialog(page, (found,))
        dialog.show()
        drawing.grab("plan-taking-in", dialog)
        dialog.close()
    page.show_part("days")
    calendar = CalendarDialog(page, page.sheet.people)
    calendar.show()
    drawing.grab("plan-calendar", calendar)
    calendar.close()
