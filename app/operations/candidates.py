"""What could be put under a finding: coded words and paragraphs that hold what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.domain.kinds.registry import label_of
from app.operations.codes import list_coded
from app.operations.searching import find_words

if TYPE_CHECKING:
    from app.operations.codes import CodedWords
    from app.operations.searching import Found
    from app.operations.view import View

_MOST: Final = 40
_MARKS: Final = str.maketrans("", "", "\x02\x03")  # what find_words puts round a found word


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that could be linked: coded words of a paragraph, or the paragraph (no ``code``)."""

    paragraph: str
    code: str
    words: str
    weight: str
    criterion: str
    source: str


def candidates(view: View, typed: str) -> list[Candidate]:
    """Return the coded words that hold every word typed, then the paragraphs that match best."""
    wanted = typed.casefold().split()
    if not wanted:
        return []
    coded = [one for one in list_coded(view) if _holds(one, wanted)][:_MOST]
    seen = {one.paragraph for one in coded}
    found = [
        one
        for one in find_words(view, typed, _MOST)
        if one.kind == "paragraph" and one.record not in seen
    ]
    return [from_code(one) for one in coded] + [_from_paragraph(view, one) for one in found]


def _holds(coded: CodedWords, wanted: list[str]) -> bool:
    words = f"{coded.quote} {coded.criterion} {coded.note_ref}".casefold()
    return all(one in words for one in wanted)


def from_code(coded: CodedWords) -> Candidate:
    """Return coded words as something that could be linked."""
    source = _source(coded.note_ref, coded.note_kind, coded.note_date)
    return Candidate(
        coded.paragraph, coded.code, coded.quote, coded.weight, coded.criterion, source
    )


def _from_paragraph(view: View, found: Found) -> Candidate:
    note = view.records.find(found.owner)
    source = _source(found.owner_ref, note.kind, note.text("date")) if note is not None else ""
    return Candidate(found.record, "", found.snippet.translate(_MARKS), "", "", source)


def _source(ref: str, kind: str, date: str) -> str:
    label = label_of(kind)
    label = label.removesuffix(" with a professional")
    parts = (ref, label[:1].lower() + label[1:], short_date(date))
    return " · ".join(part for part in parts if part)
