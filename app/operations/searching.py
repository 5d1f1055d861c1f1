"""Finding words anywhere in an inspection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.kinds.registry import KINDS

if TYPE_CHECKING:
    from app.operations.view import View


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
    """Return the best hits for anything typed into a search box, best first."""
    framework = view.framework
    synonyms = framework.synonyms if framework is not None else ()
    hits = view.records.search(text, synonyms, most)
    owners = view.records.get_many(hit.owner for hit in hits if hit.owner)
    return [
        Found(
            hit.record,
            hit.kind,
            KINDS[hit.kind].label if hit.kind in KINDS else hit.kind,
            hit.owner,
            owners[hit.owner].text("ref") if hit.owner in owners else "",
            hit.snippet,
        )
        for hit in hits
    ]
