"""The store as the inbox sees it, within one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto.envelope import Header
from app.store import applying, arrivals, envelopes, receipts, revisions, team
from app.sync.effects import Reason, Wait
from app.sync.replica import Load, Newest, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from app.crypto.keys import EpochSecret
    from app.crypto.roster import Roster
    from app.operations.sync.seat import Seat
    from app.store.arrivals import Arrival
    from app.store.reader import Reader

IS_NEW: Final = "joined and has not caught up"
DELETED_BY: Final = "deleted here by "


class StoreReplica:
    """Answers the inbox's questions from the store."""

    def __init__(self, reader: Reader, seat: Callable[[], Seat], today: date) -> None:
        """Ask over a reader; ``seat`` gives the team as it is at each moment."""
        self._today = today
        self._reader, self._seat = reader, seat
        self._connection = reader.connection

    @property
    def own(self) -> frozenset[str]:
        """The ids of this laptop's identities."""
        return self._seat().devices

    @property
    def present(self) -> str:
        """The id of the identity that writes here now."""
        return self._seat().own.device_id

    @property
    def is_new(self) -> bool:
        """Whether this laptop joined and has not yet caught up once."""
        return bool(self._reader.recall(IS_NEW))

    def roster(self) -> Roster:
        """The team as it is."""
        return self._seat().roster

    def entry(self, place: int) -> bytes:
        """The roster's entry at a place."""
        return next(team.entries(self._connection, place))

    def secret(self, epoch: int) -> EpochSecret | None:
        """The secret of an epoch, where it was given to this laptop."""
        return self._seat().secrets.get(epoch)

    def newest(self, device: str) -> Newest:
        """The newest revision held of a device."""
        row = self._connection.execute(
            "SELECT h.number, h.hash FROM head h JOIN device d ON d.key = h.device WHERE d.id = ?",
            (device,),
        ).fetchone()
        return Newest(0, bytes(32)) if row is None else Newest(int(row[0]), bytes(row[1]))

    def hash_at(self, device: str, number: int) -> bytes | None:
        """The hash of a revision, where it is held."""
        row = self._connection.execute("SELECT key FROM device WHERE id = ?", (device,)).fetchone()
        return None if row is None else revisions.hash_at(self._connection, int(row[0]), number)

    def envelope_with(self, device: str, number: int) -> str:
        """The name of the envelope that holds a revision, or nothing."""
        return envelopes.with_number(self._connection, device, number)

    def forks(self) -> Mapping[str, int]:
        """The devices proven to have said two things."""
        return arrivals.forks(self._connection)

    def is_known(self, name: str) -> bool:
        """Whether an item was dealt with."""
        return envelopes.is_known(self._connection, name)

    def waiting(self) -> Sequence[Waiting]:
        """What waits."""
        return [
            Waiting(
                one.name,
                _header(one),
                Wait(Reason(one.reason), one.wait_device, one.wait_number),
                one.size,
            )
            for one in arrivals.in_state(self._connection, arrivals.WAITING)
        ]

    def load(self, device: str) -> Load:
        """How much waits of a device; where it isn't on the roster, of all such together."""
        members = self.roster().members
        if device in members:
            return Load(*arrivals.load(self._connection, {device}))
        return Load(*arrivals.load_of_others(self._connection, set(members)))

    def quarantined(self, fault: str) -> Sequence[str]:
        """The names of what is in quarantine for a fault."""
        found = arrivals.in_state(self._connection, arrivals.QUARANTINED)
        return [one.name for one in found if one.reason == fault]

    def content(self, name: str) -> bytes:
        """The bytes of an item that waits or is in quarantine."""
        return arrivals.content(self._connection, name) or b""

    def unreadable(self, device: str) -> Sequence[tuple[str, Header]]:
        """Envelopes of a device that were sealed before this laptop may read."""
        found = arrivals.unreadable(self._connection, device)
        return [(one.name, _header(one)) for one in found]

    def progress(self, device: str) -> int:
        """How far the newest receipt of a device goes."""
        return receipts.progress(self._connection, device)

    def standing(self, records: Collection[str]) -> int:
        """How many of these records are here and not deleted."""
        return applying.standing(self._connection, records)

    def size(self) -> int:
        """How many records are here and not deleted."""
        return applying.size(self._connection)

    def deleted_lately(self, device: str) -> int:
        """How many records a device deleted here today, since a person last let deletions in."""
        return deleted_today(self._reader, device, self._today)


def deleted_today(reader: Reader, device: str, today: date) -> int:
    """Return how many records a device deleted here on a day, by this laptop's clock."""
    day, _, count = reader.recall(DELETED_BY + device).partition(" ")
    return int(count) if day == today.isoformat() else 0


def _header(one: Arrival) -> Header:
    return Header(bytes(32), one.epoch, one.device, one.first, one.previous)
