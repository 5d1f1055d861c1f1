"""Lays out whatever was salvaged of an inspection, so that a person can read all of it.

Unlike the brief and the letter it leaves nothing out: deleted records, every version of a fork,
fields this version doesn't know, drafts, and words that no hash proves, each marked as what it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.kinds.registry import KINDS, NOTE_KINDS, label_of
from app.domain.kinds.spec import Type
from app.domain.revisions import DELETED, canonical
from app.reports.blocks import (
    Document,
    Heading,
    KeyLine,
    Paragraph,
    Run,
    SupportLine,
    Title,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.reports.blocks import Block

_NAMES: Final = ("ref", "initials", "short_name", "name", "code", "title", "statement", "area")
_LONGEST_NAME: Final = 60
# Shown in the heading, in the running text, or by where the record stands.
_PARAGRAPH_SHOWN: Final = frozenset(
    {"note", "position", "text", "type", "speaker", "author", "typed_at"}
)


@dataclass(frozen=True, slots=True)
class Loose:
    """Words that are in no record: what they are, and the words."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was salvaged, to be read. ``unproven`` are ids of records that no hash proves."""

    records: Sequence[Record]
    unproven: Collection[str] = frozenset()
    drafts: Sequence[Loose] = ()
    fragments: Sequence[Loose] = ()
    remarks: Sequence[str] = field(default_factory=tuple)


def salvaged_document(salvaged: Salvaged) -> Document:
    """Return everything as one document: notes first, in the order of their days."""
    inspection = next((one for one in salvaged.records if one.kind == "inspection"), None)
    area = "" if inspection is None else inspection.text("area")
    marking = "" if inspection is None else inspection.text("marking")
    return Document(
        title=f"{area or 'Inspection'}: what was salvaged",
        blocks=tuple(_Layout(salvaged).blocks(area)),
        subject="Salvaged notes",
        marking=marking,
        header="Salvaged. Not encrypted.",
        shows_sources=True,
    )


class _Layout:
    def __init__(self, salvaged: Salvaged) -> None:
        self._salvaged = salvaged
        self._names = {one.id: _name(one) for one in salvaged.records}
        self._parts: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
        for one in salvaged.records:
            kind = KINDS.get(one.kind)
            self._parts[(one.kind, one.text(kind.owner) if kind and kind.owner else "")].append(one)

    def blocks(self, area: str) -> Iterator[Block]:
        """Yield the whole document."""
        yield Title(plain(f"{area or 'Inspection'}: what was salvaged"))
        for remark in self._salvaged.remarks:
            yield Paragraph(plain(remark))
        yield from self._loose("Words on screen that were not yet saved", self._salvaged.drafts)
        by_kind: defaultdict[str, list[Record]] = defaultdict(list)
        for one in self._salvaged.records:
            by_kind[one.kind].append(one)
        notes = [one for kind in NOTE_KINDS for one in by_kind.pop(kind, ())]
        for note in sorted(notes, key=lambda one: (one.text("date"), one.text("start"), one.id)):
            yield from self._note(note)
        paragraphs = by_kind.pop("paragraph", [])
        yield from self._parentless(paragraphs, {one.id for one in notes})
        stood = {one.id for one in paragraphs}
        by_kind["code"] = [one for one in by_kind["code"] if one.text("paragraph") not in stood]
        order = {kind: index for index, kind in enumerate(KINDS)}
        held = (kind for kind, records in by_kind.items() if records)
        for kind in sorted(held, key=lambda one: (order.get(one, len(order)), one)):
            yield Heading(plain(label_of(kind)))
            for one in sorted(by_kind[kind], key=lambda one: (one.text("position"), one.id)):
                yield from self._record(one)
        yield from self._loose("Fragments that nothing proves", self._salvaged.fragments)

    def _note(self, note: Record) -> Iterator[Block]:
        label = KINDS[note.kind].label
        named = " · ".join(part for part in (note.text("ref"), note.text("title")) if part)
        yield Heading(plain(f"{label}: {named}" if named else label), source_id=note.id)
        yield from self._fields(note, {"ref", "title"})
        for one in sorted(
            self._parts[("paragraph", note.id)], key=lambda one: (one.text("position"), one.id)
        ):
            yield from self._paragraph(one)

    def _parentless(self, paragraphs: Iterable[Record], notes: set[str]) -> Iterator[Block]:
        alone = [one for one in paragraphs if one.text("note") not in notes]
        if alone:
            yield Heading(plain("Paragraphs whose note could not be read"))
        for one in sorted(alone, key=lambda one: (one.text("note"), one.text("position"), one.id)):
            yield from self._paragraph(one)

    def _paragraph(self, one: Record) -> Iterator[Block]:
        words = one.text("text")
        shown = f"“{words}”" if one.text("type") == "verbatim" and words else words
        for line in shown.splitlines() or ["(no words)"]:
            yield Paragraph(plain(line), one.id)
        about = (
            one.text("type"),
            one.text("speaker"),
            self._names.get(one.text("author"), one.text("author")),
            _moment(one.text("typed_at")),
        )
        said = " · ".join(part for part in about if part)
        if said:
            yield SupportLine(plain(said), one.id)
        yield from self._fields(one, _PARAGRAPH_SHOWN)
        for code in self._parts[("code", one.id)]:
            yield SupportLine(plain(f"Code: {self._code(code)}"), code.id)

    def _code(self, code: Record) -> str:
        names = (code.text(name) for name in ("criterion", "weight"))
        led_to = (self._names.get(code.text(name), code.text(name)) for name in ("agency", "child"))
        return " · ".join(part for part in (f"“{code.text('quote')}”", *names, *led_to) if part)

    def _record(self, one: Record) -> Iterator[Block]:
        yield Paragraph((Run(_name(one) or one.id, bold=True),), one.id)
        yield from self._fields(one, frozenset())

    def _fields(self, one: Record, shown: Collection[str]) -> Iterator[Block]:
        """Yield every field that isn't shown elsewhere, and all other versions of any."""
        kind = KINDS.get(one.kind)
        known = kind.by_name if kind is not None else {}
        order = {name: index for index, name in enumerate(known)}
        for name in sorted(one.fields, key=lambda name: (order.get(name, len(order)), name)):
            value = one.fields[name]
            label = known[name].label if name in known else name
            if (
                name not in shown
                and not (name in known and known[name].stays_here)
                and name not in {DELETED, "position"}
                and value not in (None, "")
            ):
                yield KeyLine(
                    label, self._value(value, known[name].type if name in known else None), one.id
                )
            for other in one.forks.get(name, ())[1:]:
                said = self._value(other, known[name].type if name in known else None)
                yield KeyLine(f"{label}, another version", said, one.id)
        if one.is_deleted:
            yield KeyLine("deleted", "yes", one.id)
        if one.id in self._salvaged.unproven:
            yield SupportLine(plain("From a copy: the change itself could not be read."), one.id)

    def _value(self, value: Json, held: Type | None) -> str:
        if isinstance(value, str):
            return self._names.get(value, value) if held is Type.REF else _moment(value, held)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            listed = [str(one) for one in value]
            return ", ".join(
                self._names.get(one, one) if held is Type.REFS else one for one in listed
            )
        return canonical(value)

    def _loose(self, heading: str, loose: Sequence[Loose]) -> Iterator[Block]:
        if loose:
            yield Heading(plain(heading))
        for one in loose:
            yield SupportLine(plain(one.what))
            for line in one.words.splitlines():
                yield Paragraph(plain(line))


def _name(record: Record) -> str:
    """Return what a person would call a record."""
    found = next((text for name in _NAMES if (text := record.text(name))), "")
    return found if len(found) <= _LONGEST_NAME else f"{found[:_LONGEST_NAME]}…"


def _moment(iso: str, held: Type | None = Type.INSTANT) -> str:
    """Return "2026-11-24 14:02" for an instant; anything else as it is."""
    is_instant = held is Type.INSTANT and iso[10:11] == "T"
    return f"{iso[:10]} {iso[11:16]}" if is_instant else iso
