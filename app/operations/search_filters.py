"""What narrows a search: by whom, agency, child, day, kind, code, or that nothing is coded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from app.domain.dates import parse
from app.domain.kinds.registry import KINDS, NOTE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.domain.records import Record
    from app.operations.view import View

FILTERS: Final = ("by", "agency", "child", "day", "kind", "code")
UNCODED: Final = "uncoded"
_TERM: Final = re.compile(rf'\b({"|".join(FILTERS)}):("[^"]*"?|\S*)', re.IGNORECASE)
_UNCODED: Final = re.compile(rf"(?<!\S){UNCODED}(?!\S)", re.IGNORECASE)
_WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_DAY: Final = 2  # letters that tell Tuesday from Thursday
_NAMES: Final = {
    "by": ("initials", "name", "role", "short_name"),
    "agency": ("short_name", "name", "sector"),
    "child": ("code",),
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was asked: the words to find, and what each hit has to be."""

    words: str
    terms: tuple[tuple[str, str], ...] = ()
    is_uncoded: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether anything but words was asked for."""
        return bool(self.terms) or self.is_uncoded


def narrowed(text: str) -> Narrowed:
    """Take the filters out of what was typed. A filter with nothing after it waits for more."""
    terms: list[tuple[str, str]] = []

    def taken(found: re.Match[str]) -> str:
        value = found[2].strip('"').strip().casefold()
        if value:
            terms.append((found[1].casefold(), value))
        return " "

    words = _TERM.sub(taken, text)
    rest, uncoded = _UNCODED.subn(" ", words)
    return Narrowed(" ".join(rest.split()), tuple(terms), bool(uncoded))


class Sieve:
    """Tells which records fit the filters, for many records at once."""

    def __init__(self, view: View, asked: Narrowed) -> None:
        """Look up whom and what the filters name."""
        self._view, self._asked = view, asked
        self._named = {
            name: frozenset(_named(view, name, value))
            for name, value in asked.terms
            if name in _NAMES
        }
        self._days = [frozenset(_days(view, value)) for name, value in asked.terms if name == "day"]
        self._kinds = [value for name, value in asked.terms if name == "kind"]
        self._codes = [value for name, value in asked.terms if name == "code"]

    def passing(self, found: Sequence[Record]) -> Iterator[Record]:
        """Yield those that fit, in their order. A part is judged with what it is part of."""
        owners = self._view.records.get_many({one.text("note") for one in found} - {""})
        codes = self._view.records.parts_of_each(
            [one.id for one in found if one.kind == "paragraph"], "code"
        )
        for one in found:
            owner = owners.get(one.text("note"), one)
            if self._fits(one, owner, codes.get(one.id, [])):
                yield one

    def notes(self) -> list[Record]:
        """Return the notes whose paragraphs could fit, the newest first."""
        found = [
            one
            for one in self._view.records.of_kind(*NOTE_KINDS)
            if all(_date_of(one) in days for days in self._days)
        ]
        return sorted(found, key=lambda one: (_date_of(one), one.text("start")), reverse=True)

    def _fits(self, one: Record, owner: Record, codes: Sequence[Record]) -> bool:
        if self._asked.is_uncoded and (one.kind != "paragraph" or codes):
            return False
        return (
            all(_date_of(owner) in days for days in self._days)
            and all(_is_kind(one, owner, value) for value in self._kinds)
            and all(
                any(code.text("criterion").casefold().startswith(value) for code in codes)
                for value in self._codes
            )
            and all(self._touches(name, one, owner, codes) for name in self._named)
        )

    def _touches(self, name: str, one: Record, owner: Record, codes: Sequence[Record]) -> bool:
        wanted = self._named[name]
        if name == "by":
            return (one.text("author") or owner.text("author")) in wanted
        plural = {"agency": "agencies", "child": "children"}[name]
        held = {owner.text(name), *owner.texts(plural), *one.texts(plural)}
        return not wanted.isdisjoint(held | {code.text(name) for code in codes})


def _named(view: View, name: str, value: str) -> Iterator[str]:
    """The ids of the people, agencies or children that a word names."""
    if name == "by":
        short = {
            one.id: one.text("short_name").casefold()
            for one in view.records.of_kind("inspectorate")
        }
        for one in view.records.of_kind("person"):
            if _says(one, _NAMES["by"], value) or short.get(one.text("inspectorate")) == value:
                yield one.id
        return
    for one in view.records.of_kind(name):
        if name == "child" and one.text("code").casefold() != value:
            continue
        if _says(one, _NAMES[name], value):
            yield one.id


def _says(one: Record, fields: Iterable[str], value: str) -> bool:
    return any(value in one.text(field).casefold() for field in fields)


def _is_kind(one: Record, owner: Record, value: str) -> bool:
    return any(
        value in KINDS[kind].label.casefold() for kind in {one.kind, owner.kind} & KINDS.keys()
    )


def _date_of(note: Record) -> str:
    return note.text("date")


def _days(view: View, value: str) -> Iterator[str]:
    """The dates that a word means: one, a day of the week on site, today or yesterday."""
    exact = parse(value)
    today = view.clock.now().astimezone().date()
    near: Mapping[str, int] = {"today": 0, "yesterday": 1}
    if exact is not None:
        yield exact.isoformat()
    elif value in near:
        yield (today - timedelta(near[value])).isoformat()
    elif len(value) >= _SHORTEST_DAY:
        for note in view.records.of_kind(*NOTE_KINDS):
            day = parse(note.text("date"))
            if day is not None and _WEEK[day.weekday()].startswith(value):
                yield note.text("date")
