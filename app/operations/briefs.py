"""The verbal-feedback brief: its points in running order, and what was really said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.dates import long_date
from app.domain.letters import BriefContent, BriefMeeting, BriefPoint, BriefSection
from app.domain.speaking import WORDS_A_MINUTE, held_to
from app.errors import InvalidInputError
from app.operations import records
from app.operations.support import pieces_under, support_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.packs import BriefLayout, Section
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work


# Two laptops that begin the brief's record apart begin the same one: nothing of either is lost.
BRIEF: Final = "brief"


def add_point(work: Work, section: str, text: str, finding: str = "") -> Changes:
    """Add a point to be spoken, last in its section, resting on a finding if one is given."""
    if not text.strip():
        raise InvalidInputError("Write the words to speak first.", "text")
    made = records.add(
        work, "brief_point", {"section": section, "text": text, "said": "not yet"}
    ).made
    if finding:
        work.add("basis", {"statement": made, "finding": finding})
    return work.changes(made)


def change_point(work: Work, point: str, fields: Mapping[str, Json]) -> Changes:
    """Change a point's words, speaker, time or section."""
    work.of_kind(point, "brief_point")
    work.change(point, fields)
    return work.changes()


def say(work: Work, point: str, how: str, words: str = "") -> Changes:
    """Record that a point was said, reworded (then with the words used) or skipped, and when."""
    held = work.of_kind(point, "brief_point")
    if how == "reworded" and not words.strip():
        raise InvalidInputError("Write the words that were used.", "said_text")
    said = words if how == "reworded" else (held.text("text") if how == "said" else "")
    if (held.text("said"), held.text("said_text")) == (how, said):
        return work.changes()  # said again of the same words: the time of the first stays
    spoken = how != "not yet"
    fields: dict[str, Json] = {"said": how, "said_text": said or None}
    work.change(point, {**fields, "said_at": work.now() if spoken else None})
    return work.changes()


def set_brief(work: Work, fields: Mapping[str, Json]) -> Changes:
    """Set what is known of the meeting and its pace, beginning the brief's record if needed."""
    held = work.records.of_kind("brief")
    if held:
        work.change(held[0].id, fields)
        return work.changes(held[0].id)
    return work.changes(work.add("brief", fields, BRIEF))


def save_meeting(work: Work, record: str, fields: Mapping[str, Json]) -> Changes:
    """Save what was typed of the meeting, and put aside what was kept of it as a draft."""
    made = set_brief(work, fields).made
    work.records.drop_draft(record)
    return work.changes(made)


def begin_brief(work: Work, layout: BriefLayout) -> Changes:
    """Make a first brief: one point for each finding that stands, in the layout's order.

    Raises:
        InvalidInputError: there are points already.

    """
    if work.records.of_kind("brief_point"):
        raise InvalidInputError("The brief has points already.", "brief")
    findings = [one for one in work.records.of_kind("finding") if one.text("status") != "dropped"]
    for section in layout.sections:
        for finding in findings:
            if finding.text("type") in section.finding_types:
                add_point(work, section.key, finding.text("statement"), finding.id)
    return work.changes()


def brief_content(view: View) -> BriefContent:
    """Return the whole brief in its running order, each point with what stands under it."""
    layout = view.brief_layout
    points: dict[str, list[BriefPoint]] = {}
    speakers = {
        one.id: one.text("role") or one.text("initials") for one in view.records.of_kind("person")
    }
    for one in view.records.of_kind("brief_point"):
        points.setdefault(one.text("section"), []).append(_point(view, one, speakers))
    shapes = layout.sections if layout is not None else ()
    sections = [_section(shape, points.pop(shape.key, [])) for shape in shapes]
    sections.extend(
        BriefSection(key, key.replace("_", " ").capitalize(), (), tuple(rest))
        for key, rest in points.items()
    )
    given = view.brief.text("given_at") or view.inspection.text("fieldwork_to")
    return BriefContent(
        title=view.brief.text("title") or "Verbal feedback",
        area=view.inspection.text("area"),
        marking=view.inspection.text("marking"),
        date_text=long_date(given[:10]),
        sections=tuple(one for one in sections if one.points or one.script),
        pace=held_to(view.brief.number("words_a_minute") or WORDS_A_MINUTE),
        meeting=_meeting(view.brief),
    )


def _meeting(brief: Record) -> BriefMeeting:
    return BriefMeeting(
        brief.text("given_at"),
        brief.text("place"),
        brief.texts("audience"),
        brief.text("questions"),
        brief.text("offered"),
    )


def _section(shape: Section, points: list[BriefPoint]) -> BriefSection:
    return BriefSection(shape.key, shape.heading, shape.script, tuple(points))


def _point(view: View, held: Record, speakers: Mapping[str, str]) -> BriefPoint:
    bases = view.records.parts_of(held.id, "basis")
    findings = [one.text("finding") for one in bases]
    pieces = pieces_under(view, [held.id, *findings])
    said: dict[str, Json] = dict(held.fields)
    return BriefPoint(
        held.id,
        held.text("text"),
        held.text("section"),
        speakers.get(held.text("speaker"), ""),
        held.number("seconds"),
        str(said.get("said") or ""),
        held.text("said_text"),
        tuple(findings),
        support_of(view, pieces, ()),
        held.text("said_at"),
    )
