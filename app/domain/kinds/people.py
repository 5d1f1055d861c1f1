"""The inspection itself, who inspects, who is inspected, and children by code."""

from __future__ import annotations

from typing import Final

from app.domain.kinds.spec import Kind, choice, date, flag, line, lines, order, ref, text

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
)
