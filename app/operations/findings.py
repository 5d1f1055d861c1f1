"""Findings: stated, tested against evidence for and against, agreed by each inspectorate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.records import Record, read
from app.errors import InvalidInputError
from app.operations import records
from app.operations.support import Piece, pieces_under, standing, support_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.letters import Support
    from app.domain.packs import BriefLayout, LetterLayout
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

# From here on a change to a finding needs its reason recorded.
REASON_FROM: Final = frozenset({"agreed", "fed back", "in letter"})
NOT_SOUGHT: Final = (
    "Nothing stands against this finding yet. Look for it with Ctrl+Shift+O, and tick that it was "
    "looked for where nothing is found."
)
MERGED: Final = "This finding was merged into another. Part the two again first."


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as a list shows it."""

    id: str
    statement: str
    type: str
    status: str
    section: str
    evidence_for: int
    evidence_against: int
    is_forked: bool


@dataclass(frozen=True, slots=True)
class Stance:
    """Where one inspectorate stands on a finding."""

    id: str
    inspectorate: str
    stance: str
    comment: str
    at: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a finding."""

    id: str
    status: str
    at: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A whole finding, with what stands under it on either side."""

    record: Record
    evidence_for: tuple[Piece, ...]
    evidence_against: tuple[Piece, ...]
    stances: tuple[Stance, ...]
    steps: tuple[Step, ...]
    support: Support


def add_finding(work: Work, statement: str, fields: Mapping[str, Json] | None = None) -> Changes:
    """State a finding; it begins as emerging."""
    if not statement.strip():
        raise InvalidInputError("Write the finding’s statement first.", "statement")
    given: dict[str, Json] = {"status": "emerging", **(fields or {}), "statement": statement}
    made = records.add(work, "finding", given).made
    note_step(work, made, str(given["status"]), "")
    return work.changes(made)


def reword_finding(work: Work, finding: str, statement: str, why: str = "") -> Changes:
    """Change a finding's statement.

    Raises:
        InvalidInputError: it is agreed already and no reason is given.

    """
    held = work.of_kind(finding, "finding")
    _need_reason(held, why)
    if work.change(finding, {"statement": statement}) and why:
        note_step(work, finding, held.text("status"), why)
    return work.changes()


def move_finding_on(work: Work, finding: str, status: str, why: str = "") -> Changes:
    """Move a finding to another status, with who, when and why.

    Raises:
        InvalidInputError: it would be tested or beyond without any evidence for it, or agreed or
            beyond without evidence against it having been looked for; it is agreed already (or
            is being dropped) and no reason is given; or it was merged into another.

    """
    held = work.of_kind(finding, "finding")
    if held.text("merged_into"):
        raise InvalidInputError(MERGED, finding)
    if status == "dropped" and not why.strip():
        raise InvalidInputError("Say why the finding is dropped.", "why")
    _need_reason(held, why)
    if status not in {"emerging", "dropped"}:
        linked = standing(work.records, work.records.parts_of(finding, "evidence"))
        if not any(one.link.text("direction") == "for" for one in linked):
            raise InvalidInputError(
                f"A finding can’t be “{status}” before a piece of evidence for it is linked.",
                finding,
            )
        is_sought = held.flag("against_sought") or held.text("status") in REASON_FROM
        stands_alone = all(one.link.text("direction") == "for" for one in linked)
        if status in REASON_FROM and stands_alone and not is_sought:
            raise InvalidInputError(NOT_SOUGHT, "against_sought")
    if work.change(finding, {"status": status}):
        note_step(work, finding, status, why)
    return work.changes()


def link_evidence(
    work: Work,
    supports: str,
    paragraph: str,
    direction: str,
    code: str = "",
    words: str = "",
) -> Changes:
    """Put a paragraph (or coded words in it) under a finding, a block or a point.

    Linking the same words to the same side again changes nothing.
    """
    work.of_kind(supports, "finding", "letter_block", "brief_point", "task_point")
    for one in work.records.parts_of(supports, "evidence"):
        same = (one.text("paragraph"), one.text("direction"), one.text("code"), one.text("words"))
        if same == (paragraph, direction, code, words):
            return work.changes(one.id)
    fields: dict[str, Json] = {
        "supports": supports,
        "paragraph": paragraph,
        "direction": direction,
    }
    optional = {"code": code, "words": words, "by": work.me}
    fields.update({name: value for name, value in optional.items() if value})
    return work.changes(work.add("evidence", fields))


def unlink_evidence(work: Work, evidence: str) -> Changes:
    """Take a piece of evidence from under what it supports; it can be restored."""
    work.of_kind(evidence, "evidence")
    work.delete(evidence)
    return work.changes()


def take_stance(
    work: Work, finding: str, inspectorate: str, stance: str, comment: str = ""
) -> Changes:
    """Record where an inspectorate stands; its own earlier stance is superseded, nobody else's."""
    fields: dict[str, Json] = {"stance": stance, "comment": comment or None, "at": work.now()}
    if work.me:
        fields["by"] = work.me
    for one in work.records.parts_of(finding, "stance"):
        if one.text("inspectorate") == inspectorate:
            work.change(one.id, fields)
            return work.changes(one.id)
    made = work.add("stance", {"finding": finding, "inspectorate": inspectorate, **fields})
    return work.changes(made)


def list_findings(view: View) -> list[FindingRow]:
    """Return every finding in its order."""
    sides: dict[str, list[str]] = {}
    for link, _paragraph, _note in standing(view.records, view.records.of_kind("evidence")):
        sides.setdefault(link.text("supports"), []).append(link.text("direction"))
    return [
        FindingRow(
            one.id,
            one.text("statement"),
            one.text("type"),
            one.text("status"),
            one.text("section"),
            sides.get(one.id, []).count("for"),
            sides.get(one.id, []).count("against"),
            bool(one.forks),
        )
        for one in view.records.of_kind("finding")
    ]


def left_out(view: View, layout: LetterLayout | BriefLayout) -> str:
    """Return in a sentence how many findings a layout has no place for, by their type; or nothing.

    What is dropped is left out on purpose. A finding without a type is not: it is waiting.
    """
    placed = {kind for section in layout.sections for kind in section.finding_types}
    waiting = [
        one
        for one in view.records.of_kind("finding")
        if one.text("status") != "dropped" and one.text("type") not in placed
    ]
    if not waiting:
        return ""
    which = "1 finding was" if len(waiting) == 1 else f"{len(waiting)} findings were"
    return (
        f"{which} left out: what has no type yet has no place here. "
        "Alt+T on the Findings page gives it one."
    )


def read_finding(view: View, finding: str) -> Finding:
    """Return a finding with its evidence, stances, steps and what stands under it in words.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(finding)
    pieces = pieces_under(view, [finding])
    steps = [read(Step, one) for one in view.records.parts_of(finding, "finding_step")]
    stances = [read(Stance, one) for one in view.records.parts_of(finding, "stance")]
    return Finding(
        held,
        tuple(one for one in pieces if one.direction == "for"),
        tuple(one for one in pieces if one.direction == "against"),
        tuple(stances),
        tuple(sorted(steps, key=lambda step: step.at)),
        support_of(
            view,
            pieces,
            held.texts("criteria"),
            contrary_sought=held.flag("against_sought"),
        ),
    )


def note_step(work: Work, finding: str, status: str, why: str) -> None:
    """Record a step in the life of a finding: now, by whoever uses this laptop, and why."""
    fields: dict[str, Json] = {"finding": finding, "status": status, "at": work.now()}
    if why:
        fields["why"] = why
    if work.me:
        fields["by"] = work.me
    work.add("finding_step", fields)


def _need_reason(held: Record, why: str) -> None:
    if held.text("status") in REASON_FROM and not why.strip():
        raise InvalidInputError(
            f"This finding is “{held.text('status')}”: say in a few words why it changes.", "why"
        )
