"""How a kind of record is described: its name, its fields, what is searched."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Type(StrEnum):
    """What a field holds."""

    TEXT = "text"  # any words, with line breaks
    LINE = "line"  # words on one line
    LINES = "lines"  # a list of lines
    CHOICE = "choice"  # one of the named choices
    FLAG = "flag"  # true or false
    COUNT = "count"  # a whole number from 0
    DATE = "date"  # 2026-11-24
    TIME = "time"  # 14:02
    INSTANT = "instant"  # 2026-11-24T14:02:07+00:00
    REF = "ref"  # the id of a record of a named kind
    REFS = "refs"  # a list of such ids
    ORDER = "order"  # a fractional index among siblings


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind. ``of`` names the kinds a reference may lead to.

    What ``stays_here`` is never written anywhere in the open: it opens something sealed.
    """

    name: str
    type: Type
    label: str
    choices: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    required: bool = False
    stays_here: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    ``owner`` is the field that names the record it is part of; ``search`` the fields whose
    words are found by searching; ``source`` where its shape comes from.
    """

    name: str
    label: str
    fields: tuple[Field, ...]
    owner: str = ""
    search: tuple[str, ...] = ()
    is_note: bool = False
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the fields by name."""
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})


def text(name: str, label: str) -> Field:
    """Return a field of any words."""
    return Field(name, Type.TEXT, label)


def line(name: str, label: str, *, required: bool = False) -> Field:
    """Return a field of words on one line."""
    return Field(name, Type.LINE, label, required=required)


def lines(name: str, label: str) -> Field:
    """Return a field of several lines."""
    return Field(name, Type.LINES, label)


def choice(name: str, label: str, *choices: str, required: bool = False) -> Field:
    """Return a field with named choices."""
    return Field(name, Type.CHOICE, label, choices=choices, required=required)


def flag(name: str, label: str) -> Field:
    """Return a yes-or-no field."""
    return Field(name, Type.FLAG, label)


def count(name: str, label: str) -> Field:
    """Return a whole-number field."""
    return Field(name, Type.COUNT, label)


def date(name: str, label: str) -> Field:
    """Return a calendar date."""
    return Field(name, Type.DATE, label)


def time(name: str, label: str) -> Field:
    """Return a time of day."""
    return Field(name, Type.TIME, label)


def instant(name: str, label: str) -> Field:
    """Return a moment, with its offset from UTC."""
    return Field(name, Type.INSTANT, label)


def ref(name: str, label: str, *of: str, required: bool = False) -> Field:
    """Return a reference to a record of one of the kinds ``of``."""
    return Field(name, Type.REF, label, of=of, required=required)


def refs(name: str, label: str, *of: str) -> Field:
    """Return references to records of the kinds ``of``."""
    return Field(name, Type.REFS, label, of=of)


def order(name: str = "position") -> Field:
    """Return a place among siblings."""
    return Field(name, Type.ORDER, "place")
