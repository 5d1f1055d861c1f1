"""A child referred back: noticed, the lead told, referred, answered, closed. Times are the app's.

Inspectors do not investigate: the verbs record who was told what, and when, and nothing more.
A form writes what was typed as it is typed, so a concern exists from its first words on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.escalations import Escalation, Figures, figures
from app.domain.records import read
from app.errors import InvalidInputError
from app.operations.notes import add_note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

KIND = "escalation"


@dataclass(frozen=True, slots=True)
class Tally:
    """Escalations in counts, as the letter and the brief speak of them."""

    raised: int
    answered: int
    closed: int
    in_immediate_danger: int


def raise_concern(work: Work, concern: str, *, how: str = "", child: str = "") -> Changes:
    """Record a concern about a child, numbered, from the moment it is noticed.

    Raises:
        InvalidInputError: no words, or an unknown way of noticing or child.

    """
    if not concern.strip():
        raise InvalidInputError("Write what is of concern, in facts.", "concern")
    header: dict[str, Json] = {
        "number": _next_number(work),
        "noticed_at": work.now(),
        "concern": concern,
    }
    optional = {"how_noticed": how, "child": child, "noticed_by": work.me}
    header.update({name: value for name, value in optional.items() if value})
    return add_note(work, KIND, header)


def write_escalation(work: Work, escalation: str, fields: Mapping[str, Json]) -> Changes:
    """Write what a form holds of a concern, under an id the form made; new ones are numbered.

    The draft of those words is put aside, as they are kept now.

    Raises:
        InvalidInputError: an unfit field; nothing of it was written.

    """
    if work.records.find(escalation) is None:
        now = work.now()
        begun: dict[str, Json] = {
            "date": now[:10],
            "start": now[11:16],
            "status": "jotting",
            "number": _next_number(work),
            "noticed_at": now,
        }
        if work.me:
            begun |= {"author": work.me, "noticed_by": work.me}
        work.add(KIND, {**begun, **fields}, escalation)
    else:
        work.change(escalation, fields)
    work.records.drop_draft(escalation)
    return work.changes(escalation)


def tell_lead(work: Work, escalation: str, decision: str = "") -> Changes:
    """Record that the lead was told, now, and what the lead decided."""
    return _set(work, escalation, {"lead_told_at": work.now(), "lead_decision": decision or None})


def refer(
    work: Work, escalation: str, to: str, means: str = "", response_due_at: str = ""
) -> Changes:
    """Record to whom (role, agency) it was referred, now, by what means, and the answer's due."""
    if not to.strip():
        raise InvalidInputError("Write to whom it was referred.", "referred_to")
    return _set(
        work,
        escalation,
        {
            "referred_to": to,
            "referred_at": work.now(),
            "referred_by_means": means or None,
            "response_due_at": response_due_at or None,
        },
    )


def record_response(
    work: Work, escalation: str, by: str, response: str, satisfied: str = ""
) -> Changes:
    """Record the response that came, now, from whom, and whether inspectors are satisfied."""
    return _set(
        work,
        escalation,
        {
            "response_at": work.now(),
            "response_by": by or None,
            "response_text": response or None,
            "satisfied": satisfied or None,
        },
    )


def close_escalation(work: Work, escalation: str) -> Changes:
    """Close an escalation.

    Raises:
        InvalidInputError: no response has been recorded; it stays open until one is.

    """
    held = work.of_kind(escalation, KIND)
    if not held.text("response_at"):
        raise InvalidInputError(
            "An escalation stays open until its response is recorded.", escalation
        )
    return _set(work, escalation, {"closed_at": work.now(), "closed_by": work.me or None})


def reopen_escalation(work: Work, escalation: str) -> Changes:
    """Open a closed escalation again: the answer did not hold."""
    return _set(work, escalation, {"closed_at": None, "closed_by": None})


def list_escalations(view: View) -> list[Escalation]:
    """Return every concern with its clock, in the order of their numbers."""
    codes = {one.id: one.text("code") for one in view.records.of_kind("child")}
    held = [_escalation(one, codes) for one in view.records.of_kind(KIND)]
    return sorted(held, key=lambda one: (one.number or 0, one.noticed_at, one.id))


def escalation_figures(view: View) -> Figures:
    """Return the exact tally for the letter."""
    return figures(list_escalations(view))


def tally(view: View) -> Tally:
    """Return how many were raised, answered, closed, and of immediate danger."""
    held = view.records.of_kind(KIND)
    return Tally(
        len(held),
        sum(bool(one.text("response_at")) for one in held),
        sum(bool(one.text("closed_at")) for one in held),
        sum(one.flag("immediate_danger") for one in held),
    )


def _escalation(record: Record, codes: Mapping[str, str]) -> Escalation:
    held = read(Escalation, record)
    concerns = codes.get(held.child, "") or record.text("concerns")
    return replace(held, child=concerns)


def _next_number(work: Work) -> int:
    numbers = [one.number("number") or 0 for one in work.records.of_kind(KIND)]
    return max(numbers, default=0) + 1


def _set(work: Work, escalation: str, fields: dict[str, Json]) -> Changes:
    work.of_kind(escalation, KIND)
    work.change(escalation, fields)
    return work.changes()
