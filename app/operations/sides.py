"""What speaks both ways and what was heard only once: told once, for the agenda and the evidence.

A finding speaks both ways where something is linked for it and something against. A criterion
does where its coded words say it is a strength and also say otherwise, or contradict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.gaps import Gap, GapKind, gaps
from app.domain.quotes import criterion_order, ordered
from app.operations.evidence import Evidence, read_evidence
from app.operations.support import pieces_under, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.quotes import Quote
    from app.domain.records import Record
    from app.operations.support import Piece
    from app.operations.view import View

SETTLED: Final = frozenset({"agreed", "fed back", "in letter", "dropped"})
_GOOD: Final = frozenset({"strength"})
_OTHERWISE: Final = frozenset({"improvement", "priority", "contradicts"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """An open finding with what stands under it, and what is thin about that."""

    record: Record
    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]

    @property
    def favouring(self) -> tuple[Piece, ...]:
        """What is linked for it."""
        return tuple(one for one in self.pieces if one.direction == "for")

    @property
    def contrary(self) -> tuple[Piece, ...]:
        """What is linked against it."""
        return tuple(one for one in self.pieces if one.direction == "against")

    @property
    def is_both_ways(self) -> bool:
        """Whether it has evidence for and against."""
        return bool(self.favouring and self.contrary)

    @property
    def is_heard_once(self) -> bool:
        """Whether it rests on a single conversation or record."""
        return any(one.kind is GapKind.LONE_SOURCE for one in self.gaps)


@dataclass(frozen=True, slots=True)
class OnCriterion:
    """The coded words on a criterion: those that say strength, and those that say otherwise."""

    code: str
    label: str
    good: tuple[Quote, ...] = ()
    otherwise: tuple[Quote, ...] = ()
    rest: tuple[Quote, ...] = ()

    @property
    def is_both_ways(self) -> bool:
        """Whether words on it say strength and others say otherwise, or any contradict."""
        contradicted = any(one.weight == "contradicts" for one in self.otherwise)
        return bool(self.otherwise and (self.good or (contradicted and self._has_other)))

    @property
    def is_heard_once(self) -> bool:
        """Whether all the words on it come from a single conversation or record."""
        every = (*self.good, *self.otherwise, *self.rest)
        return len({one.note for one in every}) == 1

    @property
    def _has_other(self) -> bool:
        return bool(self.rest) or any(one.weight != "contradicts" for one in self.otherwise)


@dataclass(frozen=True, slots=True)
class Sides:
    """Everything that the team would lay side by side."""

    evidence: Evidence = field(default_factory=Evidence)
    findings: tuple[Weighed, ...] = ()
    criteria: tuple[OnCriterion, ...] = ()


def read_sides(view: View) -> Sides:
    """Return the open findings and the criteria that speak both ways or were heard only once."""
    evidence = read_evidence(view)
    findings = [one for one in weighed(view) if one.is_both_ways or one.is_heard_once]
    criteria = [one for one in on_criteria(evidence) if one.is_both_ways or one.is_heard_once]
    return Sides(evidence, tuple(findings), tuple(criteria))


def weighed(view: View) -> list[Weighed]:
    """Return the findings that are not settled yet, each with its evidence weighed."""
    today = view.clock.now().astimezone().date()
    open_ones = [
        one for one in view.records.of_kind("finding") if one.text("status") not in SETTLED
    ]
    pieces: dict[str, list[Piece]] = {one.id: [] for one in open_ones}
    for piece in pieces_under(view, pieces):
        pieces[piece.supports].append(piece)
    found = []
    for one in open_ones:
        held = pieces[one.id]
        sought = one.flag("against_sought")
        amounts = weigh(view, held, one.texts("criteria"), contrary_sought=sought)
        found.append(Weighed(one, tuple(held), gaps(amounts, today)))
    return found


def on_criteria(evidence: Evidence) -> list[OnCriterion]:
    """Return the coded words by criterion, each side in the order it was heard."""
    held: dict[str, list[Quote]] = {}
    for one in ordered(evidence.quotes, "oldest", evidence.names):
        if one.criterion:
            held.setdefault(one.criterion, []).append(one)
    return [
        OnCriterion(
            code,
            evidence.criterion(code),
            _of(held[code], _GOOD),
            _of(held[code], _OTHERWISE),
            tuple(one for one in held[code] if one.weight not in _GOOD | _OTHERWISE),
        )
        for code in sorted(held, key=criterion_order)
    ]


def _of(quotes: Iterable[Quote], weights: frozenset[str]) -> tuple[Quote, ...]:
    return tuple(one for one in quotes if one.weight in weights)
