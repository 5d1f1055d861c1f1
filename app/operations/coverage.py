"""Which criterion has been heard of from which agency, by kind of source, and where nothing is.

A cell counts as findings do: a note is one conversation or one record, however many words of it
are coded. An empty cell is named as such, so that somebody can go and ask.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.quotes import criterion_order
from app.domain.triangulation import GROUPS
from app.operations.agenda import TaskIdea
from app.operations.evidence import Evidence, read_evidence
from app.operations.tasks import KIND as TASK
from app.operations.tasks import is_closed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.domain.packs import Criterion
    from app.domain.quotes import Quote
    from app.operations.view import View

ALL: Final = "all"  # the row of all criteria, the column of all agencies
UNSTATED: Final = "unstated"
KINDS_OF_SOURCE: Final = (*dict.fromkeys(GROUPS.values()), UNSTATED)


@dataclass(frozen=True, slots=True)
class Cell:
    """What there is on a criterion from an agency.

    ``notes`` and ``by_source`` count notes; a note that was heard and seen counts under both.
    ``is_expected`` is false where the criterion does not concern the agency; ``is_planned`` where
    an open task is to ask.
    """

    quotes: int = 0
    notes: int = 0
    by_source: tuple[tuple[str, int], ...] = ()
    is_expected: bool = True
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole grid: rows and columns by key with their words, and the cells that hold anything.

    ``child`` is the child it is of, or nothing for all.
    """

    criteria: tuple[tuple[str, str], ...] = ()
    agencies: tuple[tuple[str, str], ...] = ()
    children: tuple[tuple[str, str], ...] = ()
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    child: str = ""

    def cell(self, criterion: str, agency: str) -> Cell:
        """Return a cell, an empty one where nothing is."""
        return self.cells.get((criterion, agency), Cell())

    def idea(self, criterion: str, agency: str) -> TaskIdea:
        """Return the task that would fill a cell; a total asks of all it is the total of."""
        about = dict(self.criteria).get(criterion, "") if criterion not in {ALL, ""} else ""
        of = dict(self.agencies).get(agency, "") if agency not in {ALL, ""} else ""
        child = dict(self.children).get(self.child, "")
        aspect = ": ".join(one for one in (about or "What is to be heard", of) if one)
        return TaskIdea(
            f"{aspect} ({child})" if child else aspect,
            (criterion,) if about else (),
            agency=agency if of else "",
            child=self.child,
        )


def read_coverage(view: View, child: str = "") -> Coverage:
    """Return the grid of all coded words, or of those about one child."""
    evidence = read_evidence(view)
    sectors = {one.id: one.text("sector").casefold() for one in view.records.of_kind("agency")}
    return coverage_of(evidence, sectors, _planned(view, child), child)


def coverage_of(
    evidence: Evidence,
    sectors: Mapping[str, str],
    planned: frozenset[tuple[str, str]],
    child: str = "",
) -> Coverage:
    """Return the grid of these quotes. ``planned`` are the cells that open tasks will fill."""
    held: dict[tuple[str, str], list[Quote]] = {}
    for one in evidence.quotes:
        if child and child not in one.children:
            continue
        for key in _places(one):
            held.setdefault(key, []).append(one)
    coded = {one.criterion for one in evidence.quotes}
    rows = _rows(evidence, coded)
    nameless = any(not one.agency for one in evidence.quotes)
    columns = [(one, evidence.names.get(one, "")) for one in evidence.agencies]
    if nameless:
        columns.append(("", "No agency named"))
    known = {one.code: one for one in evidence.criteria}
    cells = {}
    for criterion, _label in (*rows, (ALL, "")):
        for agency, _name in (*columns, (ALL, "")):
            key = (criterion, agency)
            expected = _is_expected(known.get(criterion), sectors.get(agency, ""))
            cells[key] = _cell(held.get(key, ()), is_expected=expected, is_planned=key in planned)
    children = tuple((one, evidence.names.get(one, "")) for one in evidence.children)
    return Coverage(tuple(rows), tuple(columns), children, cells, child)


def _places(one: Quote) -> Iterable[tuple[str, str]]:
    """Return every cell that a quote stands in: its own and the totals."""
    yield from (
        (one.criterion, one.agency),
        (one.criterion, ALL),
        (ALL, one.agency),
        (ALL, ALL),
    )


def _rows(evidence: Evidence, coded: set[str]) -> list[tuple[str, str]]:
    """Return the framework's criteria in its order, then the team's own codes, then none."""
    rows = [(one.code, evidence.criterion(one.code)) for one in evidence.criteria]
    own = coded - {one.code for one in evidence.criteria} - {""}
    rows += [(code, code) for code in sorted(own, key=criterion_order)]
    return [*rows, ("", "No criterion")] if "" in coded else rows


def _is_expected(criterion: Criterion | None, sector: str) -> bool:
    """Whether a criterion concerns agencies of a sector. One that names none concerns all."""
    if criterion is None or not criterion.sectors or not sector:
        return True
    return sector in {one.casefold() for one in criterion.sectors}


def _cell(quotes: Iterable[Quote], *, is_expected: bool, is_planned: bool) -> Cell:
    every = tuple(quotes)
    pairs = {(GROUPS.get(one.source, UNSTATED), one.note) for one in every}
    found = Counter(group for group, _note in pairs)
    return Cell(
        len(every),
        len({one.note for one in every}),
        tuple((group, found[group]) for group in KINDS_OF_SOURCE if found[group]),
        is_expected,
        is_planned,
    )


def _planned(view: View, child: str) -> frozenset[tuple[str, str]]:
    """Return the cells that an open task is to fill; of a child, those of its own tasks."""
    return frozenset(
        (criterion, task.text("agency"))
        for task in view.records.of_kind(TASK)
        if not is_closed(task) and (not child or child in task.texts("children"))
        for criterion in task.texts("criteria")
        if task.text("agency")
    )
