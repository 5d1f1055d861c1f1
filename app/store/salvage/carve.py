"""Walks every page of a store and its log and takes the rows that it knows by their shape.

Old pages are as good as new ones: a revision never changes, so any copy of it that its hash
covers is the revision. Of what does change the newest is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from app.store.salvage import shapes
from app.store.salvage.cells import Cell, cell_at, cell_content_at, cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.domain.revisions import Dot
    from app.store.salvage.cells import Value
    from app.store.salvage.shapes import (
        FoundCopy,
        FoundDraft,
        FoundHead,
        FoundRevision,
        Words,
    )
    from app.store.salvage.sources import Page, Pages

_MARK: Final = b'[1,"'
_TELL_EVERY: Final = 256
# Size and rowid, before a row's header.
_LONGEST_BEGINNING: Final = 12
# How rows of the tables we know begin: the size of the header, then a kind for each value.
_TEXT: Final = rb"(?:[\x0d-\x7f]|[\x81-\xff][\x80-\xff]{0,2}[\x00-\x7f])"
_NUMBER: Final = rb"[\x01-\x06\x08\x09]"
_HEADER: Final = re.compile(
    rb"(?=[\x05-\x28](?:%(text)s{4}|\x00(?:%(number)s{2}%(text)s{2}\x4c|%(number)s\x4c%(number)s|"
    rb"\x4d[\x08\x09]|%(text)s{4}%(number)s{2}%(text)s)))" % {b"text": _TEXT, b"number": _NUMBER}
)
# What a page of a table, an index or overflowing text begins with.
_KINDS_OF_PAGE: Final = frozenset({0x00, 0x02, 0x05, 0x0A, 0x0D})


class Noted(NamedTuple):
    """What a store held to be a device's newest revision; the device is empty where it is lost."""

    device: str
    number: int
    hash: bytes


@dataclass
class Finds:
    """What was found so far, in one file or several: revisions by their hash."""

    revisions: dict[bytes, FoundRevision] = field(default_factory=dict)
    asked: set[bytes] = field(default_factory=set)  # those the engine itself could read
    devices: dict[int, str] = field(default_factory=dict)
    heads: set[FoundHead] = field(default_factory=set)
    noted: set[Noted] = field(default_factory=set)
    drafts: dict[str, FoundDraft] = field(default_factory=dict)
    copies: dict[str, FoundCopy] = field(default_factory=dict)
    words: set[Words] = field(default_factory=set)
    spoilt_rows: int = 0

    def take_body(self, body: str, stored: bytes, seq: int | None) -> bool:
        """Keep a revision if its hash covers its body; say whether it does."""
        held = self.revisions.get(stored)
        if held is not None and (held.seq is not None or seq is None):
            return True
        found = shapes.revision_in(body, stored, seq)
        if found is None:
            return False
        self.revisions[stored] = found
        return True

    def take_draft(self, draft: FoundDraft) -> None:
        """Keep a draft if it is the newest of its record."""
        held = self.drafts.get(draft.record)
        if held is None or (held.at, held.is_proven) < (draft.at, draft.is_proven):
            self.drafts[draft.record] = draft

    def take_copy(self, copy: FoundCopy) -> None:
        """Keep a record's derived copy if it is the newest."""
        held = self.copies.get(copy.id)
        newer = (copy.changed_at, copy.is_proven)
        if held is None or (held.changed_at, held.is_proven) < newer:
            self.copies[copy.id] = copy

    def settle(self) -> None:
        """Name the devices of the heads found: their keys mean something in one file alone."""
        for device, number, stored, _at in self.heads:
            self.noted.add(Noted(self.devices.get(device, ""), number, stored))
        self.devices, self.heads = {}, set()

    def unproven(self) -> list[Words]:
        """Return the spoilt words of revisions of which no whole copy was found."""
        proven = {one.revision.dot for one in self.revisions.values()}
        longest: dict[Dot, Words] = {}
        for one in self.words - {one for one in self.words if one.dot in proven}:
            held = longest.get(one.dot)
            if held is None or len(held.text) < len(one.text):
                longest[one.dot] = one
        return sorted(longest.values())


def carve(pages: Pages, finds: Finds, progress: Callable[[int, int], None]) -> None:
    """Add every row that the pages give up to what was found."""
    carver = _Carver(pages, finds)
    total = len(pages)
    for index, page in enumerate(pages, 1):
        carver.take(page)
        if index % _TELL_EVERY == 0:
            progress(index, total)
    if total:
        progress(total, total)


class _Carver:
    def __init__(self, pages: Pages, finds: Finds) -> None:
        self._pages = pages
        self._finds = finds

    def take(self, page: Page) -> None:
        """Take the rows of one page; of a spoilt page also those its own list doesn't name."""
        listed, senseless = cells(page.content, page.number)
        self._finds.spoilt_rows += senseless
        for cell in listed:
            self._take_cell(cell, page)
        is_whole = not senseless and page.content[0] in _KINDS_OF_PAGE
        if page.is_proven or (is_whole and not self._pages.can_prove):
            return
        for body, stored in shapes.revisions_among(page.content):
            self._finds.take_body(body, stored, None)
        for cell in _anywhere(page.content):
            self._take_cell(cell, page)
        self._finds.words.update(shapes.words_in(page.content))

    def _take_cell(self, cell: Cell, page: Page) -> None:
        def overflow(number: int) -> list[bytes]:
            versions = (one.content for one in self._pages.versions(number, page.place))
            return list(dict.fromkeys(versions))

        spoilt: bytes | None = None
        for values in cell.rows(overflow):
            body = shapes.as_revision(values)
            if body is None:
                spoilt = spoilt or _text_of(values)
                if spoilt is None:
                    self._take_other(cell.rowid, values, is_proven=page.is_proven)
                    return
            elif self._finds.take_body(*body, cell.rowid):
                return
            else:
                spoilt = spoilt or body[0].encode()
        # No combination of pages proves it: what is left of the words, to be read with care.
        if spoilt is None and cell.goes_on_at and _MARK in cell.local:
            spoilt = cell.local
        if spoilt is not None:
            self._finds.words.update(shapes.words_in(spoilt))

    def _take_other(self, rowid: int, values: Sequence[Value], *, is_proven: bool) -> None:
        if (device := shapes.as_device(values)) is not None:
            self._finds.devices.setdefault(rowid, device)
        elif (head := shapes.as_head(rowid, values)) is not None:
            self._finds.heads.add(head)
        elif (draft := shapes.as_draft(values)) is not None:
            self._finds.take_draft(draft._replace(is_proven=is_proven))
        elif (copy := shapes.as_copy(values)) is not None:
            self._finds.take_copy(copy._replace(is_proven=is_proven))


def _anywhere(content: bytes) -> Iterator[Cell]:
    """Yield whatever could be a row of the tables we know, though no list names it."""
    for match in _HEADER.finditer(content):
        header_at = match.start()
        for start in range(max(0, header_at - _LONGEST_BEGINNING), header_at - 1):
            if cell_content_at(content, start) == header_at:
                cell = cell_at(content, start)
                if cell is not None:
                    yield cell


def _text_of(values: Sequence[Value]) -> bytes | None:
    """Return the bytes of a row in which spoilt revision text stands."""
    return next((one for one in values if isinstance(one, bytes) and _MARK in one), None)
