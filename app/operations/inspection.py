"""An open inspection: the one object through which verbs run and reads are asked.

Verbs run on the store's writing thread and are answered by a future; reads run on the calling
thread. Neither may be called from the interface thread: its runner does that.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from app.operations.outside import Outside
from app.operations.packs import Packs
from app.operations.sync.seat import Seats
from app.operations.view import View
from app.operations.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from app.clock import Clock
    from app.crypto.keys import IdentityWrapKey
    from app.domain.changes import Changes
    from app.operations.sync.seat import Seat
    from app.store.backups import Counted
    from app.store.blobs import Blobs
    from app.store.onlooker import Onlooker
    from app.store.store import Store

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Ends(Protocol):
    """Something that goes on beside an inspection and has to end before it."""

    def close(self) -> None:
        """End it, and wait until it has."""
        ...


class Inspection:
    """One inspection of an unlocked profile, open."""

    def __init__(self, inspection_id: str, store: Store | Onlooker, clock: Clock) -> None:
        """Serve an open store; closing the inspection closes it."""
        self.id = inspection_id
        self.clock = clock
        self._store = store
        self._packs = Packs()
        self.outside = Outside()
        self.seats = Seats(store.keys)
        self._courier: Ends | None = None

    def begin(
        self,
        verb: Callable[Concatenate[Work, Given], Changes],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Future[Changes]:
        """Hand a verb over to be run in one transaction; the answer comes once it is on disk."""
        return self._store.write(
            lambda transaction: verb(Work(transaction, self.clock), *args, **kwargs)
        )

    def do(
        self,
        verb: Callable[Concatenate[Work, Given], Changes],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Changes:
        """Run a verb and wait until what it did is on disk.

        Raises:
            SiteweekError: the verb refused, or it could not be saved; nothing of it was kept.

        """
        return self.begin(verb, *args, **kwargs).result()

    def ask(
        self,
        question: Callable[Concatenate[View, Given], Answer],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Answer:
        """Answer a question over one snapshot of the inspection."""
        return self._store.read(
            lambda reader: question(View(reader, self._packs, self.clock), *args, **kwargs)
        )

    @property
    def store(self) -> Store | Onlooker:
        """What it is kept in. For operations alone, which keep to one transaction at a time."""
        return self._store

    @property
    def identity_wrap(self) -> IdentityWrapKey:
        """The key under which this laptop's identities are sealed."""
        return self._store.keys.identity_wrap

    def seat(self) -> Seat:
        """Return this laptop's place in the team, as it is now."""
        return self._store.read(self.seats.seat)

    def exchange_with(self, courier: Ends) -> None:
        """Let a courier hand over while it is open; closing the inspection ends that first."""
        self._courier = courier

    @property
    def blobs(self) -> Blobs:
        """The sealed pieces of its attachments. Reading or adding them takes any thread."""
        return self._store.blobs

    @property
    def notices(self) -> list[str]:
        """Sentences about the store that the user has to be told, oldest first."""
        return self._store.notices

    def back_up(self) -> Counted:
        """Make a snapshot, open it and count it, beside whatever is being written.

        Raises:
            StoreError: it could not be made, or is not whole; earlier ones are kept.

        """
        return self._store.back_up()

    def back_up_if_due(self, after: timedelta = timedelta(0)) -> bool:
        """Make a snapshot if anything has changed since the last, and that is so long ago.

        Raises:
            StoreError: as ``back_up``.

        """
        return self._store.back_up_if_due(after)

    def close(self) -> None:
        """Finish what was begun and close the store, and remove what lies in the open.

        Closing twice does nothing.
        """
        if self._courier is not None:
            self._courier.close()
        self.outside.close()
        self._store.close()
