"""Lays out the verbal-feedback brief twice: to be read aloud, and to be answered from.

The spoken document holds no id, count or name of a source, so that a copy left on a table gives
nothing of the evidence away. The notes hold all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.speaking import time_by_speaker, time_of, whole_time
from app.reports.blocks import (
    Document,
    Heading,
    KeyLine,
    NumberedParagraph,
    Paragraph,
    Run,
    SpokenPoint,
    SupportLine,
    Title,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.letters import BriefContent, BriefPoint, Support
    from app.reports.blocks import Block

_MINUTE: Final = 60


def spoken_document(content: BriefContent) -> Document:
    """Return the brief to be read aloud: large type, one point a line, nothing of the evidence."""
    return Document(
        title=_title(content),
        blocks=(*_opening(content), *_spoken(content)),
        subject="Verbal feedback",
        marking=content.marking,
        large=True,
    )


def notes_document(content: BriefContent) -> Document:
    """Return the brief with what stands under each point: records, counts, sources, words."""
    title = f"{_title(content)}: notes"
    return Document(
        title=title,
        blocks=(
            *_opening(content, ": notes"),
            *_meeting(content),
            *_minutes(content),
            *_noted(content),
        ),
        subject="Verbal feedback, notes",
        marking=content.marking,
        header="Not for handing out",
        shows_sources=True,
    )


def _title(content: BriefContent) -> str:
    # A title that speaks of the area already needs it no second time.
    parts = (content.title, "" if content.area in content.title else content.area)
    return ": ".join(part for part in parts if part)


def _opening(content: BriefContent, ending: str = "") -> Iterator[Block]:
    yield Title(plain(f"{_title(content)}{ending}"))
    if content.date_text:
        yield Paragraph(plain(content.date_text))


def _spoken(content: BriefContent) -> Iterator[Block]:
    for section in content.sections:
        if section.heading:
            yield Heading(plain(section.heading))
        for line in section.script:
            yield SpokenPoint(plain(line))
        for point in section.points:
            yield SpokenPoint(plain(point.text), point.speaker, point.id)


def _noted(content: BriefContent) -> Iterator[Block]:
    number = 0
    for section in content.sections:
        if section.heading:
            yield Heading(plain(section.heading))
        for line in section.script:
            yield SupportLine(plain(line))
        for point in section.points:
            number += 1
            yield NumberedParagraph(f"{number}.", (Run(point.text, bold=True),), point.id)
            yield from _delivery(point, content.pace)
            yield from _support(point)


def _meeting(content: BriefContent) -> Iterator[Block]:
    """Yield who came, what was asked and what was offered, as far as it is known."""
    meeting = content.meeting
    if meeting.place:
        yield KeyLine("Place", meeting.place)
    if meeting.audience:
        yield KeyLine("Who came", f"{len(meeting.audience)}: {', '.join(meeting.audience)}")
    for title, words in (
        ("Questions and challenges", meeting.questions),
        ("New evidence offered", meeting.offered),
    ):
        if words.strip():
            yield Heading(plain(title))
            yield from (Paragraph(plain(one)) for one in words.splitlines() if one.strip())


def _minutes(content: BriefContent) -> Iterator[Block]:
    times = time_by_speaker(content)
    if not any(one.points for one in content.sections):
        return
    yield Heading(plain("Who speaks how long"))
    for who, seconds in times.items():
        yield KeyLine(who or "Read out, or no speaker named", _time(seconds))
    yield KeyLine("In all", f"{_time(whole_time(content))}, at {content.pace} words a minute")


def _delivery(point: BriefPoint, pace: int) -> Iterator[Block]:
    if point.speaker:
        yield KeyLine("Speaker", point.speaker, point.id)
    by_words = "" if point.seconds is not None else " by its words"
    yield KeyLine("Time", f"{_time(time_of(point, pace))}{by_words}", point.id)
    if point.said:
        at = f", {point.said_at[11:16]}" if point.said_at else ""
        yield KeyLine("Said", f"{point.said}{at}", point.id)
    if point.said_text and point.said_text != point.text:
        yield KeyLine("Words used", point.said_text, point.id)


def _support(point: BriefPoint) -> Iterator[Block]:
    support: Support = point.support
    yield KeyLine("Point", point.id, point.id)
    for name, values in (
        ("Findings", point.findings),
        ("Notes", support.notes),
        ("Inspectorates", support.inspectorates),
        ("Kinds of source", support.sources),
    ):
        counted = f"{len(values)}: {', '.join(values)}" if values else "none"
        yield KeyLine(name, counted, point.id)
    against = f", of which {support.against} against" if support.against else ""
    yield KeyLine("Paragraphs of evidence", f"{support.paragraphs}{against}", point.id)
    if support.in_words:
        yield SupportLine(plain(support.in_words), point.id)


def _time(seconds: int) -> str:
    minutes, rest = divmod(max(seconds, 0), _MINUTE)
    parts = ([f"{minutes} min"] if minutes else []) + ([f"{rest} s"] if rest or not minutes else [])
    return " ".join(parts)
