"""Lays out one page of a team meeting: what to talk about, what was decided, who does what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.reports.blocks import Bullet, Document, Heading, Paragraph, Title, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.reports.blocks import Block


@dataclass(frozen=True, slots=True)
class MeetingContent:
    """A meeting in words; ``parts`` are headings, each with its lines."""

    title: str
    area: str
    marking: str
    about: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def meeting_document(content: MeetingContent) -> Document:
    """Return the page to print: one line each, parts without lines left out."""
    title = f"{content.area}: {content.title}" if content.area else content.title
    return Document(
        title=title,
        blocks=tuple(_blocks(title, content)),
        subject="Team meeting",
        marking=content.marking,
        header="Not for handing out",
    )


def _blocks(title: str, content: MeetingContent) -> Iterator[Block]:
    yield Title(plain(title))
    if content.about:
        yield Paragraph(plain(content.about))
    for heading, lines in content.parts:
        if lines:
            yield Heading(plain(heading))
            for one in lines:
                yield Bullet(plain(one))
