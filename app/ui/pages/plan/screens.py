"""The states of the plan page, for the pictures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.long_list import long_list
from app.operations.dates import parse
from app.operations.long_list import choose_candidate, choosing, take_in
from app.operations.timetable import add_slot
from app.ui.pages.plan.actions import PARTS
from app.ui.pages.plan.list_dialog import ListDialog

if TYPE_CHECKING:
    from app.domain.long_list import LongList
    from app.operations.inspection import Inspection
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
    inspection = drawing.inspection
    found = long_list("List_8", _ROWS, date(2026, 10, 12))
    if found is not None and not inspection.ask(choosing).candidates:
        page.reload()
        page.show_part("children")
        drawing.grab("plan-children-none")
        _fill(inspection, found)
    page.reload()
    for name in PARTS:
        page.show_part(name)
        if name == "requests" and page.sheet.requests:
            page.requests.show_record(page.sheet.requests[0].id)
        if name == "team" and page.sheet.people:
            page.team.show_record(page.sheet.people[1 % len(page.sheet.people)].id)
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


def _fill(inspection: Inspection, found: LongList) -> None:
    inspection.do(take_in, found, "List_8")
    listed = inspection.ask(choosing).candidates
    for one, why in zip(
        listed[:3],
        (
            "A baby under two with several police notices.",
            "On a plan, and heard at MARAC.",
            "A toddler; probation knows the adult who harms.",
        ),
        strict=False,
    ):
        inspection.do(choose_candidate, one.id, why)
    people = inspection.ask(lambda view: view.records.of_kind("person"))
    children = inspection.ask(lambda view: view.records.of_kind("child"))
    agencies = inspection.ask(lambda view: view.records.of_kind("agency"))
    first = parse(inspection.ask(lambda view: view.inspection.text("fieldwork_from")))
    if first is None or len(people) < 3:  # noqa: PLR2004 - the sample needs three
        return
    for who, days, start, end, what, place in (
        (0, 0, "09:00", "10:00", "Team meeting", "Base room"),
        (0, 0, "10:00", "11:30", "Set-up meeting with leaders", "Civic Centre"),
        (1, 0, "09:00", "10:00", "Team meeting", "Base room"),
        (1, 0, "10:15", "12:00", "Front door observed", "Junction House"),
        (1, 0, "11:30", "12:30", "Social workers of C2", "Junction House"),
        (2, 1, "09:30", "11:00", "Health visitors", "East clinic"),
        (3, 1, "13:00", "14:30", "Midwives", "Royal Hospital"),
    ):
        fields = {
            "who": people[who % len(people)].id,
            "date": (first + timedelta(days=days)).isoformat(),
            "start": start,
            "end": end,
            "what": what,
            "place": place,
            "child": children[0].id if "C2" in what and children else None,
            "agency": agencies[0].id if agencies else None,
        }
        inspection.do(add_slot, {k: v for k, v in fields.items() if v})
