"""The states of the today page, for the pictures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.operations import records
from app.operations.team import be
from app.operations.timetable import add_slot
from app.operations.work import ME

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from app.ui.drawing import Drawing
    from app.ui.pages.today.page import TodayPage


def draw(drawing: Drawing, page: TodayPage) -> None:
    """Draw a morning with a timetable, and one of somebody the laptop does not know."""
    inspection = drawing.inspection
    if not inspection.ask(lambda view: view.records.recall(ME)):
        page.reload()
        drawing.grab("today-nobody")
        _plan_a_day(inspection)
    page.reload()
    drawing.grab("today")


def _plan_a_day(inspection: Inspection) -> None:
    people = inspection.ask(lambda view: view.records.of_kind("person"))
    if not people:
        return
    inspection.do(be, people[1 % len(people)].id)
    now = inspection.clock.now().astimezone()
    for hours, what, place in (
        (-2, "Team meeting", "Base room"),
        (1, "Social workers of C3", "Civic Centre, second floor"),
        (3, "Front door: screening of the afternoon’s referrals", "Junction House"),
    ):
        start = now + timedelta(hours=hours)
        fields = {
            "who": people[1 % len(people)].id,
            "date": now.date().isoformat(),
            "start": f"{start:%H}:00",
            "end": f"{start:%H}:50",
            "what": what,
            "place": place,
        }
        inspection.do(add_slot, fields)
    for one in inspection.ask(lambda view: view.records.of_kind("action"))[:3]:
        due = (now + timedelta(days=1)).date().isoformat()
        opened = {"owner": people[1].id, "status": "open", "due": due, "closed_at": None}
        inspection.do(records.change, one.id, opened)
