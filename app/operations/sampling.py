"""A sample of records as one sheet: what was tested, each record with its result, and n of m.

Every record read is a note of its own, so that it can be coded and rest under a finding; the
sheet only saves typing what all of them share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.errors import InvalidInputError
from app.operations.notes import add_note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

RESULTS: Final = ("met", "partly", "not met", "cannot tell")
SAMPLED: Final = "sampled_record"
# What a record of a sample shares with the one before it, so that nobody types it twice.
_SHARED: Final = (
    "agency",
    "service",
    "place",
    "mode",
    "who",
    "criteria",
    "lines_of_enquiry",
    "population",
    "drawn",
    "question",
    "others_present",
)


@dataclass(frozen=True, slots=True)
class SampledRow:
    """One record that was read."""

    note: str
    code: str
    result: str
    reason: str
    escalate: bool


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """A sample: its name, what it tests, how it was drawn, and its records in order of reading."""

    sample: str
    question: str
    population: str
    drawn: str
    rows: tuple[SampledRow, ...]

    @property
    def tally(self) -> str:
        """Return how many records were read and how they came out, as a sentence."""
        return tally([one.result for one in self.rows])


def tally(results: Sequence[str]) -> str:
    """Return "7 of 12 met, 3 partly, 2 not met."; a record without a result is counted as such."""
    if not results:
        return "Nothing was sampled yet."
    counts = {one: results.count(one) for one in (*RESULTS, "")}
    told = [f"{counts['met']} of {len(results)} met"]
    told += [f"{counts[one]} {one}" for one in RESULTS[1:] if counts[one]]
    if counts[""]:
        told.append(f"{counts['']} without a result")
    return ", ".join(told) + "."


def sample_of(note: Record) -> str:
    """Return the name of the sample a note belongs to."""
    return note.text("sample") or note.text("title") or note.text("ref") or "Sample"


def sample_sheet(view: View, note: str) -> SampleSheet:
    """Return the sample that a sampled record belongs to.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(note)
    name = sample_of(held)
    found = [one for one in view.records.of_kind(SAMPLED) if one.text("sample") == name]
    found.sort(key=lambda one: (one.text("date"), one.text("start"), one.id))
    return SampleSheet(
        name,
        held.text("question"),
        held.text("population"),
        held.text("drawn"),
        tuple(
            SampledRow(
                one.id,
                one.text("code"),
                one.text("result"),
                one.text("reason"),
                one.flag("escalate"),
            )
            for one in found
        ),
    )


def add_sampled(work: Work, note: str, fields: Mapping[str, Json]) -> Changes:
    """Add a record to the sample that a note belongs to, with all that the two share.

    A note that names no sample and no record yet becomes the record itself.

    Raises:
        InvalidInputError: no such note, no code, or an unfit field.

    """
    held = work.of_kind(note, SAMPLED)
    if not str(fields.get("code") or "").strip():
        raise InvalidInputError("Give the record its code or local reference first.", "code")
    name = sample_of(held)
    if not held.text("sample") and not held.text("code") and not held.text("result"):
        work.change(note, {**fields, "sample": name})
        return work.changes(note)
    header: dict[str, Json] = {"sample": name, "source": "record"}
    header |= {one: held.fields[one] for one in _SHARED if held.fields.get(one)}
    return add_note(work, SAMPLED, {**header, **fields})


def change_sampled(work: Work, record: str, fields: Mapping[str, Json]) -> Changes:
    """Change what was said of a sampled record."""
    work.of_kind(record, SAMPLED)
    work.change(record, fields)
    return work.changes(record)
