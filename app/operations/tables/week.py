"""The lists of the week as tables: tasks and meetings, concerns, their tally, and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.escalations import figures
from app.domain.tables import Table
from app.operations.escalations import list_escalations
from app.operations.meetings import TEAM, list_meetings
from app.operations.naming import note_names
from app.operations.tables.cells import as_shown, day, moment, yes
from app.operations.tasks import list_tasks
from app.operations.timetable import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.records import Record
    from app.domain.tables import Cell
    from app.operations.view import View

_WEEK: Final = (
    *("Kind", "What", "Day", "Time", "Stands", "Led by", "Points", "Inspectorates"),
    "Where a concern stands",
)
_CONCERNS: Final = (
    *("Number", "Child or children", "Extent", "In danger now", "Noticed", "Lead told"),
    *("Referred to", "Referred", "Answer due", "Answered", "Satisfied", "Closed", "Stands"),
)
_ACTIONS: Final = ("Action", "Whose", "Due", "Stands", "What came of it", "From")


def week_table(view: View, shown: Sequence[str]) -> Table:
    """Return what the list of the week shows, each row with what kind of thing it is."""
    now = view.clock.now()
    rows: dict[str, tuple[Cell, ...]] = {}
    for held in list_escalations(view):
        what = " · ".join(part for part in (held.name, held.child or held.level) if part)
        told = held.in_words(now)
        rows[held.id] = ("Child at risk", what, "", "", str(held.step), "", "", "", told)
    for meeting in list_meetings(view):
        title = meeting.title or "Meeting"
        when = (day(meeting.day), meeting.start)
        kind = "Team meeting" if meeting.kind == TEAM else "Keep in touch"
        rows[meeting.id] = (kind, title, *when, "", "", "", "", "")
    for task in list_tasks(view):
        stands = "closed" if task.is_closed else "ready to report" if task.is_ready else ""
        bodies = ", ".join(task.inspectorates)
        when = (day(task.day), task.start)
        points = task.points
        rows[task.id] = ("Task", task.title, *when, stands, task.lead, points, bodies, "")
    return Table(
        "Tasks and meetings", _WEEK, tuple(rows[one] for one in dict.fromkeys(shown) if one in rows)
    )


def concerns_table(view: View, shown: Sequence[str]) -> Table:
    """Return the concerns shown, with every time on their clock."""
    now = view.clock.now()
    return Table(
        "Children at risk",
        _CONCERNS,
        tuple(
            (
                one.name,
                one.child,
                one.level,
                yes(one.immediate_danger),
                moment(one.noticed_at),
                moment(one.lead_told_at),
                one.referred_to,
                moment(one.referred_at),
                moment(one.response_due_at),
                moment(one.response_at),
                one.satisfied,
                moment(one.closed_at),
                one.in_words(now),
            )
            for one in as_shown(list_escalations(view), shown)
        ),
    )


def tally_table(view: View) -> Table:
    """Return the exact tally of concerns, a count to a row."""
    found = figures(list_escalations(view))
    counts = (
        ("Noticed", found.noticed),
        ("Raised with leaders", found.raised),
        *((f"Raised about {level}", count) for level, count in found.levels),
        ("Answered by leaders", found.answered),
        ("Inspectors satisfied with the answer", found.satisfied),
        ("Inspectors partly satisfied", found.partly),
        ("Inspectors not satisfied", found.dissatisfied),
        ("Of immediate danger", found.in_immediate_danger),
        ("Still open", found.unclosed),
    )
    return Table("Tally of concerns", ("Concerns", "Count"), counts)


def actions_table(view: View) -> Table:
    """Return every action: what is still to be done by its day, then what was done or dropped."""
    people = {one.id: name_of(one) for one in view.records.of_kind("person")}
    held = sorted(view.records.of_kind("action"), key=_urgency)
    origins = view.records.get_many({one.text("note") for one in held} - {""})
    names = note_names(view, origins.values())

    def origin(one: Record) -> str:
        note = origins.get(one.text("note"))
        return " ".join((names[note.id], note.text("date"))).strip() if note is not None else ""

    return Table(
        "Actions",
        _ACTIONS,
        tuple(
            (
                one.text("what"),
                people.get(one.text("owner"), ""),
                day(one.text("due")),
                one.text("status") or "open",
                one.text("outcome"),
                origin(one),
            )
            for one in held
        ),
    )


def _urgency(one: Record) -> tuple[bool, str, str]:
    return one.text("status") not in {"", "open"}, one.text("due") or "9999", one.id
