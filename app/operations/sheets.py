"""What a page shows at once, answered from one snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.packs import Term
from app.operations.briefs import brief_content
from app.operations.findings import list_findings, read_finding
from app.operations.thread import trace
from app.operations.typed_fields import fields_kept
from app.operations.view import NO_RECORD
from app.operations.wording import draft_of, drafts_of
from app.operations.work import ME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.letters import BriefContent
    from app.domain.packs import BriefLayout, LetterLayout
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.findings import Finding, FindingRow
    from app.operations.thread import Trace
    from app.operations.view import View

# What findings may be where the inspection names no framework.
COMMON_TYPES = (
    Term("strength", "Strength", "▲"),
    Term("improvement", "Area for improvement", "▼"),
    Term("priority_action", "Area for priority action", "!"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A record someone can choose: its id and the words people read."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class FindingsSheet:
    """Every finding, and the types they may have."""

    rows: tuple[FindingRow, ...]
    types: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class FindingSheet:
    """One finding with what its page needs beside it.

    ``draft`` holds words kept but not saved; ``mine`` is the inspectorate of whoever uses this
    laptop, or nothing before they are known; ``people`` are initials by id.
    """

    finding: Finding
    draft: str
    types: tuple[Term, ...]
    inspectorates: tuple[Named, ...]
    mine: str
    people: dict[str, str]


@dataclass(frozen=True, slots=True)
class BriefSheet:
    """The running order, what its points can be given, and the record of the meeting.

    ``said_drafts`` are words being written of how points were said, by point; ``kept`` are
    fields of the meeting that are kept but not saved.
    """

    content: BriefContent
    layout: BriefLayout | None
    sections: tuple[Named, ...]
    speakers: tuple[Named, ...]
    said_drafts: Mapping[str, str] = field(default_factory=dict)
    meeting: Record = NO_RECORD
    kept: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PointSheet:
    """One point of the brief: its own words, words kept but not saved, what it rests on."""

    record: Record
    draft: str
    said_draft: str
    trace: Trace


def finding_types(view: View) -> tuple[Term, ...]:
    """Return what a finding may be, from the framework in use."""
    framework = view.framework
    return framework.finding_types if framework is not None else COMMON_TYPES


def findings_sheet(view: View) -> FindingsSheet:
    """Return every finding for the list."""
    return FindingsSheet(tuple(list_findings(view)), finding_types(view))


def finding_sheet(view: View, finding: str) -> FindingSheet:
    """Return one finding for its page.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = read_finding(view, finding)
    me = view.records.find(view.records.recall(ME))
    return FindingSheet(
        held,
        draft_of(view, finding, "statement", held.record.text("statement")),
        finding_types(view),
        tuple(
            Named(one.id, one.text("short_name") or one.text("name"))
            for one in view.records.of_kind("inspectorate")
        ),
        me.text("inspectorate") if me is not None else "",
        {one.id: one.text("initials") or one.text("role") for one in _people(view)},
    )


def brief_sheet(view: View) -> BriefSheet:
    """Return the running order for its page."""
    content = brief_content(view)
    layout = view.brief_layout
    sections = [(one.key, one.heading) for one in (layout.sections if layout is not None else ())]
    sections.extend((one.key, one.heading) for one in content.sections)
    return BriefSheet(
        content,
        layout,
        tuple(Named(key, heading) for key, heading in dict(sections).items()),
        tuple(Named(one.id, _introduced(one)) for one in _people(view)),
        drafts_of(view, "said_text"),
        view.brief,
        fields_kept(view, view.brief.id) if view.brief.id else {},
    )


def point_sheet(view: View, point: str) -> PointSheet:
    """Return one point of the brief for its page.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(point)
    return PointSheet(
        held,
        draft_of(view, point, "text", held.text("text")),
        draft_of(view, point, "said_text", held.text("said_text")),
        trace(view, point),
    )


def letter_layout(view: View) -> LetterLayout | None:
    """Return the letter layout in use, if the inspection names one."""
    return view.letter_layout


def _people(view: View) -> list[Record]:
    return view.records.of_kind("person")


def _introduced(person: Record) -> str:
    parts = (person.text("initials"), person.text("role"))
    return " · ".join(part for part in parts if part) or person.text("name")
