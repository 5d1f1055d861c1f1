"""What a calendar outside Siteweek may hold of a timetable: when, and a title that tells nothing.

Calendars are synchronised, shared with assistants and shown on locked screens. So a title says
what sort of thing it is and its number, and never whom it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date, time

# By the kind of note that is expected of a slot. Who is talked to is not told apart on purpose.
_TITLES: Final = {
    "professional_interview": "Interview",
    "child_conversation": "Interview",
    "family_conversation": "Interview",
    "focus_group": "Group",
    "observation": "Visit",
    "document_review": "Reading",
    "tracked_child": "Reading",
    "sampled_record": "Reading",
    "leadership_meeting": "Meeting",
}
_OTHER: Final = "Site week"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry. Without a ``start`` it takes the whole day; without an ``end`` only begins.

    Times are those on the clocks of the United Kingdom that day.
    """

    id: str
    title: str
    day: date
    start: time | None = None
    end: time | None = None
    place: str = ""
    is_off: bool = False


def neutral_title(kind: str, number: int) -> str:
    """Return “Interview 3” for the third slot that is to become some kind of note."""
    return f"{title_word(kind)} {number}"


def title_word(kind: str) -> str:
    """Return the word by which slots for a kind of note are counted together."""
    return _TITLES.get(kind, _OTHER)
