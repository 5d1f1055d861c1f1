"""What a pack says, once read: criteria and their prompts, the shape of a letter and a brief.

Packs are data so that what changes between years and themes needs no new program.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing inspectors evaluate. ``code`` is short and stable, such as A6."""

    code: str
    label: str
    group: str
    prompts: tuple[str, ...]
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A named choice: a key used in records, and the words people read."""

    key: str
    label: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework pack: what one kind of inspection asks, in which year."""

    id: str
    version: int
    title: str
    theme: str
    criteria: tuple[Criterion, ...]
    stages: tuple[str, ...]
    finding_types: tuple[Term, ...]
    synonyms: tuple[tuple[str, ...], ...] = ()

    def criterion(self, code: str) -> Criterion | None:
        """Return the criterion with this code, if the pack has it."""
        return next((one for one in self.criteria if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a letter or brief, in the order it is printed or spoken.

    ``finding_types`` say which findings belong here; an ``optional`` section is left out when
    it would be empty. ``subheadings`` are offered, never forced; ``boxes`` are the headings of
    boxed studies that close the section.
    """

    key: str
    heading: str
    finding_types: tuple[str, ...] = ()
    block: str = "paragraph"
    optional: bool = False
    script: tuple[str, ...] = ()
    subheadings: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterLayout:
    """The shape of a letter.

    ``salutation`` and ``subject`` may hold {area} and {theme}. ``signatures``: "grid" sets
    signature blocks two by two, "list" one above another.
    """

    id: str
    version: int
    title: str
    salutation: str
    subject: str
    closing: str
    signatures: str
    bullet: str
    sections: tuple[Section, ...]
    from_year: int = 0


@dataclass(frozen=True, slots=True)
class BriefLayout:
    """The running order of verbal feedback."""

    id: str
    version: int
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One choice of a list: ``key`` is kept in records, the words are read by people.

    ``periods`` are years from and to, None while it lasts; no periods means always.
    ``percent`` is the range a quantity word is often used for: a suggestion, never a rule.
    """

    key: str
    label: str
    plural: str = ""
    short: str = ""
    group: str = ""
    note: str = ""
    periods: tuple[tuple[int, int | None], ...] = ()
    percent: tuple[int, int] | None = None

    def is_used_in(self, year: int) -> bool:
        """Return whether the choice belongs to this year."""
        return not self.periods or any(
            start <= year and (end is None or year <= end) for start, end in self.periods
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """A list pack: choices offered for a field, in the order they are shown."""

    id: str
    version: int
    title: str
    entries: tuple[Entry, ...]

    def entry(self, key: str) -> Entry | None:
        """Return the choice with this key, if the list has it."""
        return next((one for one in self.entries if one.key == key), None)

    def used_in(self, year: int) -> tuple[Entry, ...]:
        """Return the choices that belong to this year."""
        return tuple(one for one in self.entries if one.is_used_in(year))
