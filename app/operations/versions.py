"""What a paragraph was before, who wrote which version, and where a note has two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.hybrid import instant
from app.operations.forks import forks
from app.operations.notes import edit_paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.domain.changes import Changes
    from app.operations.forks import Fork
    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.operations.work import Work


@dataclass(frozen=True, slots=True)
class Was:
    """The words of a paragraph as one laptop set them, and the words set before."""

    device: str
    at: datetime
    words: str
    before: str


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes on which laptop."""

    own: frozenset[str]
    people: Mapping[str, str]

    def name(self, device: str) -> str:
        """Return who wrote on a laptop; without a team there is only this one."""
        if device in self.own:
            return "on this laptop"
        return self.people.get(device, "on another laptop")


def writers(inspection: Inspection) -> Writers:
    """Return who writes on which laptop of the team."""
    seat = inspection.seat()
    people = {device: one.person for device, one in seat.roster.members.items()}
    return Writers(seat.devices, people)


def words_before(view: View, paragraph: str) -> list[Was]:
    """Return every version of a paragraph's words, the newest first."""
    found: list[Was] = []
    before = ""
    for one in sorted(view.records.history(paragraph), key=lambda one: (one.at, one.dot)):
        words = one.fields.get("text")
        if isinstance(words, str) and (words != before or not found):
            found.append(Was(one.dot.device, instant(one.at), words, before))
            before = words
    return found[::-1]


def restore_words(work: Work, paragraph: str, words: str) -> Changes:
    """Set a paragraph's words to what they were; what they are now stays in the history.

    Raises:
        InvalidInputError: its note is locked.

    """
    return edit_paragraph(work, paragraph, words)


def forks_in(view: View, note: str) -> list[Fork]:
    """Return every place of a note that has two versions: its header, and its paragraphs."""
    found = forks(view, note)
    for one in view.records.parts_of(note, "paragraph"):
        if one.forks:
            found += forks(view, one.id)
    return found
