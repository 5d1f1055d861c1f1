"""Findings as rows and sentences to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.domain.kinds.thread import FINDING_STATUSES
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.packs import Term
    from app.operations.candidates import Candidate
    from app.operations.findings import FindingRow, Step
    from app.operations.other_side import OtherSide
    from app.operations.support import Piece

TONES: Final = {
    "strength": "strength",
    "improvement": "improve",
    "priority_action": "priority",
    "priority": "priority",
    "contradicts": "against",
}
_WEIGHT_SIGNS: Final = {"strength": "▲", "improvement": "▼", "priority": "!", "contradicts": "⇄"}


STATUS: Final = "status "  # the keys of headings begin with it; no record's id has a space


def finding_rows(rows: Iterable[FindingRow], types: Sequence[Term], typed: str = "") -> list[Row]:
    """Return the findings that hold every word typed, under a heading for each status."""
    terms = {one.key: one for one in types}
    wanted = typed.casefold().split()
    under: dict[str, list[Row]] = {one: [] for one in FINDING_STATUSES}
    for one in rows:
        row = finding_row(one, terms, is_grouped=True)
        if all(word in f"{_searched(row)} {one.status}" for word in wanted):
            under.setdefault(one.status or FINDING_STATUSES[0], []).append(row)
    found: list[Row] = []
    for status, group in under.items():
        if group:
            heading = status.capitalize()
            found.append(Row(f"{STATUS}{status}", heading, is_heading=True, badge=f"{len(group)}"))
            found += group
    return found


def finding_row(finding: FindingRow, terms: Mapping[str, Term], *, is_grouped: bool = False) -> Row:
    """Return one finding as lists show it; its status too, unless it stands under its name."""
    term = terms.get(finding.type)
    counts = f"{finding.evidence_for} for · {finding.evidence_against} against"
    parts = (
        term.label if term is not None else finding.type,
        "" if is_grouped else finding.status,
    )
    meta = " · ".join(part for part in parts if part)
    if finding.is_forked:
        meta = f"two versions · {meta}"
    sign = term.sign if term is not None else ""
    return Row(finding.id, finding.statement, meta, sign, TONES.get(finding.type, ""), badge=counts)


def candidate_rows(found: Sequence[Candidate], pieces: Iterable[Piece]) -> list[Row]:
    """Return what could be linked; what is linked already says to which side."""
    linked: dict[str, set[str]] = {}
    for piece in pieces:
        linked.setdefault(piece.paragraph, set()).add(piece.direction)
    return [
        Row(
            one.code or one.paragraph,
            one.words,
            " · ".join(part for part in (one.criterion, one.source) if part),
            _WEIGHT_SIGNS.get(one.weight, ""),
            TONES.get(one.weight, ""),
            badge=f"linked {' and '.join(sorted(sides, reverse=True))}"
            if (sides := linked.get(one.paragraph))
            else "",
        )
        for one in found
    ]


def other_side_in_words(found: OtherSide) -> str:
    """Return what looking for the other side came to."""
    if not found.among:
        return "No coded words weigh the other way yet."
    many = _several(len(found.found), "piece")
    return f"{many} may speak the other way, of {found.among:,} coded words that weigh so."


def side_heading(side: str, pieces: Sequence[Piece]) -> str:
    """Return “For: 4 pieces from 3 notes”."""
    if not pieces:
        return f"{side}: nothing linked"
    notes = len({one.note for one in pieces})
    return f"{side}: {_several(len(pieces), 'piece')} from {_several(notes, 'note')}"


def nothing_against(*, is_sought: bool) -> str:
    """Return the heading over an empty other side: nobody may take it for a settled one."""
    if is_sought:
        return "Against: looked for, nothing linked"
    return "Against: nothing linked, not looked for yet"


def step_lines(steps: Iterable[Step], people: Mapping[str, str]) -> list[str]:
    """Return each step as one line: when, what, by whom, why."""
    lines = []
    for one in steps:
        when = f"{short_date(one.at)} {one.at[11:16]}"
        parts = (when, one.status, people.get(one.by, ""))
        told = " · ".join(part for part in parts if part)
        lines.append(f"{told}: {one.why}" if one.why else told)
    return lines


def criteria_in(typed: str) -> list[str]:
    """Return the criteria codes in what was typed, in order and once each."""
    return list(dict.fromkeys(typed.replace(",", " ").upper().split()))


def _several(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _searched(row: Row) -> str:
    return f"{row.title} {row.meta}".casefold()
