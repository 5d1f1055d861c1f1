"""Everything the plan page shows, answered from one snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.operations import records
from app.operations.long_list import Choosing, choosing
from app.operations.notes import list_drafts
from app.operations.parties import sectors
from app.operations.plan_days import PlanDays, plan_days, today
from app.operations.requests import Request, list_requests
from app.operations.sheets import Named
from app.operations.tasks import TaskRow, list_tasks
from app.operations.team import describe_inspection
from app.operations.timetable import Timetable, name_of, timetable
from app.operations.view import NO_RECORD
from app.operations.work import ME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Inspector:
    """One person of the team as the page shows them."""

    record: Record
    inspectorate: str
    slots: int
    is_me: bool

    @property
    def id(self) -> str:
        """Their id."""
        return self.record.id

    @property
    def name(self) -> str:
        """How the team calls them."""
        return name_of(self.record) or "Nobody named yet"


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The whole plan as it stands; ``drafts`` are fields kept and not saved, by record."""

    today: str = ""
    day: str = ""
    days: PlanDays = field(default_factory=PlanDays)
    timetable: Timetable = field(default_factory=Timetable)
    people: tuple[Inspector, ...] = ()
    choosing: Choosing = field(default_factory=Choosing)
    requests: tuple[Request, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    agencies: tuple[Named, ...] = ()
    children: tuple[Named, ...] = ()
    agency_records: tuple[Record, ...] = ()
    child_records: tuple[Record, ...] = ()
    sectors: tuple[tuple[str, str], ...] = ()
    inspectorates: tuple[Named, ...] = ()
    inspection: Record = NO_RECORD
    drafts: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)


def plan_sheet(view: View) -> PlanSheet:
    """Return the whole plan."""
    held = timetable(view)
    now = today(view)
    return PlanSheet(
        now.words,
        now.day.isoformat(),
        plan_days(view),
        held,
        tuple(_people(view, held)),
        choosing(view),
        tuple(list_requests(view)),
        tuple(list_tasks(view)),
        _named(view, "agency"),
        tuple(Named(one.id, one.text("code")) for one in view.records.of_kind("child")),
        tuple(view.records.of_kind("agency")),
        tuple(sorted(view.records.of_kind("child"), key=lambda one: one.text("code"))),
        sectors(),
        _named(view, "inspectorate"),
        view.inspection,
        {one.record: one.fields for one in list_drafts(view)},
    )


def save_person(work: Work, person: str, fields: Mapping[str, Json]) -> Changes:
    """Save what a form holds of somebody; under a fresh id they are added to the team.

    Raises:
        InvalidInputError: an unfit field; nothing was saved.

    """
    if work.records.find(person) is None:
        place = records.last_place(work, PERSON, "")
        work.add(PERSON, {"position": place, **fields}, person)
    else:
        work.of_kind(person, PERSON)
        work.change(person, fields)
    work.records.drop_draft(person)
    return work.changes(person)


def save_dates(work: Work, inspection: str, fields: Mapping[str, Json]) -> Changes:
    """Save the dates of an inspection.

    Raises:
        InvalidInputError: an unfit date; nothing was saved.

    """
    changes = describe_inspection(work, fields)
    work.records.drop_draft(inspection)
    return changes


def _people(view: View, held: Timetable) -> list[Inspector]:
    me = view.records.recall(ME)
    bodies = {one.id: one.name for one in _named(view, "inspectorate")}
    order = {one: n for n, one in enumerate(bodies)}
    counts: dict[str, int] = {}
    for one in held.slots:
        who = one.record.text("who")
        counts[who] = counts.get(who, 0) + 1
    found = [
        Inspector(
            one, bodies.get(one.text("inspectorate"), ""), counts.get(one.id, 0), one.id == me
        )
        for one in view.records.of_kind(PERSON)
    ]
    return sorted(found, key=lambda one: order.get(one.record.text("inspectorate"), len(order)))


def _named(view: View, kind: str) -> tuple[Named, ...]:
    return tuple(
        Named(one.id, one.text("short_name") or one.text("name"))
        for one in view.records.of_kind(kind)
    )
