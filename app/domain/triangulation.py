"""What stands under a finding, in words: who said it, where it was seen, who has not been asked.

Counts are sizes of sets: a note is one conversation or one record, however many paragraphs of it
are used. There are no scores and no grades; what is missing is named so that someone can ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

# Which group each kind of source counts in (kinds of source: see the kinds of note).
GROUPS: Final = {
    "practitioner": "professionals",
    "manager": "professionals",
    "leader": "professionals",
    "child": "children",
    "family": "families",
    "record": "records",
    "audit": "records",
    "observation": "observations",
    "document": "documents",
    "data": "datasets",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence linked to a finding, with names as people read them.

    ``direction`` is "for" or "against"; ``child_codes`` are the children it is about; ``note``
    is the id of the note it is from. What is not known is empty.
    """

    direction: str
    source: str
    note: str
    agency: str = ""
    sector: str = ""
    inspectorate: str = ""
    child_codes: tuple[str, ...] = ()
    author: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """The evidence in one direction. The first seven are sets of note ids, by who or what."""

    professionals: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    observations: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    datasets: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    speaking_agencies: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    inspectorates: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    child_codes: frozenset[str] = frozenset()
    newest: date | None = None

    def in_words(self) -> str:
        """Return one clause: who said it and where it was seen; empty where there is nothing."""
        said, seen = self._said(), self._seen()
        if not said:
            return f"seen in {_listed(seen)}" if seen else ""
        if not seen:
            return f"said by {_listed(said)}"
        comma = "," if len(said) > 1 else ""
        return f"said by {_listed(said)}{comma} and seen in {_listed(seen)}"

    def _said(self) -> list[str]:
        professionals = _counted(self.professionals, "professional", "professionals")
        if professionals and self.speaking_agencies:
            agencies = _counted(self.speaking_agencies, "agency", "agencies")
            professionals += f" in {agencies}"
        voices = (
            professionals,
            _counted(self.children, "child", "children"),
            _counted(self.families, "parent or carer", "parents or carers"),
        )
        first, *others = [voice for voice in voices if voice] or [""]
        return [first, *(f"by {voice}" for voice in others)] if first else []

    def _seen(self) -> list[str]:
        grouped = self.professionals | self.children | self.families | self.records
        grouped |= self.observations | self.documents | self.datasets
        places = (
            _counted(self.records, "record", "records"),
            _counted(self.observations, "observation", "observations"),
            _counted(self.documents, "document", "documents"),
            _counted(self.datasets, "set of data", "sets of data"),
            _counted(self.notes - grouped, "note of no stated source", "notes of no stated source"),
        )
        return [place for place in places if place]


@dataclass(frozen=True, slots=True)
class Triangulation:
    """A finding's evidence as sets, and which sectors and inspectorates have nothing under it."""

    supporting: Side = field(default_factory=Side)
    contrary: Side = field(default_factory=Side)
    missing_sectors: tuple[str, ...] = ()
    missing_inspectorates: tuple[str, ...] = ()
    contrary_sought: bool = False

    def in_words(self) -> str:
        """Return one or two sentences: what there is, what is missing, what speaks against."""
        found = self.supporting.in_words()
        clauses = [_capital(found) if found else "No evidence for it yet"]
        if found:
            clauses += self._missing()
        sentences = ["; ".join(clauses) + "."]
        against = self.contrary.in_words()
        if against:
            sentences.append(f"Against it: {against}.")
        elif self.contrary_sought:
            sentences.append("Evidence against it was looked for and none was found.")
        return " ".join(sentences)

    def _missing(self) -> list[str]:
        clauses: list[str] = []
        if self.supporting.child_codes:
            clauses.append(
                f"it is about {_counted(self.supporting.child_codes, 'child', 'children')}"
            )
        unheard = [
            who
            for who, notes in (
                ("child", self.supporting.children),
                ("parent", self.supporting.families),
            )
            if not notes
        ]
        if unheard:
            clauses.append(f"no {' or '.join(unheard)} has said it")
        if self.missing_sectors:
            clauses.append(f"nothing from {_listed(self.missing_sectors, 'or')}")
        if self.missing_inspectorates:
            clauses.append(f"nothing recorded by {_listed(self.missing_inspectorates, 'or')}")
        return clauses


def triangulate(
    pieces: Iterable[Piece],
    *,
    expected_sectors: Iterable[str] = (),
    taking_part: Iterable[str] = (),
    contrary_sought: bool = False,
) -> Triangulation:
    """Return what the pieces amount to.

    ``expected_sectors`` are those the finding's criteria are about, ``taking_part`` the
    inspectorates; both keep their order in what is missing. Sectors compare without case.
    """
    every = tuple(pieces)
    supporting = _side(piece for piece in every if piece.direction == "for")
    contrary = _side(piece for piece in every if piece.direction == "against")
    heard = {sector.casefold() for sector in supporting.sectors}
    return Triangulation(
        supporting,
        contrary,
        tuple(one for one in dict.fromkeys(expected_sectors) if one.casefold() not in heard),
        tuple(one for one in dict.fromkeys(taking_part) if one not in supporting.inspectorates),
        contrary_sought,
    )


def _side(pieces: Iterable[Piece]) -> Side:
    every = tuple(pieces)
    groups: dict[str, set[str]] = {name: set() for name in GROUPS.values()}
    for piece in every:
        if piece.source in GROUPS:
            groups[GROUPS[piece.source]].add(piece.note)
    speaking = (piece for piece in every if GROUPS.get(piece.source) == "professionals")
    return Side(
        **{name: frozenset(notes) for name, notes in groups.items()},
        notes=frozenset(piece.note for piece in every),
        speaking_agencies=_named(piece.agency for piece in speaking),
        agencies=_named(piece.agency for piece in every),
        sectors=_named(piece.sector for piece in every),
        inspectorates=_named(piece.inspectorate for piece in every),
        authors=_named(piece.author for piece in every),
        child_codes=_named(code for piece in every for code in piece.child_codes),
        newest=max((piece.day for piece in every if piece.day is not None), default=None),
    )


def _named(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if name)


def _counted(things: frozenset[str], one: str, several: str) -> str:
    if not things:
        return ""
    return f"{len(things)} {one if len(things) == 1 else several}"


def _listed(names: Iterable[str], last: str = "and") -> str:
    *others, final = names
    return f"{', '.join(others)} {last} {final}" if others else final


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
