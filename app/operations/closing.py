"""Ending an inspection: close it, reopen it with a reason, and say until when it is kept.

While it is closed it can be read and written out, and nothing in it can be changed. Each closing
and reopening is a record that says what was held at that moment, so it stands in the laptop's
chain of revisions and is signed with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.closures import is_past, standing
from app.domain.dates import long_date
from app.domain.kinds.people import CLOSED, CLOSURE, REOPENED
from app.errors import InvalidInputError
from app.operations.work import INSPECTION
from app.store import attesting

if TYPE_CHECKING:
    from datetime import date

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing that stands. ``signed_by`` is the laptop whose signature covers it, once one does.

    ``changes`` and ``newest`` are how many changes were held then, and the hash of the newest.
    """

    at: str
    by: str
    reason: str
    changes: int
    newest: str
    signed_by: str

    @property
    def sentence(self) -> str:
        """Say it in words."""
        by = f" by {self.by}" if self.by else ""
        signed = f"signed by laptop {self.signed_by[:8]}" if self.signed_by else "not yet signed"
        return (
            f"Closed on {long_date(self.at)}{by}: {self.reason} "
            f"({self.changes:,} changes, {signed})"
        )


def close_inspection(work: Work, reason: str) -> Changes:
    """Close the inspection: from now on nothing in it is changed.

    Raises:
        InvalidInputError: no reason is given, or it is closed already.

    """
    _require_reason(reason)
    for one in work.closings():
        raise InvalidInputError(
            f"This inspection was closed on {long_date(one.text('at'))} already. Nothing was "
            "changed."
        )
    return _note(work, CLOSED, reason, {})


def reopen_inspection(work: Work, reason: str) -> Changes:
    """Open a closed inspection again, with a reason that stays in its history.

    Raises:
        InvalidInputError: no reason is given, or it is not closed.

    """
    _require_reason(reason)
    closings = work.closings()
    if not closings:
        raise InvalidInputError("This inspection is not closed. Nothing was changed.")
    return _note(work, REOPENED, reason, {"reopens": [one.id for one in closings]})


def keep_until(work: Work, until: str, reason: str) -> Changes:
    """Say until which day the inspection is to be kept and why; also when it is closed.

    Nothing happens on that day but that the list of inspections says so.

    Raises:
        InvalidInputError: that is no date, there is no reason, or no inspection is described yet.

    """
    _require_reason(reason)
    for one in work.records.of_kind(INSPECTION):
        work.change(one.id, {"keep_until": until, "keep_reason": reason})
        return work.changes(one.id)
    raise InvalidInputError("Describe the inspection first: its area, theme and dates.")


def closing(view: View) -> Closing | None:
    """Return the first closing that stands, or None for an inspection that is open."""
    for one in standing(view.records.of_kind(CLOSURE)):
        people = view.records.get_many([one.text("by")])
        written = view.records.history(one.id)
        signature = attesting.signature_over(view.records, written[0].dot) if written else None
        return Closing(
            at=one.text("at"),
            by=name_of(people.get(one.text("by"))),
            reason=one.text("reason"),
            changes=one.number("changes") or 0,
            newest=one.text("newest"),
            signed_by=signature.device if signature is not None else "",
        )
    return None


def due_for_disposal(inspection: Record, today: date) -> bool:
    """Whether an inspection's keep-until day is over. That is for a person to act on."""
    return is_past(inspection.text("keep_until"), today)


def name_of(person: Record | None) -> str:
    """Return how a person is named where an event is told: name and role, or what there is."""
    if person is None:
        return ""
    name = person.text("name") or person.text("initials")
    return ", ".join(part for part in (name, person.text("role")) if part)


def _note(work: Work, event: str, reason: str, more: dict[str, Json]) -> Changes:
    held = attesting.newest(work.records)
    heads: list[Json] = [
        f"{one.device} {one.number} {one.hash}" for one in attesting.every_head(work.records)
    ]
    fields: dict[str, Json] = {
        "event": event,
        "at": work.now(),
        "reason": reason.strip(),
        "changes": held.count,
        "newest": held.hash.hex(),
        "heads": heads,
        **more,
    }
    if work.me:
        fields["by"] = work.me
    return work.changes(work.add(CLOSURE, fields))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInputError("Give a reason: it is kept. Nothing was changed.", "reason")
