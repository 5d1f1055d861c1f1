"""Finding words anywhere in an inspection, everywhere or where filters say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.kinds.registry import label_of
from app.operations.search_filters import Sieve, narrowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.records import Record
    from app.operations.search_filters import Narrowed
    from app.operations.view import View

_MOST_SIEVED: Final = 1_000  # hits for the words that are looked at for the filters
_NOTES_AT_ONCE: Final = 50
_BEGINNING: Final = 160  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: the record, the record it is part of, and the words around what was found.

    In ``snippet`` a found word stands between U+0002 and U+0003.
    """

    record: str
    kind: str
    label: str
    owner: str
    owner_ref: str
    snippet: str


def find_words(view: View, text: str, most: int = 50) -> list[Found]:
    """Return the best hits for anything typed into a search box, best first.

    Filters (see search_filters) narrow them; filters alone list paragraphs, the newest first.
    """
    asked = narrowed(text)
    if asked.words:
        return _matching(view, asked, most)
    return _listed(view, asked, most) if asked.is_narrow else []


def _matching(view: View, asked: Narrowed, most: int) -> list[Found]:
    framework = view.framework
    synonyms = framework.synonyms if framework is not None else ()
    hits = view.records.search(asked.words, synonyms, _MOST_SIEVED if asked.is_narrow else most)
    if asked.is_narrow:
        held = view.records.get_many(hit.record for hit in hits)
        fitting = Sieve(view, asked).passing([held[hit.record] for hit in hits])
        kept = {one.id for one, _ in zip(fitting, range(most), strict=False)}
        hits = [hit for hit in hits if hit.record in kept]
    refs = _refs(view, [hit.owner for hit in hits])
    return [
        Found(
            hit.record,
            hit.kind,
            label_of(hit.kind),
            hit.owner,
            refs.get(hit.owner, ""),
            hit.snippet,
        )
        for hit in hits
    ]


def _listed(view: View, asked: Narrowed, most: int) -> list[Found]:
    sieve = Sieve(view, asked)
    notes = sieve.notes()
    found: list[Found] = []
    for start in range(0, len(notes), _NOTES_AT_ONCE):
        some = {one.id: one for one in notes[start : start + _NOTES_AT_ONCE]}
        parts = view.records.parts_of_each(some, "paragraph")
        listed = [one for note in some for one in parts.get(note, [])]
        for one in sieve.passing(listed):
            ref = some[one.text("note")].text("ref")
            words = _beginning(one)
            found.append(Found(one.id, one.kind, label_of(one.kind), one.text("note"), ref, words))
            if len(found) == most:
                return found
    return found


def _refs(view: View, owners: Sequence[str]) -> dict[str, str]:
    held = view.records.get_many(one for one in owners if one)
    return {record: one.text("ref") for record, one in held.items()}


def _beginning(one: Record) -> str:
    text = one.text("text")
    return text if len(text) <= _BEGINNING else text[:_BEGINNING].rsplit(" ", 1)[0] + " …"
