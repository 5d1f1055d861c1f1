"""The board of findings as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.tables import Table
from app.operations.findings import list_findings, read_finding
from app.operations.sheets import finding_types
from app.operations.tables.cells import as_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.tables import Cell
    from app.operations.findings import FindingRow, Stance
    from app.operations.view import View

_HEADINGS: Final = (
    *("Statement", "Type", "Status", "Criteria", "Counted", "Of", "For", "Against"),
    *("What stands under it", "Against looked for"),
)
_STANCES: Final = {
    "agreed": "Agrees",
    "query": "Queries",
    "object": "Objects",
    "abstain": "Abstains",
}


def findings_table(view: View, shown: Sequence[str]) -> Table:
    """Return the findings shown, each with where every inspectorate stands on it."""
    bodies = [
        (one.id, one.text("short_name") or one.text("name"))
        for one in view.records.of_kind("inspectorate")
    ]
    types = {one.key: one.label for one in finding_types(view)}
    every = list_findings(view)
    statements = {one.id: one.statement for one in every}

    def cells(row: FindingRow) -> tuple[Cell, ...]:
        held = read_finding(view, row.id)
        record = held.record
        stances = {one.inspectorate: one for one in held.stances}
        into = statements.get(record.text("merged_into"), "")
        remarks = ("two versions" if row.is_forked else "", f"merged into “{into}”" if into else "")
        return (
            row.statement,
            types.get(row.type, row.type),
            row.status,
            ", ".join(record.texts("criteria")),
            _number(record.number("of_n")),
            _number(record.number("of_m")),
            row.evidence_for,
            row.evidence_against,
            held.support.in_words,
            "yes" if record.flag("against_sought") else "no",
            *(_stance(stances.get(body)) for body, _name in bodies),
            ", ".join(one for one in remarks if one),
        )

    return Table(
        "Findings",
        (*_HEADINGS, *(name for _body, name in bodies), "Remark"),
        tuple(cells(one) for one in as_shown(every, shown)),
    )


def _stance(one: Stance | None) -> str:
    if one is None:
        return ""
    said = _STANCES.get(one.stance, one.stance)
    return f"{said}: {one.comment}" if one.comment else said


def _number(counted: int | None) -> Cell:
    return "" if counted is None else counted
