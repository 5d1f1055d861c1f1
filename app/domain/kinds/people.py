"""The inspection itself, who inspects, who is inspected, and children by code."""

from __future__ import annotations

from typing import Final

from app.domain.kinds.spec import (
    Kind,
    choice,
    count,
    date,
    flag,
    instant,
    line,
    lines,
    order,
    ref,
    refs,
    text,
)

CLOSURE: Final = "closure"
CLOSED: Final = "closed"
REOPENED: Final = "reopened"

PEOPLE: Final[tuple[Kind, ...]] = (
    Kind(
        "inspection",
        "Inspection",
        (
            line("area", "area"),
            line("theme", "theme"),
            line("framework", "framework pack"),
            line("layout", "letter layout"),
            line("brief_layout", "brief layout"),
            date("fieldwork_from", "first day on site"),
            date("fieldwork_to", "last day on site"),
            date("notified_on", "area notified"),
            choice("day_convention", "notification is", "day 0", "day 1"),
            date("report_received_on", "report received"),
            date("published_on", "letter published"),
            line("marking", "security marking"),
            date("keep_until", "keep until"),
            text("keep_reason", "why until then"),
            ref("lead", "lead inspector", "person"),
        ),
        search=("area", "theme"),
    ),
    Kind(
        "inspectorate",
        "Inspectorate",
        (order(), line("name", "name", required=True), line("short_name", "short name")),
    ),
    Kind(
        "person",
        "Inspector",
        (
            order(),
            line("name", "name"),
            line("initials", "initials"),
            line("role", "role"),
            ref("inspectorate", "inspectorate", "inspectorate"),
            lines("days_present", "days present"),
        ),
    ),
    Kind(
        "agency",
        "Agency",
        (
            order(),
            line("name", "name", required=True),
            line("short_name", "short name"),
            line("sector", "sector"),
        ),
    ),
    Kind(
        "child",
        "Child",
        (
            line("code", "code", required=True),
            line("age_band", "age band"),
            line("status", "status"),
            lines("markers", "theme markers"),
            text("why_selected", "why selected"),
            flag("is_tracked", "tracked"),
        ),
    ),
    Kind(
        CLOSURE,
        "Closing or reopening",
        (
            choice("event", "event", CLOSED, REOPENED, required=True),
            instant("at", "when"),
            ref("by", "by", "person"),
            text("reason", "why"),
            refs("reopens", "closings it ends", CLOSURE),
            count("changes", "changes held by then"),
            line("newest", "hash of the newest change"),
            lines("heads", "each laptop’s newest change: id, number, hash"),
        ),
    ),
)
