"""The lists of the plan as tables: who is where, children, requests, the team and its subgroups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.dates import parse
from app.domain.tables import Table
from app.operations.tables.cells import as_shown, day, yes
from app.operations.timetable import PLANNED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.operations.plan import PlanSheet

_TIMETABLE: Final = (
    *("Day", "From", "To", "Inspector", "What", "With whom", "Agency", "Child", "Place", "Stands"),
    *("Noted", "What does not fit"),
)
_LONG_LIST: Final = (
    *("Code", "Followed as", "Chosen", "Age", "Gender", "Ethnicity", "Status", "Agencies", "Area"),
    *("Why, or why not", "List"),
)
_REQUESTS: Final = (
    *("What", "Asked of", "Stands", "Asked", "Promised for", "Chased", "Received", "Days late"),
    "Version",
)


def timetable_table(sheet: PlanSheet) -> Table:
    """Return every slot by day and time."""
    return Table(
        "Timetable",
        _TIMETABLE,
        tuple(
            (
                day(slot.day),
                held.text("start"),
                held.text("end"),
                slot.who,
                held.text("what"),
                held.text("with_whom"),
                slot.agency,
                slot.child,
                held.text("place"),
                held.text("status") or PLANNED,
                yes(bool(held.text("note"))),
                " ".join(sheet.timetable.warnings(slot.id)),
            )
            for slot in sheet.timetable.slots
            for held in [slot.record]
        ),
    )


def days_table(sheet: PlanSheet) -> Table:
    """Return the days of the plan with what is due on each."""
    return Table(
        "Days",
        ("Day", "Number", "On site", "What is due"),
        tuple(
            (
                day(one.day),
                "" if one.number is None else one.number,
                yes(one.is_on_site),
                "; ".join(one.marks),
            )
            for one in sheet.days.days
        ),
    )


def long_list_table(sheet: PlanSheet, shown: Sequence[str]) -> Table:
    """Return the children of the long list that are shown."""
    return Table(
        "Long list",
        _LONG_LIST,
        tuple(
            (
                one.code,
                one.followed,
                yes(one.is_chosen),
                one.age_band,
                one.gender,
                one.ethnicity,
                one.status,
                ", ".join(one.agencies),
                one.area,
                one.reason,
                one.source,
            )
            for one in as_shown(sheet.choosing.candidates, shown)
        ),
    )


def requests_table(sheet: PlanSheet) -> Table:
    """Return what was asked of agencies, what is late first."""
    now = parse(sheet.day)
    return Table(
        "Requests",
        _REQUESTS,
        tuple(
            (
                one.what,
                one.agency,
                str(one.asked.stands(now)) if now is not None else one.asked.state,
                one.asked.asked or "",
                one.asked.promised or "",
                one.asked.chased or "",
                one.asked.received or "",
                one.asked.days_late(now) if now is not None else 0,
                one.record.text("version"),
            )
            for one in sheet.requests
        ),
    )


def team_table(sheet: PlanSheet) -> Table:
    """Return the team by inspectorate."""
    return Table(
        "Team",
        ("Inspectorate", "Who", "Role", "Days present", "Slots"),
        tuple(
            (
                one.inspectorate,
                one.record.text("initials") or one.record.text("name") or one.name,
                one.record.text("role"),
                ", ".join(one.record.texts("days_present")),
                one.slots,
            )
            for one in sheet.people
        ),
    )


def subgroups_table(sheet: PlanSheet) -> Table:
    """Return the subgroups' tasks by day."""
    return Table(
        "Subgroups and their tasks",
        ("Day", "Time", "Task", "Led by", "Inspectorates", "Points", "Stands"),
        tuple(
            (
                day(one.day),
                one.start,
                one.title,
                one.lead,
                ", ".join(one.inspectorates),
                one.points,
                "closed" if one.is_closed else "ready to report" if one.is_ready else "",
            )
            for one in sheet.tasks
        ),
    )


def agencies_table(sheet: PlanSheet) -> Table:
    """Return the agencies."""
    sectors = dict(sheet.sectors)
    return Table(
        "Agencies",
        ("Name", "Short name", "Sector"),
        tuple(
            (
                one.text("name"),
                one.text("short_name"),
                sectors.get(one.text("sector"), one.text("sector")),
            )
            for one in sheet.agency_records
        ),
    )


def children_table(sheet: PlanSheet) -> Table:
    """Return the children by code; whoever is followed through all agencies is marked."""
    return Table(
        "Children by code",
        ("Code", "Followed", "Age band", "Status", "Markers of the theme", "Why selected"),
        tuple(
            (
                one.text("code"),
                yes(one.flag("is_tracked")),
                one.text("age_band"),
                one.text("status"),
                ", ".join(one.texts("markers")),
                one.text("why_selected"),
            )
            for one in sheet.child_records
        ),
    )
