"""Lays out the findings letter as blocks, in the order in which published letters stand.

Nothing is worded here: every word comes from the letter's records. What is empty is left out.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Final, Literal

from app.reports.blocks import (
    Addressees,
    Box,
    Bullet,
    Document,
    Footnote,
    Heading,
    NumberedParagraph,
    Paragraph,
    Run,
    Signature,
    Signatures,
    Title,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.domain import letters
    from app.reports.blocks import Block, Words

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def letter_document(content: letters.LetterContent) -> Document:
    """Return the letter as a document."""
    settings = content.settings
    written = _date(settings.date)
    subject = settings.subject or f"Letter: {content.area}".strip()
    return Document(
        title=subject,
        blocks=(*_opening(content, written), *_body(content.blocks, count(1)), *_ending(content)),
        subject=f"Findings letter, {content.area}" if content.area else "Findings letter",
        marking=content.marking,
        date=written,
        shows_sources=True,
    )


def _opening(content: letters.LetterContent, written: date | None) -> Iterator[Block]:
    settings = content.settings
    printed = settings.date_text or (_long(written) if written else settings.date)
    if printed:
        yield Paragraph(plain(printed), settings.id)
    if content.addressees:
        lines = (Paragraph(plain(one.line), one.id) for one in content.addressees)
        yield Addressees(tuple(lines), settings.id)
    if settings.salutation:
        yield Paragraph(plain(settings.salutation), settings.id)
    if settings.subject:
        yield Title(plain(settings.subject), settings.id)


def _ending(content: letters.LetterContent) -> Iterator[Block]:
    layout: Literal["grid", "list"] = "grid" if content.signatures == "grid" else "list"
    closing = content.settings.closing
    if closing or content.signatories:
        each = tuple(_signature(one) for one in content.signatories)
        words = plain(closing) if closing else ()
        yield Signatures(words, each, layout, content.settings.id)


def _signature(one: letters.Signatory) -> Signature:
    name = " ".join(part for part in (one.name, one.post_nominals) if part)
    titles = tuple(line.strip() for line in one.title.splitlines() if line.strip())
    return Signature(one.heading, name, titles, one.id)


def _body(blocks: Iterable[letters.Block], marks: Iterator[int]) -> Iterator[Block]:
    made = (_block(block, marks) for block in blocks)
    return (one for one in made if one is not None)


def _block(block: letters.Block, marks: Iterator[int]) -> Block | None:
    words = _words(block, marks)
    if block.type == "box":
        inside = tuple(_body(block.inside, marks))
        return Box(words, inside, block.id) if words or inside else None
    return _line(block, words) if words else None


def _line(block: letters.Block, words: Words) -> Block:
    match block.type:
        case "heading":
            return Heading(words, max(1, block.level), block.id)
        case "subheading":
            return Heading(words, max(2, block.level), block.id)
        case "bullet":
            return Bullet(words, max(1, block.level), block.id)
        case _ if block.number:
            return NumberedParagraph(block.number, words, block.id)
        case _:
            return Paragraph(words, block.id)


def _words(block: letters.Block, marks: Iterator[int]) -> Words:
    """Cut the text at its footnotes' places; a footnote without a mark is given its number."""
    text, at = block.text, 0
    words: list[Run | Footnote] = []
    for place, note in _placed(block):
        if place > at:
            words.append(Run(text[at:place]))
        number = str(next(marks))
        words.append(Footnote(note.mark or number, note.text, note.id))
        at = place
    if text[at:]:
        words.append(Run(text[at:]))
    return tuple(words) if text.strip() or block.footnotes else ()


def _placed(block: letters.Block) -> list[tuple[int, letters.Footnote]]:
    """Return the footnotes in order of place; one without a place stands at the end."""
    end = len(block.text)
    pairs = [
        (end if one.offset is None else min(max(one.offset, 0), end), one)
        for one in block.footnotes
    ]
    return sorted(pairs, key=lambda pair: pair[0])


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _long(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
