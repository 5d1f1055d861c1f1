"""What stands under a finding, a block or a point: the pieces of evidence, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from app.domain import triangulation
from app.domain.dates import parse
from app.domain.kinds.registry import label_of
from app.domain.letters import Support

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.records import Record
    from app.operations.view import View
    from app.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph that bears on something, with all that a reader needs beside it."""

    evidence: str
    supports: str
    direction: str
    words: str
    comment: str
    paragraph: str
    code: str
    type: str
    text: str
    speaker: str
    typed_at: str
    note: str
    note_ref: str
    note_kind: str
    note_title: str
    note_date: str
    source: str
    agency: str
    sector: str
    author: str
    inspectorate: str
    children: tuple[str, ...]


class Standing(NamedTuple):
    """A link whose evidence is still there, with the paragraph and the note it lies in."""

    link: Record
    paragraph: Record
    note: Record


def standing(records: Reader, links: Sequence[Record]) -> list[Standing]:
    """Return those links whose paragraph and note are there and not deleted."""
    paragraphs = records.get_many(one.text("paragraph") for one in links)
    notes = records.get_many(one.text("note") for one in paragraphs.values())
    found: list[Standing] = []
    for link in links:
        paragraph = paragraphs.get(link.text("paragraph"))
        note = notes.get(paragraph.text("note")) if paragraph is not None else None
        if paragraph is None or note is None or paragraph.is_deleted or note.is_deleted:
            continue
        found.append(Standing(link, paragraph, note))
    return found


def pieces_under(view: View, supported: Iterable[str]) -> list[Piece]:
    """Return the evidence linked to these records, in the order of notes and paragraphs.

    Evidence whose paragraph or note was deleted is left out.
    """
    links = [
        one
        for target in dict.fromkeys(supported)
        for one in view.records.parts_of(target, "evidence")
    ]
    held = standing(view.records, links)
    named = _Names(view, [one.paragraph for one in held], [one.note for one in held])
    pieces = [named.piece(one.link, one.paragraph, one.note) for one in held]
    return sorted(pieces, key=lambda one: (one.note_date, one.note_ref, one.paragraph))


def support_of(
    view: View, pieces: Sequence[Piece], criteria: Sequence[str], *, contrary_sought: bool = False
) -> Support:
    """Return what the pieces amount to, counted as sets and said in words."""
    weighed = weigh(view, pieces, criteria, contrary_sought=contrary_sought)
    favouring = [one for one in pieces if one.direction == "for"]
    return Support(
        notes=tuple(dict.fromkeys(one.note_ref or one.note for one in favouring)),
        inspectorates=tuple(sorted({one.inspectorate for one in favouring if one.inspectorate})),
        sources=tuple(sorted({one.source for one in favouring if one.source})),
        paragraphs=len({one.paragraph for one in favouring}),
        against=len({one.paragraph for one in pieces if one.direction == "against"}),
        in_words=weighed.in_words(),
    )


def weigh(
    view: View, pieces: Sequence[Piece], criteria: Sequence[str], *, contrary_sought: bool = False
) -> triangulation.Triangulation:
    """Return the pieces triangulated, against the sectors that their criteria concern."""
    framework = view.framework
    found = [framework.criterion(code) for code in criteria] if framework is not None else []
    sectors = [sector for one in found if one is not None for sector in one.sectors]
    return triangulation.triangulate(
        [_weighed(one) for one in pieces],
        expected_sectors=sorted(set(sectors)),
        contrary_sought=contrary_sought,
    )


def _weighed(piece: Piece) -> triangulation.Piece:
    return triangulation.Piece(
        direction=piece.direction,
        source=piece.source,
        note=piece.note,
        agency=piece.agency,
        sector=piece.sector,
        inspectorate=piece.inspectorate,
        child_codes=piece.children,
        author=piece.author,
        day=parse(piece.note_date),
    )


class _Names:
    """The people, agencies and children that some paragraphs and notes refer to."""

    def __init__(self, view: View, paragraphs: Iterable[Record], notes: Iterable[Record]) -> None:
        wanted: set[str] = set()
        for one in (*paragraphs, *notes):
            wanted.update((one.text("author"), one.text("agency"), one.text("child")))
            wanted.update(one.texts("children"))
        self._held: Mapping[str, Record] = view.records.get_many(wanted - {""})
        self._inspectorates = {
            one.id: one.text("short_name") or one.text("name")
            for one in view.records.of_kind("inspectorate")
        }

    def piece(self, link: Record, paragraph: Record, note: Record) -> Piece:
        author = self._held.get(paragraph.text("author") or note.text("author"))
        agency = self._held.get(note.text("agency"))
        children = dict.fromkeys((note.text("child"), *note.texts("children")))
        return Piece(
            evidence=link.id,
            supports=link.text("supports"),
            direction=link.text("direction"),
            words=link.text("words"),
            comment=link.text("comment"),
            paragraph=paragraph.id,
            code=link.text("code"),
            type=paragraph.text("type") or "evidence",
            text=paragraph.text("text"),
            speaker=paragraph.text("speaker"),
            typed_at=paragraph.text("typed_at"),
            note=note.id,
            note_ref=note.text("ref"),
            note_kind=label_of(note.kind),
            note_title=note.text("title"),
            note_date=note.text("date"),
            source=paragraph.text("source") or note.text("source"),
            agency=(agency.text("short_name") or agency.text("name")) if agency else "",
            sector=agency.text("sector") if agency else "",
            author=author.id if author else "",
            inspectorate=self._inspectorates.get(author.text("inspectorate"), "") if author else "",
            children=tuple(
                self._held[one].text("code") for one in children if one and one in self._held
            ),
        )
