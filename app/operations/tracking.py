"""Following children: the file of a tracked child, its stages, its audit, and sampled records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.operations.notes import add_note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work


@dataclass(frozen=True, slots=True)
class SampleTally:
    """How the records of one sample came out."""

    sample: str
    sampled: int
    results: Mapping[str, int]


def track_child(work: Work, child: str, why: str = "") -> Changes:
    """Begin the file of a child chosen to be followed, marking the child as tracked.

    A child has one file: asking again answers with the one there is.
    """
    work.of_kind(child, "child")
    for one in work.records.of_kind("tracked_child"):
        if one.text("child") == child:
            return work.changes(one.id)
    work.change(child, {"is_tracked": True})
    header: dict[str, Json] = {"child": child}
    if why:
        header["why_selected"] = why
    return add_note(work, "tracked_child", header)


def fill_stage(
    work: Work, file: str, stage: str, agency: str, fields: Mapping[str, Json]
) -> Changes:
    """Write what one agency did at one stage: evidence, evaluation, gaps."""
    work.of_kind(file, "tracked_child")
    for one in work.records.parts_of(file, "stage_cell"):
        if (one.text("stage"), one.text("agency")) == (stage, agency):
            work.change(one.id, fields)
            return work.changes(one.id)
    place: dict[str, Json] = {"file": file, "stage": stage}
    if agency:
        place["agency"] = agency
    return work.changes(work.add("stage_cell", {**fields, **place}))


def record_audit(work: Work, file: str, fields: Mapping[str, Json]) -> Changes:
    """Write what the partners' audit of a child says and whether inspectors agree."""
    work.of_kind(file, "tracked_child")
    for one in work.records.parts_of(file, "audit"):
        work.change(one.id, fields)
        return work.changes(one.id)
    return work.changes(work.add("audit", {**fields, "file": file}))


def add_key_date(work: Work, file: str, date: str, event: str, agency: str = "") -> Changes:
    """Add an event to a child's timeline."""
    work.of_kind(file, "tracked_child")
    fields: dict[str, Json] = {"file": file, "date": date, "event": event}
    if agency:
        fields["agency"] = agency
    return work.changes(work.add("key_date", fields))


def sample_record(work: Work, sample: str, code: str, result: str, reason: str = "") -> Changes:
    """Note one sampled record: its code, whether it met the question, and why in a line."""
    header: dict[str, Json] = {
        "sample": sample,
        "code": code,
        "result": result,
        "source": "record",
    }
    if reason:
        header["reason"] = reason
    return add_note(work, "sampled_record", header)


def sample_tallies(view: View) -> list[SampleTally]:
    """Return, for each sample, how many records were read and how they came out."""
    samples: dict[str, Counter[str]] = {}
    for one in view.records.of_kind("sampled_record"):
        samples.setdefault(one.text("sample"), Counter())[one.text("result")] += 1
    return [SampleTally(name, results.total(), dict(results)) for name, results in samples.items()]
