"""A long list of children as inspectors may keep it: no name, no full date of birth, no number.

Finds the header row under title rows, says of every column what it becomes or why it is left out,
and looks at what would be kept once more: a name that stands in another cell goes too. Pure: the
rows come from whoever read them, and nothing is kept here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.long_list_columns import Column, column_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_CHILDREN: Final = 2_000
_LOOKED_THROUGH: Final = 40  # rows above which a header has to stand
_LEAST_KNOWN: Final = 2
_LONGEST: Final = 60
_LEAST_OF_NAME: Final = 3
_SUSPECT: Final = re.compile(
    r"@|\d{5,}|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"
)
_YES: Final = frozenset({"y", "yes", "1", "x", "true", "✓", "✔"})
_NO: Final = frozenset({"", "n", "no", "0", "false", "-", "n/a", "na", "none"})
_BANDS: Final = ((1, "0–1"), (3, "2–3"), (5, "4–5"), (7, "6–7"), (9, "8–9"), (12, "10–12"))
_OLDER_BANDS: Final = ((15, "13–15"), (17, "16–17"))
_GENDERS: Final = {
    **dict.fromkeys(("m", "male", "boy", "1"), "male"),
    **dict.fromkeys(("f", "female", "girl", "2"), "female"),
    **dict.fromkeys(("0", "not known", "unknown", "u"), "not known"),
    **dict.fromkeys(("9", "indeterminate", "i"), "indeterminate"),
}
_STATUSES: Final = {
    **dict.fromkeys(("cin", "child in need", "s17", "section 17"), "child in need"),
    **dict.fromkeys(
        ("cp", "cpp", "child protection", "child protection plan", "s47"), "child protection plan"
    ),
    **dict.fromkeys(
        ("cla", "lac", "cic", "looked after", "looked after child", "child in care", "in care"),
        "child in care",
    ),
    **dict.fromkeys(("eh", "early help", "ehm"), "early help"),
    **dict.fromkeys(("none", "closed", "nfa", "no current help"), "none"),
}
_DATES: Final = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[T ].*)?"),
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})"),
)
_CENTURY: Final = 100
_OLDEST: Final = 25


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one column: its header, and what it becomes or why it is left out."""

    header: str
    words: str


@dataclass(frozen=True, slots=True)
class Child:
    """One child as it would be kept."""

    age_band: str = ""
    gender: str = ""
    ethnicity: str = ""
    status: str = ""
    agencies: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True, slots=True)
class LongList:
    """What a table comes to: which row is the header, what stays, what goes and why."""

    name: str
    header_row: int
    kept: tuple[Told, ...]
    dropped: tuple[Told, ...]
    children: tuple[Child, ...]
    remarks: tuple[str, ...]


def long_list(name: str, rows: Sequence[Sequence[str]], on: date) -> LongList | None:
    """Return what a table comes to, or None where it is no list of children.

    ``on`` is the day on which ages are taken.
    """
    at = _header_row(rows)
    if at is None:
        return None
    columns = _columns(rows[at], rows[at + 1 :])
    body = [row for row in rows[at + 1 :] if _is_child(row)]
    sifting = _Sifting(columns, on)
    children = [sifting.child(row) for row in body[:MOST_CHILDREN]]
    remarks = list(sifting.remarks())
    if len(body) > MOST_CHILDREN:
        remarks.append(
            f"The table has {len(body):,} rows; the first {MOST_CHILDREN:,} would be taken in."
        )
    headers = [rows[at][one] for one in range(len(rows[at]))]
    return LongList(
        name,
        at + 1,
        tuple(Told(headers[one.at], one.words) for one in columns if one.becomes),
        tuple(Told(headers[one.at], one.words) for one in columns if not one.becomes),
        tuple(children),
        tuple(remarks),
    )


def age_band(years: int) -> str:
    """Return the band that an age in years falls in."""
    for top, band in (*_BANDS, *_OLDER_BANDS):
        if years <= top:
            return band
    return "18 and over"


def _header_row(rows: Sequence[Sequence[str]]) -> int | None:
    best, most = None, 0
    for at, row in enumerate(rows[:_LOOKED_THROUGH]):
        known = [column_of(cell) for cell in row if cell]
        score = sum(one is not None and one.is_known for one in known)
        if score >= _LEAST_KNOWN and score > most and any(one and one.becomes for one in known):
            best, most = at, score
    return best


def _columns(header: Sequence[str], body: Sequence[Sequence[str]]) -> list[Column]:
    found: list[Column] = []
    taken: set[str] = set()
    for at, cell in enumerate(header):
        if not cell:
            if any(len(row) > at and row[at] for row in body):
                found.append(Column(at, "", "has no header, so nothing tells what it holds"))
            continue
        column = column_of(cell, at)
        if column is None:
            continue
        if column.becomes == "agency" and not _is_ticked(body, at):
            column = Column(at, "", "holds more than yes or no, so it could hold a name")
        if column.becomes in taken:
            column = Column(at, "", "says again what another column says")
        if column.becomes and column.becomes != "agency":
            taken.add(column.becomes)
        found.append(column)
    if {"age", "born"} <= taken:
        found = [
            Column(one.at, "", "says again what the date of birth says", is_known=True)
            if one.becomes == "age"
            else one
            for one in found
        ]
    return found


def _is_ticked(body: Sequence[Sequence[str]], at: int) -> bool:
    return all(_at(row, at).casefold() in _YES | _NO for row in body)


def _is_child(row: Sequence[str]) -> bool:
    full = [cell for cell in row if cell]
    return len(full) >= _LEAST_KNOWN and not plain(full[0]).startswith("total")


def _at(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


class _Sifting:
    """Makes a child of each row, and counts what was left out of cells that would be kept."""

    def __init__(self, columns: Iterable[Column], on: date) -> None:
        self._columns = list(columns)
        self._on = on
        self._named = 0
        self._suspect = 0
        self._undated = 0

    def child(self, row: Sequence[str]) -> Child:
        """Return what is kept of a row."""
        names = {
            word
            for one in self._columns
            if one.is_name
            for word in plain(_at(row, one.at)).split()
            if len(word) >= _LEAST_OF_NAME
        }
        kept: dict[str, str] = {}
        agencies: list[str] = []
        for one in self._columns:
            cell = _at(row, one.at)
            if one.becomes == "born":
                kept["age_band"] = self._band(cell)
            elif one.becomes == "age":
                kept["age_band"] = self._band_of_age(cell)
            elif one.becomes == "agency":
                agencies += [one.label] if cell.casefold() in _YES else []
            elif one.becomes == "agencies":
                parts = (self._sifted(part, names) for part in re.split(r"[,;/|]", cell))
                agencies += [part for part in parts if part]
            elif one.becomes:
                kept[one.becomes] = _in_words(one.becomes, self._sifted(cell, names))
        return Child(**kept, agencies=tuple(dict.fromkeys(agencies)))

    def remarks(self) -> Iterable[str]:
        """Yield what was left out of cells that would be kept."""
        if self._named:
            held = "1 value held" if self._named == 1 else f"{self._named} values held"
            yield f"{held} a name and would be left out."
        if self._suspect:
            looked = "1 value looked" if self._suspect == 1 else f"{self._suspect} values looked"
            yield f"{looked} like a date, a number or an address and would be left out."
        if self._undated:
            count = self._undated
            told = "1 child has" if count == 1 else f"{count} children have"
            yield f"{told} no date of birth or age that could be read."

    def _sifted(self, cell: str, names: set[str]) -> str:
        words = " ".join(cell.split())
        if not words:
            return ""
        if names & set(plain(words).split()):
            self._named += 1
            return ""
        if len(words) > _LONGEST or _SUSPECT.search(words):
            self._suspect += 1
            return ""
        return words

    def _band(self, cell: str) -> str:
        if plain(cell) in {"unborn", "edd"}:
            return "unborn"
        born = _date(cell, self._on)
        if born is None:
            self._undated += bool(cell)
            return ""
        if born > self._on:
            return "unborn"
        years = (
            self._on.year - born.year - ((self._on.month, self._on.day) < (born.month, born.day))
        )
        return age_band(years)

    def _band_of_age(self, cell: str) -> str:
        words = plain(cell)
        if "unborn" in words:
            return "unborn"
        if re.search(r"\b(month|months|week|weeks|days?|mths?|wks?)\b", words):
            return age_band(0 if not re.search(r"\b(1[2-9]|[2-9]\d)\s*m", words) else 1)
        found = re.fullmatch(r"(\d{1,2})(?: \d+)?(?: ?(?:y|yr|yrs|year|years)(?: old)?)?", words)
        if found is None:
            self._undated += bool(cell)
            return ""
        return age_band(int(found.group(1)))


def _in_words(field: str, words: str) -> str:
    if field == "gender":
        return _GENDERS.get(words.casefold(), words)
    if field == "status":
        return _STATUSES.get(plain(words), words)
    return words


def _date(cell: str, on: date) -> date | None:
    for shape in _DATES:
        found = shape.fullmatch(cell.strip())
        if found is None:
            continue
        year = int(found["year"])
        if year < _CENTURY:
            year += on.year // _CENTURY * _CENTURY
            year -= _CENTURY if year > on.year + 1 else 0
        try:
            day = date(year, int(found["month"]), int(found["day"]))
        except ValueError:
            return None
        return day if on.year - _OLDEST <= day.year <= on.year + 1 else None
    return None


def balance(children: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Return, in words, who the chosen children are: age, status, gender, ethnicity, agencies."""
    told: list[str] = []
    for field, name in (
        ("age_band", "Age"),
        ("status", "Status"),
        ("gender", "Gender"),
        ("ethnicity", "Ethnicity"),
        ("area", "Area"),
    ):
        counts: dict[str, int] = {}
        for one in children:
            value = str(one.get(field) or "") or "not said"
            if field == "age_band" and value[0].isdigit():
                value = f"aged {value}"
            counts[value] = counts.get(value, 0) + 1
        if set(counts) - {"not said"}:
            told.append(f"{name}: {_counted(counts)}.")
    agencies: dict[str, int] = {}
    for one in children:
        held = one.get("agencies")
        for agency in held if isinstance(held, list | tuple) else ():
            agencies[str(agency)] = agencies.get(str(agency), 0) + 1
    if agencies:
        told.append(f"Agencies: {_counted(agencies, total=len(children))}.")
    return tuple(told)


def _counted(counts: Mapping[str, int], total: int = 0) -> str:

    def place(value: str) -> tuple[bool, int, str]:
        number = re.search(r"\d+", value)
        return value == "not said", int(number.group()) if number else -1, value.casefold()

    ordered = sorted(counts.items(), key=lambda one: place(one[0]))
    of = f" of {total}" if total else ""
    return ", ".join(f"{count}{of} {value}" for value, count in ordered)
