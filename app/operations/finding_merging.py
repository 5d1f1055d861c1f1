"""Making one finding of two, and two of one. Nothing is lost on either way, and both lead back.

The finding that is merged stays as it was, dropped with its reason; what stood under it is put
under the other as well, marked by where it came from, so that parting them again is exact. What
two merged findings brought alike leaves with the last of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import InvalidInputError
from app.operations import records
from app.operations.findings import (
    MERGED,
    add_finding,
    link_evidence,
    note_step,
    unlink_evidence,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.operations.work import Work

    Words = tuple[str, ...]  # what makes a piece or a basis the same as another


def merge_findings(work: Work, finding: str, into: str, why: str = "") -> Changes:
    """Let ``into`` stand for both: it gets the other's evidence and all that rests on the other.

    Raises:
        InvalidInputError: no reason is given, one of them was merged already, they are one, or
            the one that is to stay was dropped.

    """
    held, other = work.of_kind(finding, "finding"), work.of_kind(into, "finding")
    if finding == into or held.text("merged_into") or other.text("merged_into"):
        raise InvalidInputError("A finding that was merged already can’t be merged again.", finding)
    if other.text("status") == "dropped":
        raise InvalidInputError(
            "The finding that is to stand for both was dropped. Take it up again first.", into
        )
    if not why.strip():
        raise InvalidInputError("Say why the two are one finding.", "why")
    for one in work.records.parts_of(finding, "evidence"):
        _put_under(work, one, into, finding)
    for basis in _resting_on(work, finding):
        _rest(work, basis, into, finding)
    before = held.text("status") or None
    work.change(finding, {"merged_into": into, "status": "dropped", "status_before": before})
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
    before = held.text("status_before") or _status_by_steps(work, finding)
    # First, so that it is no longer among those that may keep what they brought alike.
    work.change(finding, {"merged_into": None, "status": before, "status_before": None})
    _take_away(work, into, finding, set(), set())
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
        InvalidInputError: no statement or reason is given, or it was merged into another.

    """
    held = work.of_kind(finding, "finding")
    if held.text("merged_into"):
        raise InvalidInputError(MERGED, finding)
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


def _take_away(
    work: Work, into: str, came_with: str, pieces: set[Words], bases: set[Words]
) -> None:
    """Take from a finding what came with another, but for the pieces and bases that stay there.

    What a third finding, merged into it too, holds as well comes with that one from now on. What
    leaves a finding that was itself merged leaves the one it was merged into.
    """
    others = [
        one.id
        for one in work.records.referring_to(into)
        if one.kind == "finding" and one.text("merged_into") == into
    ]
    gone = False
    for held, words, stay, delete in (
        (work.records.parts_of(into, "evidence"), _piece_words, pieces, unlink_evidence),
        (_resting_on(work, into), _basis_words, bases, records.delete),
    ):
        for one in held:
            if one.text("came_with") != came_with or words(one) in stay:
                continue
            heir = next((id_ for id_ in others if words(one) in _held_by(work, id_)), "")
            if heir:
                work.change(one.id, {"came_with": heir})
            else:
                delete(work, one.id)
                gone = True
    above = work.records.get(into).text("merged_into")
    if gone and above:
        _take_away(
            work,
            above,
            into,
            {_piece_words(one) for one in work.records.parts_of(into, "evidence")},
            {_basis_words(one) for one in _resting_on(work, into)},
        )


def _held_by(work: Work, finding: str) -> set[Words]:
    pieces = work.records.parts_of(finding, "evidence")
    return {_piece_words(one) for one in pieces} | {
        _basis_words(one) for one in _resting_on(work, finding)
    }


def _piece_words(piece: Record) -> Words:
    return tuple(piece.text(name) for name in ("paragraph", "direction", "code", "words"))


def _basis_words(basis: Record) -> Words:
    return (basis.text("statement"), basis.text("words"))


def _status_by_steps(work: Work, finding: str) -> str:
    """Return the status a finding had before it was dropped, where that was not kept."""
    steps = sorted(work.records.parts_of(finding, "finding_step"), key=lambda one: one.text("at"))
    return next(
        (one.text("status") for one in reversed(steps) if one.text("status") != "dropped"),
        "emerging",
    )


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
