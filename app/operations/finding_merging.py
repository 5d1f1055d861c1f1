"""Making one finding of two, and two of one. Nothing is lost on either way, and both lead back.

The finding that is merged stays as it was, dropped with its reason; what stood under it is put
under the other as well, marked by where it came from, so that parting them again is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import InvalidInputError
from app.operations.findings import add_finding, link_evidence, note_step, unlink_evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.operations.work import Work


def merge_findings(work: Work, finding: str, into: str, why: str = "") -> Changes:
    """Let ``into`` stand for both: it gets the other's evidence and all that rests on the other.

    Raises:
        InvalidInputError: no reason is given, one of them was merged already, or they are one.

    """
    held, other = work.of_kind(finding, "finding"), work.of_kind(into, "finding")
    if finding == into or held.text("merged_into") or other.text("merged_into"):
        raise InvalidInputError("A finding that was merged already can’t be merged again.", finding)
    if not why.strip():
        raise InvalidInputError("Say why the two are one finding.", "why")
    for one in work.records.parts_of(finding, "evidence"):
        _put_under(work, one, into, finding)
    for basis in _resting_on(work, finding):
        _rest(work, basis, into, finding)
    work.change(finding, {"merged_into": into, "status": "dropped"})
    note_step(work, finding, "dropped", f"Merged into “{other.text('statement')}”: {why}")
    note_step(work, into, other.text("status"), f"Takes in “{held.text('statement')}”: {why}")
    return work.changes(into)


def part_findings(work: Work, finding: str) -> Changes:
    """Take a merge back: the finding stands by itself, and what came with it leaves the other.

    Raises:
        InvalidInputError: it was not merged.

    """
    held = work.of_kind(finding, "finding")
    into = held.text("merged_into")
    if not into:
        raise InvalidInputError("This finding was not merged with another.", finding)
    for one in work.records.parts_of(into, "evidence"):
        if one.text("came_with") == finding:
            unlink_evidence(work, one.id)
    for basis in _resting_on(work, into):
        if basis.text("came_with") == finding:
            work.delete(basis.id)
    steps = sorted(work.records.parts_of(finding, "finding_step"), key=lambda one: one.text("at"))
    before = next(
        (one.text("status") for one in reversed(steps) if one.text("status") != "dropped"),
        "emerging",
    )
    work.change(finding, {"merged_into": None, "status": before})
    why = "Parted again."
    note_step(work, finding, before, why)
    note_step(work, into, work.of_kind(into, "finding").text("status"), why)
    return work.changes(finding)


def split_finding(
    work: Work, finding: str, statement: str, evidence: Sequence[str], why: str = ""
) -> Changes:
    """State part of a finding as one of its own, and move some of the evidence there.

    What rests on the first rests on both from then on: whoever wrote it decides which it means.

    Raises:
        InvalidInputError: no statement or reason is given.

    """
    held = work.of_kind(finding, "finding")
    if not why.strip():
        raise InvalidInputError("Say why it is two findings.", "why")
    fields = {
        name: held.fields[name]
        for name in ("type", "criteria", "agencies", "lead", "section")
        if held.fields.get(name)
    }
    made = add_finding(work, statement, {**fields, "split_from": finding}).made
    moving = {one for one in evidence if one}
    for one in work.records.parts_of(finding, "evidence"):
        if one.id in moving:
            _put_under(work, one, made, "")
            unlink_evidence(work, one.id)
    for basis in _resting_on(work, finding):
        _rest(work, basis, made, finding)
    note_step(work, made, "emerging", f"Split from “{held.text('statement')}”: {why}")
    note_step(work, finding, held.text("status"), f"“{statement}” stands by itself now: {why}")
    return work.changes(made)


def _resting_on(work: Work, finding: str) -> list[Record]:
    return [
        one
        for one in work.records.referring_to(finding)
        if one.kind == "basis" and one.text("finding") == finding
    ]


def _put_under(work: Work, piece: Record, finding: str, came_with: str) -> None:
    words = (piece.text("paragraph"), piece.text("direction"), piece.text("code"))
    before = {one.id for one in work.records.parts_of(finding, "evidence")}
    made = link_evidence(work, finding, *words, words=piece.text("words")).made
    if made not in before:
        also = {"comment": piece.text("comment"), "came_with": came_with}
        work.change(made, {name: value for name, value in also.items() if value})


def _rest(work: Work, basis: Record, finding: str, came_with: str) -> None:
    statement, words = basis.text("statement"), basis.text("words")
    for one in work.records.parts_of(statement, "basis"):
        if (one.text("finding"), one.text("words")) == (finding, words):
            return
    fields = {"statement": statement, "finding": finding, "came_with": came_with}
    work.add("basis", {**fields, **({"words": words} if words else {})})
