"""Writes a document as one HTML file: no script, nothing fetched, styles inside.

The content security policy names the hash of the one style sheet, so even a reader's browser
that meets hostile text would run and load nothing. All text is escaped as it is set.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from app.reports import blocks as b
from app.reports.html_style import style_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FIRST_HEADING = 2
_LAST_HEADING = 6


def write_html(document: b.Document) -> bytes:
    """Return the document as the bytes of an HTML file; equal documents give equal bytes."""
    writer = _Writer(shows_sources=document.shows_sources)
    body = "\n".join(writer.all(document.blocks))
    style = style_sheet(document.marking)
    banner = _part("p", document.marking, "marking")
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{escape(document.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f'<meta name="description" content="{escape(document.subject)}">',
        f'<meta name="classification" content="{escape(document.marking)}">',
        f"<title>{escape(document.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        '<body class="large">' if document.large else "<body>",
        f"<header>{banner}{_part('p', document.header)}</header>",
        f"<main>\n{body}\n{writer.notes()}</main>",
        f"<footer>{banner}{_part('p', document.footer)}</footer>",
        "</body>",
        "</html>",
    )
    return ("\n".join(lines) + "\n").encode()


def _policy(style: str) -> str:
    named = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{named}'; base-uri 'none'; form-action 'none'"


def _part(tag: str, text: str, kind: str = "") -> str:
    if not text:
        return ""
    named = f' class="{kind}"' if kind else ""
    return f"<{tag}{named}>{_text(text)}</{tag}>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


class _Writer:
    """Turns blocks into elements, gathering the footnotes it meets."""

    def __init__(self, *, shows_sources: bool) -> None:
        self._shows_sources = shows_sources
        self._notes: list[b.Footnote] = []
        self._count = 0

    def all(self, blocks: Iterable[b.Block], depth: int = 0) -> Iterator[str]:
        """Yield each block as an element; bullets in a row become one list."""
        for bullets, run in groupby(blocks, lambda one: isinstance(one, b.Bullet)):
            if bullets:
                yield self._list([one for one in run if isinstance(one, b.Bullet)])
            else:
                yield from (self._block(one, depth) for one in run)

    def notes(self) -> str:
        """Return the section of footnotes, each linked back to its mark."""
        if not self._notes:
            return ""
        items = "\n".join(
            f'<p id="note-{at}"{self._source(one)}>{escape(one.mark)} {_text(one.text)} '
            f'<a href="#mark-{at}">Back to text</a></p>'
            for at, one in enumerate(self._notes, start=1)
        )
        return (
            '<section class="notes" aria-labelledby="notes">\n'
            f'<h2 id="notes">Footnotes</h2>\n{items}\n</section>\n'
        )

    def _block(self, block: b.Block, depth: int) -> str:
        match block:
            case b.Title(words):
                return self._element("h1", block, self._words(words))
            case b.Heading(words, level):
                tag = f"h{min(level + depth + _FIRST_HEADING - 1, _LAST_HEADING)}"
                return self._element(tag, block, self._words(words))
            case b.PageBreak():
                return self._element("div", block, "", "break")
            case b.Box() | b.Addressees() | b.Signatures() | b.SpokenPoint():
                return self._group(block, depth)
            case _:
                return self._line(block)

    def _line(
        self,
        block: b.Paragraph | b.Bullet | b.NumberedParagraph | b.KeyLine | b.SupportLine,
    ) -> str:
        match block:
            case b.NumberedParagraph(number, words):
                label = f'<span class="number">{_text(number)}</span> '
                return self._element("p", block, label + self._words(words), "numbered")
            case b.KeyLine(key, value):
                label = f"<strong>{_text(key)}:</strong> "
                return self._element("p", block, label + _text(value), "support")
            case b.SupportLine(words):
                return self._element("p", block, self._words(words), "support")
            case b.Paragraph(words) | b.Bullet(words):
                return self._element("p", block, self._words(words))

    def _element(self, tag: str, block: b.Block, inside: str, kind: str = "") -> str:
        named = f' class="{kind}"' if kind else ""
        return f"<{tag}{named}{self._named(block)}>{inside}</{tag}>"

    def _group(self, block: b.Box | b.Addressees | b.Signatures | b.SpokenPoint, depth: int) -> str:
        named = self._named(block)
        match block:
            case b.Box(title, inside):
                tag = f"h{_FIRST_HEADING + 1}"
                head = f'<{tag} class="box-title">{self._words(title)}</{tag}>\n' if title else ""
                body = "\n".join(self.all(inside, depth + 1))
                return f'<aside class="box"{named}>\n{head}{body}\n</aside>'
            case b.Addressees(lines):
                body = "\n".join(self.all(lines))
                return f'<div class="addressees"{named}>\n{body}\n</div>'
            case b.SpokenPoint(words, speaker):
                label = _part("span", speaker, "speaker")
                return f'<p class="spoken"{named}>{label}{self._words(words)}</p>'
            case b.Signatures(closing, each, layout):
                head = f"<p>{self._words(closing)}</p>\n" if closing else ""
                body = "\n".join(self._signature(one) for one in each)
                return f'<section class="signatures {layout}"{named}>\n{head}{body}\n</section>'

    def _signature(self, one: b.Signature) -> str:
        parts = (
            _part("p", one.heading, "body"),
            '<div class="space"></div>',
            _part("p", one.name, "name"),
            *(_part("p", title) for title in one.titles),
        )
        return f'<div class="signature"{self._named(one)}>{"".join(parts)}</div>'

    def _list(self, bullets: list[b.Bullet]) -> str:
        """Nest bullets by level; a list that begins at level 2 is simply a list."""
        parts: list[str] = []
        depth = 0
        for bullet in bullets:
            level = min(bullet.level, depth + 1)
            if level > depth:
                parts.append("<ul>")
            else:
                parts.append("</li>" + "</ul></li>" * (depth - level))
            depth = level
            parts.append(f"<li{self._named(bullet)}>{self._words(bullet.words)}")
        return "".join(parts) + "</li></ul>" * depth

    def _words(self, words: b.Words) -> str:
        return "".join(self._inline(one, comma) for one, comma in b.separated(words))

    def _inline(self, one: b.Run | b.Footnote, comma: str) -> str:
        if isinstance(one, b.Run):
            return f"<strong>{_text(one.text)}</strong>" if one.bold else _text(one.text)
        self._notes.append(one)
        at = len(self._notes)
        label = f'aria-label="Footnote {escape(one.mark)}"'
        return (
            f'<sup>{comma}<a id="mark-{at}" href="#note-{at}" {label}>{escape(one.mark)}</a></sup>'
        )

    def _named(self, block: b.Block | b.Signature) -> str:
        self._count += 1
        return f' id="block-{self._count}"{self._source(block)}'

    def _source(self, one: b.Block | b.Signature | b.Footnote) -> str:
        if not (self._shows_sources and one.source_id):
            return ""
        return f' data-source="{escape(one.source_id)}"'
