"""Coding: words of a paragraph are given a criterion, an agency, a child and a weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.spans import make
from app.errors import InvalidInputError

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code says of the words it stands on. Empty parts say nothing."""

    criterion: str = ""
    weight: str = ""
    agency: str = ""
    child: str = ""

    def fields(self) -> dict[str, Json]:
        """Return the record's fields; an empty part clears its field."""
        return {
            "criterion": self.criterion or None,
            "weight": self.weight or None,
            "agency": self.agency or None,
            "child": self.child or None,
        }


@dataclass(frozen=True, slots=True)
class CodedWords:
    """Words that carry a code, with where they come from, as a list shows them."""

    code: str
    paragraph: str
    note: str
    note_ref: str
    note_kind: str
    note_date: str
    quote: str
    criterion: str
    weight: str
    agency: str
    child: str


def code_words(work: Work, paragraph: str, start: int, end: int, meaning: Meaning) -> Changes:
    """Give the words from ``start`` to ``end`` (code points) a code.

    The framework in use is pinned, so a later change of pack leaves the code's meaning alone.

    Raises:
        InvalidInputError: no words there, or not a paragraph.

    """
    held = work.of_kind(paragraph, "paragraph")
    text = held.text("text")
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise InvalidInputError("Select the words to code first.", paragraph)
    span = make(text, start, end)
    fields: dict[str, Json] = {
        "paragraph": paragraph,
        "start": span.start,
        "quote": span.quote,
        "before": span.before,
        "after": span.after,
        **{name: value for name, value in meaning.fields().items() if value is not None},
    }
    framework = _framework_in_use(work)
    if framework:
        fields["framework"] = framework
    if work.me:
        fields["author"] = work.me
    return work.changes(work.add("code", fields))


def recode(work: Work, code: str, meaning: Meaning) -> Changes:
    """Change what a code says of its words."""
    work.of_kind(code, "code")
    work.change(code, meaning.fields())
    return work.changes()


def remove_code(work: Work, code: str) -> Changes:
    """Take a code off its words; it can be restored."""
    work.of_kind(code, "code")
    work.delete(code)
    return work.changes()


def list_coded(view: View, criterion: str = "") -> list[CodedWords]:
    """Return all coded words, or those of one criterion, by note date and reference."""
    codes = [
        one
        for one in view.records.of_kind("code")
        if not criterion or one.text("criterion") == criterion
    ]
    paragraphs = view.records.get_many(one.text("paragraph") for one in codes)
    notes = view.records.get_many(one.text("note") for one in paragraphs.values())
    rows: list[CodedWords] = []
    for one in codes:
        paragraph = paragraphs.get(one.text("paragraph"))
        note = notes.get(paragraph.text("note")) if paragraph is not None else None
        if paragraph is None or note is None or paragraph.is_deleted or note.is_deleted:
            continue
        rows.append(
            CodedWords(
                one.id,
                paragraph.id,
                note.id,
                note.text("ref"),
                note.kind,
                note.text("date"),
                one.text("quote"),
                one.text("criterion"),
                one.text("weight"),
                one.text("agency"),
                one.text("child"),
            )
        )
    return sorted(rows, key=lambda row: (row.note_date, row.note_ref, row.paragraph, row.code))


def _framework_in_use(work: Work) -> str:
    inspections = work.records.of_kind("inspection")
    return inspections[0].text("framework") if inspections else ""
