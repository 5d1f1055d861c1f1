"""The running order as rows, and times as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.ui.widgets.evidence_list import EvidenceGroup
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from app.domain.letters import BriefContent, BriefPoint, BriefSection
    from app.operations.sheets import BriefSheet
    from app.operations.thread import Trace

SCRIPT: Final = "script/"  # begins the key of a row for words that are always read out
_WORDS_A_MINUTE: Final = 130  # of someone who speaks slowly enough for notes
_SAID: Final = {"said": "✓ said", "reworded": "≈ reworded", "skipped": "✕ skipped"}


def running_order(content: BriefContent) -> list[Row]:
    """Return sections as headings, each with what is read out and its points."""
    rows: list[Row] = []
    for section in content.sections:
        time = minutes(sum(one.seconds or 0 for one in section.points))
        rows.append(Row(f"section/{section.key}", section.heading, badge=time, is_heading=True))
        if section.script:
            rows.append(_script_row(section))
        rows.extend(_point_row(one) for one in section.points)
    return rows


def script_of(content: BriefContent, key: str) -> str:
    """Return the words always read out that a row stands for."""
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
    time = minutes(sum(one.seconds or 0 for one in points))
    return f"{count}, {time}" if time else count


def minutes(seconds: int) -> str:
    """Return a time as “40 s” or “1½ min”; nothing for no time."""
    if not seconds:
        return ""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds} s"
    halves = round(seconds / 30)
    return f"{halves // 2}{'½' if halves % 2 else ''} min"


def length_of(words: str) -> str:
    """Return how many words there are and how long they take to say."""
    count = len(words.split())
    if not count:
        return ""
    return f"{count} words, about {minutes(max(5, round(count * 12 / _WORDS_A_MINUTE) * 5))} aloud"


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


def _script_row(section: BriefSection) -> Row:
    lines = "1 paragraph" if len(section.script) == 1 else f"{len(section.script)} paragraphs"
    return Row(f"{SCRIPT}{section.key}", section.script[0], f"read out · {lines}")


def _point_row(point: BriefPoint) -> Row:
    parts = (_SAID.get(point.said, ""), point.speaker)
    meta = " · ".join(part for part in parts if part) or "no speaker yet"
    return Row(point.id, point.text, meta, badge=minutes(point.seconds or 0))
