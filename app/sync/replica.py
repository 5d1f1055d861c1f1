"""What the inbox asks of the replica it decides for. It never writes: an effect is carried out.

All answers are of this moment; an effect that was carried out shows in the next answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from app.crypto.envelope import Header
    from app.crypto.keys import EpochSecret
    from app.crypto.roster import Roster
    from app.sync.effects import Wait


class Newest(NamedTuple):
    """The newest revision held of a device; number 0 and zero bytes where there is none."""

    number: int
    hash: bytes


class Waiting(NamedTuple):
    """An item that was put aside until something else is here."""

    name: str
    header: Header
    wait: Wait
    size: int


class Load(NamedTuple):
    """How many items wait, and how many bytes they are."""

    items: int
    size: int


class Replica(Protocol):
    """A device's copy of the inspection, as far as deciding needs it."""

    @property
    def own(self) -> frozenset[str]:
        """The ids of this laptop's identities here, earlier ones too."""
        ...

    @property
    def present(self) -> str:
        """The id of the identity that writes here now."""
        ...

    @property
    def is_new(self) -> bool:
        """Whether this laptop joined and has not yet caught up once: nothing to protect yet."""
        ...

    def roster(self) -> Roster:
        """The team as it is."""
        ...

    def entry(self, place: int) -> bytes:
        """The roster's entry at a place, from 0."""
        ...

    def secret(self, epoch: int) -> EpochSecret | None:
        """The secret of an epoch, or None when it was not given to this laptop."""
        ...

    def newest(self, device: str) -> Newest:
        """The newest revision held of a device, whether it counts or not."""
        ...

    def hash_at(self, device: str, number: int) -> bytes | None:
        """The hash of a revision, or None where it isn't held."""
        ...

    def envelope_with(self, device: str, number: int) -> str:
        """The name of the envelope that brought or carries a revision, or nothing."""
        ...

    def forks(self) -> Mapping[str, int]:
        """The devices proven to have said two things, and the first such number."""
        ...

    def is_known(self, name: str) -> bool:
        """Whether an item was dealt with: held, waiting, quarantined, refused or unreadable."""
        ...

    def waiting(self) -> Sequence[Waiting]:
        """What waits, oldest first."""
        ...

    def load(self, device: str) -> Load:
        """How much waits of a device; where it isn't on the roster, of all such together."""
        ...

    def quarantined(self, fault: str) -> Sequence[str]:
        """The names of what is in quarantine for a fault, oldest first."""
        ...

    def content(self, name: str) -> bytes:
        """The bytes of an item that waits or is in quarantine."""
        ...

    def unreadable(self, device: str) -> Sequence[tuple[str, Header]]:
        """Envelopes of a device that were sealed before this laptop may read."""
        ...

    def progress(self, device: str) -> int:
        """How far the newest receipt of a device goes; 0 where there is none."""
        ...

    def standing(self, records: Collection[str]) -> int:
        """How many of these records are here and not deleted."""
        ...

    def size(self) -> int:
        """How many records are here and not deleted."""
        ...

    def deleted_lately(self, device: str) -> int:
        """How many records a device deleted here today, since a person last let deletions in."""
        ...
