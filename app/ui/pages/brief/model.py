"""The running order as rows, and times as people say them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.speaking import script_time, seconds_of, time_by_speaker, time_of, whole_time
from app.ui.widgets.evidence_list import EvidenceGroup
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.letters import BriefContent, BriefPoint, BriefSection
    from app.operations.sheets import BriefSheet
    from app.operations.thread import Trace

SCRIPT: Final = "script/"  # begins the key of a row for words that are always read out
SPEAKER: Final = "speaker/"  # begins the key of a row for all that one person speaks
_SAID: Final = {"said": "✓ said", "reworded": "≈ reworded", "skipped": "✕ skipped"}


def running_order(content: BriefContent) -> list[Row]:
    """Return sections as headings, each with what is read out and its points; then who speaks."""
    rows: list[Row] = []
    for section in content.sections:
        read_out = script_time(section.script, content.pace)
        time = minutes(read_out + sum(time_of(one, content.pace) for one in section.points))
        rows.append(Row(f"section/{section.key}", section.heading, badge=time, is_heading=True))
        if section.script:
            rows.append(_script_row(section, read_out))
        rows.extend(_point_row(one, content.pace) for one in section.points)
    speakers = time_by_speaker(content) if any(one.points for one in content.sections) else {}
    if speakers:
        rows.append(Row("section/speakers", "Who speaks how long", is_heading=True))
    rows.extend(_speaker_row(content, who, seconds) for who, seconds in speakers.items())
    return rows


def is_to_read(key: str) -> bool:
    """Whether a row stands for words to read and not for a point."""
    return key.startswith((SCRIPT, SPEAKER))


def script_of(content: BriefContent, key: str) -> str:
    """Return the words to read that a row stands for: always read out, or all of one speaker."""
    if key.startswith(SPEAKER):
        who = key.removeprefix(SPEAKER)
        return "\n\n".join(
            point.text for one in content.sections for point in one.points if point.speaker == who
        )
    wanted = key.removeprefix(SCRIPT)
    return "\n\n".join(line for one in content.sections if one.key == wanted for line in one.script)


def neighbours(content: BriefContent, point: str) -> tuple[str, str]:
    """Return the points before and after one in its section; nothing where there are none."""
    for section in content.sections:
        ids = [one.id for one in section.points]
        if point in ids:
            at = ids.index(point)
            return ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""
    return "", ""


def section_for(sheet: BriefSheet, finding_type: str, beside: str) -> str:
    """Return where a new point belongs: by its finding's type, else beside another point."""
    sections = sheet.layout.sections if sheet.layout is not None else ()
    if finding_type:
        for one in sections:
            if finding_type in one.finding_types:
                return one.key
    for each in sheet.content.sections:
        if any(point.id == beside for point in each.points):
            return each.key
    return next((one.key for one in sections if not one.script), "points")


def in_all(content: BriefContent) -> str:
    """Return “17 points, 12 min” for the head of the running order."""
    points = [one for section in content.sections for one in section.points]
    if not points:
        return ""
    count = "1 point" if len(points) == 1 else f"{len(points)} points"
    time = minutes(whole_time(content))
    return f"{count}, {time}" if time else count


def minutes(seconds: int) -> str:
    """Return a time as “40 s” or “1½ min”; nothing for no time."""
    if not seconds:
        return ""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds} s"
    halves = round(seconds / 30)
    return f"{halves // 2}{'½' if halves % 2 else ''} min"


def clock_face(seconds: int) -> str:
    """Return a time that runs, as “0:07” or “12:30”."""
    whole, rest = divmod(max(0, seconds), 60)
    return f"{whole}:{rest:02}"


def length_of(words: str, pace: int) -> str:
    """Return how many words there are and how long they take to say."""
    count = len(words.split())
    if not count:
        return ""
    counted = "1 word" if count == 1 else f"{count} words"
    time = minutes(max(5, 5 * round(seconds_of(words, pace) / 5)))
    return f"{counted}, about {time} aloud at {pace} words a minute"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to speak: a point, or a paragraph that is always read out."""

    key: str
    section: str
    words: str
    seconds: int
    speaker: str = ""
    is_point: bool = False
    said: str = ""
    said_text: str = ""
    said_at: str = ""
    draft: str = ""


def steps_of(content: BriefContent, drafts: Mapping[str, str]) -> list[Step]:
    """Return everything to speak, in running order; ``drafts`` are words being kept by point."""
    found: list[Step] = []
    for section in content.sections:
        found += [
            Step(f"{SCRIPT}{section.key}/{at}", section.heading, line, time)
            for at, line in enumerate(section.script)
            for time in [seconds_of(line, content.pace)]
        ]
        found += [
            Step(
                one.id,
                section.heading,
                one.text,
                time_of(one, content.pace),
                one.speaker,
                is_point=True,
                said=one.said,
                said_text=one.said_text,
                said_at=one.said_at,
                draft=drafts.get(one.id, ""),
            )
            for one in section.points
        ]
    return found


def marked(step: Step) -> str:
    """Return how a step was said and when, or nothing."""
    how = _SAID.get(step.said, "") if step.is_point else ""
    return " ".join(part for part in (how, clock_of(step.said_at) if how else "") if part)


def clock_of(instant: str) -> str:
    """Return “14:02” for an instant as records keep it; nothing for none."""
    return instant[11:16]


def groups_under(trace: Trace) -> list[EvidenceGroup]:
    """Return the findings a point rests on with their evidence, then evidence of its own."""
    findings = {one.id: one for sentence in trace.sentences for one in sentence.findings}
    direct = {one.evidence: one for sentence in trace.sentences for one in sentence.direct}
    groups = [
        EvidenceGroup(one.id, one.statement, one.status, one.pieces, "No evidence linked yet.")
        for one in findings.values()
    ]
    if direct:
        groups.append(EvidenceGroup("direct", "Its own evidence", "", tuple(direct.values())))
    return groups


def _script_row(section: BriefSection, seconds: int) -> Row:
    lines = "1 paragraph" if len(section.script) == 1 else f"{len(section.script)} paragraphs"
    meta = f"read out · {lines}"
    return Row(f"{SCRIPT}{section.key}", section.script[0], meta, badge=minutes(seconds))


def _point_row(point: BriefPoint, pace: int) -> Row:
    parts = (_SAID.get(point.said, ""), point.speaker or "no speaker yet")
    meta = " · ".join(part for part in parts if part)
    return Row(point.id, point.text, meta, badge=minutes(time_of(point, pace)))


def _speaker_row(content: BriefContent, who: str, seconds: int) -> Row:
    count = sum(one.speaker == who for section in content.sections for one in section.points)
    points = "1 point" if count == 1 else f"{count} points"
    if who:
        return Row(f"{SPEAKER}{who}", who, points, badge=minutes(seconds))
    reads = any(one.script for one in content.sections)
    parts = (points if count else "", "what is always read out" if reads else "")
    meta = " · ".join(part for part in parts if part)
    return Row(SPEAKER, "No speaker named", meta, badge=minutes(seconds))
