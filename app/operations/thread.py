"""The thread from a published or spoken sentence down to the words in the notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.sentences import Ground, grounded
from app.operations.support import Piece, pieces_under

if TYPE_CHECKING:
    from app.domain.records import Record
    from app.operations.view import View


@dataclass(frozen=True, slots=True)
class UnderFinding:
    """A finding that a sentence rests on, with the evidence on either side of it."""

    id: str
    statement: str
    status: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TracedSentence:
    """One sentence, where it stands in its block (code points), and all that is under it."""

    start: int
    end: int
    text: str
    findings: tuple[UnderFinding, ...]
    direct: tuple[Piece, ...]

    @property
    def rests_on_nothing(self) -> bool:
        """Whether no evidence for it was recorded anywhere under it."""
        under = (*self.direct, *(one for each in self.findings for one in each.pieces))
        return not any(one.direction == "for" for one in under)


@dataclass(frozen=True, slots=True)
class Trace:
    """A letter block or brief point with its sentences; ``exempt`` blocks state no finding."""

    id: str
    kind: str
    type: str
    text: str
    exempt: bool
    sentences: tuple[TracedSentence, ...]

    @property
    def orphans(self) -> tuple[TracedSentence, ...]:
        """The sentences that ought to rest on evidence and do not."""
        if self.exempt:
            return ()
        return tuple(one for one in self.sentences if one.rests_on_nothing)


def trace(view: View, statement: str) -> Trace:
    """Follow a letter block or brief point to every paragraph under it.

    Raises:
        NotFoundError: nothing has that id.

    """
    return _trace(view, view.records.get(statement))


def trace_letter(view: View) -> list[Trace]:
    """Follow every block of the letter, in its order."""
    return [_trace(view, one) for one in view.records.of_kind("letter_block")]


def _trace(view: View, held: Record) -> Trace:
    bases = view.records.parts_of(held.id, "basis")
    links = view.records.parts_of(held.id, "evidence")
    on_findings = [Ground(one.text("finding"), one.text("words")) for one in bases]
    on_evidence = [Ground(one.id, one.text("words")) for one in links]
    findings = {one.text("finding"): _under(view, one.text("finding")) for one in bases}
    direct = {one.evidence: one for one in pieces_under(view, [held.id])}
    sentences = [
        TracedSentence(
            one.start,
            one.end,
            one.text,
            tuple(found for each in one.grounds if (found := findings.get(each)) is not None),
            tuple(direct[each] for each in one.grounds if each in direct),
        )
        for one in grounded(held.text("text"), on_findings, on_evidence)
    ]
    return Trace(
        held.id,
        held.kind,
        held.text("type"),
        held.text("text"),
        held.flag("no_evidence_needed") or held.text("type") in {"heading", "subheading", "box"},
        tuple(sentences),
    )


def _under(view: View, finding: str) -> UnderFinding | None:
    held = view.records.find(finding)
    if held is None or held.is_deleted:
        return None
    pieces = pieces_under(view, [finding])
    return UnderFinding(finding, held.text("statement"), held.text("status"), tuple(pieces))
