"""A document as one neutral list of typed blocks, which every writer and the preview read.

Text here is plain: nothing in it is markup, whatever it looks like. Every block carries the id
of the record its words come from, so that a sentence on a page can lead back to its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A mark in the running text and what stands at the foot of the page for it."""

    mark: str
    text: str
    source_id: str = ""


Words: TypeAlias = tuple[Run | Footnote, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The document's own name on its first page; there is one."""

    words: Words
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title; level 1 stands highest."""

    words: Words
    level: int = 1
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    words: Words
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """Running text with a number that is printed as given, never counted anew."""

    number: str
    words: Words
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item of a list; level 2 stands under the level 1 before it."""

    words: Words
    level: int = 1
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks set apart in a frame, which may run over a page's end. Boxes do not nest."""

    title: Words
    blocks: tuple[Block, ...]
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Addressees:
    """Those the letter is sent to, one paragraph each."""

    lines: tuple[Paragraph, ...]
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One who signs: body, space to sign in, name, and titles line by line."""

    heading: str
    name: str
    titles: tuple[str, ...] = ()
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The closing words and any number of signatures, two in a row or one above another."""

    closing: Words
    each: tuple[Signature, ...]
    layout: Literal["grid", "list"] = "list"
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class SpokenPoint:
    """One point to be read out, in large type, with a quiet label for who speaks."""

    words: Words
    speaker: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class SupportLine:
    """A small line about what stands under the block before it."""

    words: Words
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A small line of the form "Name: value"."""

    key: str
    value: str
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""

    source_id: str = ""


Block: TypeAlias = (
    Title
    | Heading
    | Paragraph
    | NumberedParagraph
    | Bullet
    | Box
    | Addressees
    | Signatures
    | SpokenPoint
    | SupportLine
    | KeyLine
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. The marking stands on every page; ``date`` is the only date in the file.

    ``shows_sources`` says whether an output may carry the blocks' record ids at all, and
    ``large`` that headings are set to be read from a lectern.
    """

    title: str
    blocks: tuple[Block, ...]
    subject: str = ""
    language: str = "en-GB"
    marking: str = ""
    header: str = ""
    footer: str = ""
    date: date | None = None
    shows_sources: bool = False
    large: bool = False


def plain(text: str) -> Words:
    """Return words of one ordinary run."""
    return (Run(text),)


def separated(words: Words) -> Iterator[tuple[Run | Footnote, str]]:
    """Yield each run and footnote with the comma a mark needs that follows another mark.

    Without it the marks 1 and 2 side by side would read as twelve.
    """
    before: Run | Footnote | None = None
    for one in words:
        both = isinstance(before, Footnote) and isinstance(one, Footnote)
        yield one, "," if both else ""
        before = one


def footnotes_of(words: Words) -> Iterator[Footnote]:
    """Yield the footnotes among these words, in order."""
    return (one for one in words if isinstance(one, Footnote))


def text_of(words: Words) -> str:
    """Return the running text alone, without marks."""
    return "".join(one.text for one in words if isinstance(one, Run))
