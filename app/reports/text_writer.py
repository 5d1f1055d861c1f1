"""Writes a document as plain text, for any program and for reading on any machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.reports import blocks as b

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNDERLINES: Final = ("=", "-", "~")


def write_text(document: b.Document) -> Iterator[str]:
    """Yield the document line by line, each with its line end."""
    for line in (document.marking, document.header):
        if line:
            yield f"{line}\n"
    for block in document.blocks:
        yield from (f"{line}\n" for line in _lines(block))


def _lines(block: b.Block) -> Iterator[str]:
    match block:
        case b.Title(words):
            yield from ("", *_underlined(b.text_of(words), 0))
        case b.Heading(words, level):
            yield from ("", *_underlined(b.text_of(words), level))
        case b.Paragraph(words):
            yield from ("", b.text_of(words))
        case b.NumberedParagraph(number, words):
            yield from ("", f"{number} {b.text_of(words)}")
        case b.Bullet(words, level):
            yield f"{'  ' * level}- {b.text_of(words)}"
        case b.KeyLine(key, value):
            yield f"    {key}: {value}"
        case b.SupportLine(words):
            yield f"    {b.text_of(words)}"
        case b.SpokenPoint(words, speaker):
            yield from ("", f"{speaker}: {b.text_of(words)}" if speaker else b.text_of(words))
        case _:
            yield from _group(block)


def _group(block: b.Box | b.Addressees | b.Signatures | b.PageBreak) -> Iterator[str]:
    match block:
        case b.Box(title, inside):
            yield from ("", b.text_of(title))
            for framed in inside:
                yield from _lines(framed)
        case b.Addressees(lines):
            for line in lines:
                yield b.text_of(line.words)
        case b.Signatures(closing, each):
            yield from ("", b.text_of(closing))
            for signature in each:
                yield from ("", signature.heading, signature.name, *signature.titles)
        case b.PageBreak():
            yield ""


def _underlined(text: str, level: int) -> tuple[str, str]:
    mark = _UNDERLINES[min(level, len(_UNDERLINES) - 1)]
    return text, mark * max(len(text), 1)
