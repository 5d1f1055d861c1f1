"""What was asked of agencies: asked, promised, chased, received, and how late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.dates import parse
from app.domain.requests import Asked, Stands
from app.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

KIND: Final = "information_request"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a list shows it."""

    record: Record
    agency: str
    asked: Asked

    @property
    def id(self) -> str:
        """Its id."""
        return self.record.id

    @property
    def what(self) -> str:
        """What was asked for."""
        return self.record.text("what") or self.record.text("title") or "Request"


def save_request(work: Work, request: str, fields: Mapping[str, Json]) -> Changes:
    """Save what a form holds of a request; under a fresh id it is asked now.

    Raises:
        InvalidInputError: an unfit field; nothing was saved.

    """
    held = work.records.find(request)
    if held is None:
        now = work.now()
        begun: dict[str, Json] = {
            "date": now[:10],
            "start": now[11:16],
            "status": "jotting",
            "asked_at": now,
            "state": "asked",
        }
        if work.me:
            begun["author"] = work.me
        work.add(KIND, {**begun, **fields}, request)
    else:
        work.of_kind(request, KIND)
        work.change(request, fields)
    work.records.drop_draft(request)
    return work.changes(request)


def chase(work: Work, request: str) -> Changes:
    """Record that a request was chased, now.

    Raises:
        InvalidInputError: it came already.

    """
    held = work.of_kind(request, KIND)
    if held.text("received_at"):
        raise InvalidInputError("This was received. There is nothing to chase.", request)
    work.change(request, {"chased_at": work.now()})
    return work.changes()


def mark_received(work: Work, request: str) -> Changes:
    """Record that it came, now; where it was marked so by mistake, that it did not."""
    held = work.of_kind(request, KIND)
    if held.text("received_at"):
        state = "promised" if held.text("promised_for") else "asked"
        work.change(request, {"received_at": None, "state": state})
    else:
        work.change(request, {"received_at": work.now(), "state": "received"})
    return work.changes()


def list_requests(view: View) -> list[Request]:
    """Return every request: what is late first, then what is waited for, then what came."""
    agencies = {
        one.id: one.text("short_name") or one.text("name") for one in view.records.of_kind("agency")
    }
    today = view.clock.now().astimezone().date()
    found = [
        Request(
            one,
            agencies.get(one.text("asked_of"), "") or agencies.get(one.text("agency"), ""),
            _asked(one),
        )
        for one in view.records.of_kind(KIND)
    ]
    return sorted(found, key=lambda one: _urgency(one, today))


def _asked(record: Record) -> Asked:
    return Asked(
        record.text("state"),
        parse(record.text("asked_at")) or parse(record.text("date")),
        parse(record.text("promised_for")),
        parse(record.text("received_at")),
        parse(record.text("chased_at")),
    )


def _urgency(one: Request, today: date) -> tuple[int, int, str, str]:
    order = list(Stands)
    stands = one.asked.stands(today)
    return (
        order.index(stands),
        -one.asked.days_late(today),
        one.record.text("promised_for") or one.record.text("asked_at"),
        one.id,
    )
