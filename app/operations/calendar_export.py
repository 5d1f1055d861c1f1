"""Writes somebody's timetable as a calendar file that tells nothing of whom it is about."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import time
from typing import TYPE_CHECKING

from app.domain.appointments import Appointment, neutral_title, title_word
from app.domain.dates import parse
from app.domain.kinds.planning import SLOT
from app.domain.timetable import CALLED_OFF
from app.errors import InvalidInputError
from app.interchange.calendar_ics import ics_bytes
from app.operations.files import write_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.inspection import Inspection
    from app.operations.view import View


def appointments_of(
    view: View, inspection: str, person: str, *, with_places: bool = False
) -> list[Appointment]:
    """Return the dated slots of one person in an inspection, by day and time.

    A slot keeps its number when others are planned after it, whenever they are.
    """
    numbers: Counter[str] = Counter()
    found: list[Appointment] = []
    mine = [one for one in view.records.of_kind(SLOT) if one.text("who") == person]
    for one in sorted(mine, key=lambda one: one.id):
        kind = one.text("note_kind")
        word = title_word(kind)
        numbers[word] += 1
        day = parse(one.text("date"))
        if day is None:
            continue
        start, end = _time(one.text("start")), _time(one.text("end"))
        found.append(
            Appointment(
                id=_known_outside(inspection, one.id),
                title=neutral_title(kind, numbers[word]),
                day=day,
                start=start,
                end=end if start is not None and end is not None and end > start else None,
                place=one.text("place") if with_places else "",
                is_off=one.text("status") == CALLED_OFF,
            )
        )
    return sorted(found, key=lambda one: (one.day, one.start or time(), one.id))


def write_calendar(
    inspection: Inspection, path: Path, person: str, *, with_places: bool = False
) -> int:
    """Write a person's slots to an .ics file; return how many there are.

    Raises:
        InvalidInputError: they have no slot with a date. Nothing was written.
        OutputError: it could not be written; what stood there before is as it was.

    """
    found = inspection.ask(
        lambda view: appointments_of(view, inspection.id, person, with_places=with_places)
    )
    if not found:
        raise InvalidInputError(
            "No slot with a date is planned for this person. Nothing was written.", "who"
        )
    write_bytes(path, [ics_bytes(found, inspection.clock.now())])
    return len(found)


def _known_outside(inspection: str, slot: str) -> str:
    """Return an id that stays the same and tells nothing: one taken in may hold a child's code."""
    held = hashlib.sha256(f"{inspection}/{slot}".encode()).hexdigest()
    return f"{held[:32]}@siteweek"


def _time(said: str) -> time | None:
    try:
        return time.fromisoformat(said)
    except ValueError:
        return None
