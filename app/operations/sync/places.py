"""Where this laptop hands over: folders and sticks, relays, rooms. Known to this laptop alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InvalidInputError, NotFoundError
from app.store import targets
from app.sync.local_network import host_in
from app.sync.targets.folder import FolderTarget
from app.sync.targets.relay import RelayTarget

if TYPE_CHECKING:
    from datetime import datetime

    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.sync.targets.target import Target


class PlaceKind(StrEnum):
    """What kind of place it is."""

    FOLDER = "folder"
    RELAY = "relay"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Place:
    """A place where this laptop hands over and fetches."""

    key: int
    kind: PlaceKind
    address: str
    is_on: bool = True

    @property
    def name(self) -> str:
        """What people call it."""
        match self.kind:
            case PlaceKind.FOLDER:
                return f"folder {Path(self.address).name or self.address}"
            case PlaceKind.RELAY:
                return f"relay {host_in(self.address) or self.address}"
            case PlaceKind.ROOM:
                return "room"


def places(view: View) -> list[Place]:
    """Return the places, in the order they were added."""
    return [
        Place(one.key, PlaceKind(one.kind), one.address, one.is_on)
        for one in targets.every(view.records.connection)
    ]


def last_exchanges(view: View) -> dict[int, datetime]:
    """Return when it last went well with each place it ever went well with."""
    return {
        one.key: one.last_good
        for one in targets.every(view.records.connection)
        if one.last_good is not None
    }


def add_place(inspection: Inspection, kind: PlaceKind, address: str) -> Place:
    """Add a place, or return the one that is there already with that address.

    Raises:
        InvalidInputError: the address is none of such a place.

    """
    if kind is PlaceKind.FOLDER:
        address = str(Path(address).expanduser().absolute())
    elif not host_in(address):
        raise InvalidInputError(
            "A relay’s address begins with https:// and names a computer. Nothing was added.",
            address,
        )
    key = inspection.store.write(
        lambda tx: targets.add(tx.connection, kind.value, address)
    ).result()
    return Place(key, kind, address)


def forget_place(inspection: Inspection, key: int) -> None:
    """Hand nothing over there any more. What lies there stays there.

    Raises:
        NotFoundError: there is no such place.

    """
    if not inspection.store.write(lambda tx: targets.remove(tx.connection, key)).result():
        raise NotFoundError("There is no such place to hand over. Nothing was changed.")


def switch_place(inspection: Inspection, key: int, *, on: bool) -> None:
    """Pause handing over at a place, or go on."""
    inspection.store.write(lambda tx: targets.switch(tx.connection, key, on=on)).result()


def place_at(view: View, wanted: str) -> Place:
    """Return the place with that address, or number in the list from 1.

    Raises:
        NotFoundError: there is none.

    """
    listed = places(view)
    for number, one in enumerate(listed, 1):
        if wanted in {one.address, str(number)}:
            return one
    raise NotFoundError(f"There is no place {wanted!r} among those to hand over at.", wanted)


def open_target(inspection: Inspection, place: Place) -> Target:
    """Return the target at a place, as this laptop's identity there.

    Raises:
        InvalidInputError: this laptop has no team there to exchange with.
        TargetError: it can't be used.

    """
    seat = inspection.seat()
    known_as = seat.known_as
    if known_as is None:
        raise InvalidInputError(
            "This laptop does not belong to a team in this inspection, so there is nobody to "
            "exchange with. Everything on it is kept. Invite somebody, or ask the lead to admit it."
        )
    if place.kind is PlaceKind.FOLDER:
        return FolderTarget(Path(place.address), seat.roster.inspection)
    return RelayTarget(place.address, seat.roster.inspection, known_as)
