"""The plan as tables and rows to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.dates import parse, short_date
from app.domain.timetable import CALLED_OFF, span_words
from app.ui.widgets.rows import Row
from app.ui.widgets.words_table import Heading, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.records import Record
    from app.operations.long_list import Candidate, Choosing
    from app.operations.plan import Inspector, PlanSheet
    from app.operations.timetable import Slot

DUE: Final = "due"
NOBODY: Final = "nobody"
TASK: Final = "task/"
_DAY_LETTERS: Final = 15

LIST_HEADINGS: Final = (
    Heading("code", "Code", 6),
    Heading("followed", "Followed as", 11),
    Heading("age_band", "Age", 9),
    Heading("gender", "Gender", 9),
    Heading("ethnicity", "Ethnicity", 18),
    Heading("status", "Status", 20),
    Heading("agencies", "Agencies", 24),
    Heading("area", "Area", 12),
    Heading("reason", "Why, or why not", 30),
    Heading("list", "List", 14),
)


def day_table(sheet: PlanSheet) -> tuple[list[Heading], list[Line]]:
    """Return the days as columns, and a lane for what is due and for each inspector."""
    days = sheet.days.days
    headings = [
        Heading(
            one.day,
            "\n".join((short_date(one.day), _under(one.label, one.is_on_site, one.day, sheet.day))),
            _DAY_LETTERS,
        )
        for one in days
    ]
    lines = [Line(DUE, tuple("\n".join(one.marks) for one in days), "What is due")]
    by_cell: dict[tuple[str, str], list[Slot]] = {}
    for slot in sheet.timetable.slots:
        by_cell.setdefault((slot.record.text("who") or NOBODY, slot.day), []).append(slot)
    lanes = [(one.id, _lane(one)) for one in sheet.people]
    known = {one for one, _head in lanes}
    strays = {who for who, _day in by_cell} - known
    if strays:
        by_cell = {
            (who if who in known else NOBODY, day): held for (who, day), held in by_cell.items()
        }
        lanes.append((NOBODY, "Nobody yet"))
    for who, head in lanes:
        cells = tuple(
            "\n".join(slot_line(slot, sheet) for slot in by_cell.get((who, one.day), ()))
            for one in days
        )
        lines.append(Line(who, cells, head))
    return headings, lines


def slot_line(slot: Slot, sheet: PlanSheet) -> str:
    """Return a slot in one line of a lane."""
    record = slot.record
    times = span_words(record.text("start"), record.text("end"))
    if record.text("status") == CALLED_OFF:
        return f"{times} called off".strip()
    sign = "! " if sheet.timetable.warnings(slot.id) else ""
    return f"{sign}{times} {slot.called}".strip()


def slot_rows(sheet: PlanSheet, who: str, day: str) -> list[Row]:
    """Return the slots of one lane on one day, with what does not fit in words."""
    rows = []
    known = {one.id for one in sheet.people}
    for slot in sheet.timetable.slots:
        held = slot.record.text("who")
        if (held if held in known else NOBODY) != who or slot.day != day:
            continue
        warnings = sheet.timetable.warnings(slot.id)
        times = span_words(slot.record.text("start"), slot.record.text("end")) or "no time yet"
        parts = (times, slot.record.text("status"), "does not fit" if warnings else "")
        rows.append(
            Row(
                slot.id,
                slot.words,
                " · ".join(part for part in parts if part),
                "!" if warnings else "",
                "improve" if warnings else "",
                badge="noted" if slot.record.text("note") else "",
            )
        )
    return rows


def misfit_sentences(sheet: PlanSheet) -> list[str]:
    """Return what does not fit anywhere, each with its day."""
    days = {one.id: one.day for one in sheet.timetable.slots}
    return [f"{short_date(days[one.first])}: {one.sentence}" for one in sheet.timetable.misfits]


def list_lines(choosing: Choosing, typed: str, *, chosen_only: bool = False) -> list[Line]:
    """Return the long list's rows whose words fit the filter."""
    wanted = typed.casefold().split()
    lines = []
    for one in choosing.candidates:
        line = _candidate(one)
        words = " ".join(line.cells).casefold()
        if all(word in words for word in wanted) and (one.is_chosen or not chosen_only):
            lines.append(line)
    return lines


def request_rows(sheet: PlanSheet) -> list[Row]:
    """Return the requests, what is late first."""
    day = parse(sheet.day)
    rows: list[Row] = []
    heading = ""
    for one in sheet.requests:
        stands = one.asked.stands(day) if day is not None else one.asked.state
        group = "Late" if stands == "late" else "Waiting" if _waits(stands) else "Settled"
        if group != heading:
            heading = group
            rows.append(Row(f"heading/{group}", group, is_heading=True))
        told = one.asked.in_words(day) if day is not None else ""
        about = " · ".join(part for part in (one.agency, told) if part)
        late = stands == "late"
        rows.append(Row(one.id, one.what, about, "!" if late else "", "priority" if late else ""))
    return rows


def people_rows(sheet: PlanSheet) -> list[Row]:
    """Return the team under its inspectorates, then the subgroups' tasks."""
    rows: list[Row] = []
    body = None
    for one in sheet.people:
        if one.inspectorate != body:
            body = one.inspectorate
            name = body or "No inspectorate yet"
            rows.append(Row(f"body/{name}", name, is_heading=True))
        days = ", ".join(one.record.texts("days_present"))
        slots = "" if not one.slots else "1 slot" if one.slots == 1 else f"{one.slots} slots"
        parts = (one.record.text("role"), days, slots)
        title = one.record.text("initials") or one.record.text("name") or one.name
        about = " · ".join(part for part in parts if part and part != title)
        rows.append(Row(one.id, title, about, badge="you" if one.is_me else ""))
    return rows


def agency_rows(agencies: Iterable[Record]) -> list[Row]:
    """Return the agencies, each with its short name and sector where these say more."""
    rows = []
    for one in agencies:
        said = one.text("name").casefold()
        short, sector = one.text("short_name"), one.text("sector")
        parts = [part for part in (short, sector) if part and part.casefold() not in said]
        if len(parts) > 1 and short.casefold() == sector.casefold():
            parts = parts[:1]
        rows.append(Row(one.id, one.text("name"), " · ".join(parts)))
    return rows


def child_rows(children: Iterable[Record]) -> list[Row]:
    """Return the children by code."""
    return [
        Row(
            one.id,
            one.text("code"),
            " · ".join(part for part in (one.text("age_band"), one.text("status")) if part),
            badge="followed" if one.flag("is_tracked") else "",
        )
        for one in children
    ]


def subgroup_rows(sheet: PlanSheet) -> list[Row]:
    """Return the subgroups' tasks by day, each with who is in it."""
    rows: list[Row] = []
    day = None
    for one in sheet.tasks:
        if one.day != day:
            day = one.day
            rows.append(Row(f"day/{day}", short_date(day) or "No day yet", is_heading=True))
        parts = (f"led by {one.lead}" if one.lead else "nobody leads it yet",)
        across = ", ".join(one.inspectorates)
        state = "closed" if one.is_closed else ""
        about = " · ".join(part for part in (*parts, across, state) if part)
        rows.append(Row(one.id, one.title or "Task", about))
    return rows


def _candidate(one: Candidate) -> Line:
    cells = (
        one.code,
        one.followed,
        one.age_band,
        one.gender,
        one.ethnicity,
        one.status,
        ", ".join(one.agencies),
        one.area,
        one.reason,
        one.source,
    )
    return Line(one.id, cells, is_strong=one.is_chosen)


def _under(label: str, is_on_site: bool, day: str, today: str) -> str:  # noqa: FBT001 - one of four plain facts
    parts = [label, "on site" if is_on_site else "", "today" if day == today else ""]
    return " · ".join(part for part in parts if part) or " "


def _lane(one: Inspector) -> str:
    return f"{one.name}\n{one.inspectorate}" if one.inspectorate else one.name


def _waits(stands: str) -> bool:
    return stands in {"asked", "promised", ""}
