"""A room: a relay that one laptop opens for the people around it, and closes again.

It runs inside this process over a database that goes with it, lets in this team's laptops alone,
and is reached in the local network. It never opens by itself.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import InvalidInputError
from app.operations.sync.places import Place, PlaceKind, add_place, forget_place
from app.operations.sync.publishing import list_of
from app.operations.sync.room_address import address_in, words_for
from app.sync.local_network import own_address
from app.sync.relay.server import Server
from app.sync.relay.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.operations.inspection import Inspection


@dataclass(slots=True)
class Room:
    """An open room. Close it when the meeting ends; closing twice does nothing."""

    address: str
    words: str
    place: Place
    _server: Server
    _inspection: Inspection

    def close(self) -> None:
        """Let those who wait go home, and end."""
        self._server.stop()
        forget_place(self._inspection, self.place.key)


def open_room(inspection: Inspection, interface: str = "", port: int = 0) -> Room:
    """Open a room at one address of this laptop, for the laptops on the team.

    Without one, at the address by which it is in the local network.

    Raises:
        InvalidInputError: there is no team, or it is no address of this laptop.

    """
    seat = inspection.seat()
    if seat.member is None:
        raise InvalidInputError("This laptop belongs to no team, so nobody could come into a room.")
    interface = interface or own_address()
    server = Server(Settings(), interface, port)
    address = server.start()
    try:
        server.seed(seat.roster.inspection, list_of(seat))
        words = words_for(interface, int(address.rpartition(":")[2]))
        place = add_place(inspection, PlaceKind.ROOM, address)
    except BaseException:
        server.stop()
        raise
    return Room(address, words, place, server, inspection)


@contextmanager
def opened(inspection: Inspection, interface: str = "", port: int = 0) -> Iterator[Room]:
    """Open a room for as long as a command runs."""
    room = open_room(inspection, interface, port)
    try:
        yield room
    finally:
        room.close()


def visit(inspection: Inspection, words: str) -> Place:
    """Remember the room with these four words as a place to exchange at.

    Raises:
        InvalidInputError: they are not the words of a room.

    """
    return add_place(inspection, PlaceKind.ROOM, address_in(words))
