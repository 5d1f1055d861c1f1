"""What arrived and was not taken in, in words: what it waits for, or why it may not count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.errors import NotFoundError
from app.operations.files import write_bytes
from app.operations.sync.taking import Taking
from app.store import arrivals
from app.sync.effects import Reason

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from app.operations.inspection import Inspection
    from app.operations.sync.seat import Seat
    from app.store.arrivals import Arrival

_FAULTS: Final = {
    "reader": "its laptop may read and not write",
    "cut": "it was written after its laptop had been taken off the team",
    "fork": "its laptop has said two different things under one number: it was copied, or put "
    "back to an older state. Both are kept, and none of them counts from there on",
    "roster-fork": "the team was told two different things by whoever leads it. Stop handing over, "
    "compare the words with another member, and tell whoever looks after Siteweek",
}


@dataclass(frozen=True, slots=True)
class Aside:
    """An item that was not taken in. ``may_let_in`` tells that it waits for a person."""

    name: str
    who: str
    why: str
    may_let_in: bool
    size: int
    source: str
    at: datetime


def put_aside(inspection: Inspection) -> list[Aside]:
    """Return what waits and what is in quarantine, by whose it is."""
    seat = inspection.seat()
    found = inspection.store.read(
        lambda reader: arrivals.in_state(reader.connection, arrivals.WAITING, arrivals.QUARANTINED)
    )
    return [
        Aside(
            one.name,
            _who(seat, one.device),
            _why(seat, one),
            one.state == arrivals.WAITING and one.reason == Reason.PERSON,
            one.size,
            one.source,
            one.at,
        )
        for one in found
    ]


def let_in(inspection: Inspection, name: str) -> int:
    """Take in what waits for a person, because a person says so; return how many changes it was.

    Raises:
        NotFoundError: nothing of that name waits for a person.

    """
    wanted = [one for one in put_aside(inspection) if one.may_let_in and one.name.startswith(name)]
    if len(wanted) != 1 or not name:
        raise NotFoundError("Nothing of that name waits for you. Nothing was changed.", name)
    taking = Taking(inspection, wanted[0].source)
    taking.let_in(wanted[0].name)
    return taking.taken.revisions


def save(inspection: Inspection, name: str, path: Path) -> None:
    """Write an item that was put aside to a file, sealed as it arrived.

    Raises:
        NotFoundError: nothing of that name was put aside.
        OutputError: it could not be written.

    """
    wanted = [one.name for one in put_aside(inspection) if name and one.name.startswith(name)]
    content = None
    if len(wanted) == 1:
        content = inspection.store.read(
            lambda reader: arrivals.content(reader.connection, wanted[0])
        )
    if content is None:
        raise NotFoundError("Nothing of that name was put aside.", name)
    write_bytes(path, [content])


def _who(seat: Seat, device: str) -> str:
    member = seat.roster.members.get(device)
    return "an unknown laptop" if member is None else member.person


def _why(seat: Seat, one: Arrival) -> str:
    if one.state == arrivals.QUARANTINED:
        fault = _FAULTS.get(one.reason, f"it does not keep to the rules ({one.reason})")
        return f"does not count: {fault}."
    match Reason(one.reason):
        case Reason.EARLIER | Reason.SEEN:
            return f"waits for changes by {_who(seat, one.wait_device)} that have not arrived."
        case Reason.TEAM:
            return "waits for a change to the team that has not arrived."
        case Reason.NEWER:
            return "waits for a newer Siteweek: install the newest version to read it."
        case Reason.PERSON:
            return "waits for you: it deletes much at once. Ask whoever wrote it, then take it in."
