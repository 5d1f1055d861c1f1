"""The relay itself: what each request does, apart from how it is said over HTTP."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from app.sync.relay import access_lists, deposits, listings, mailboxes, replays
from app.sync.relay.calling import Caller, Listener, look, newest
from app.sync.relay.challenges import Challenges
from app.sync.relay.database import Database
from app.sync.relay.engines import POSTGRESQL
from app.sync.relay.gate import Gate, find
from app.sync.relay.limits import Buckets, Places
from app.sync.relay.metrics import Metrics
from app.sync.relay.refusals import Refusal
from app.sync.relay.waiting import Waiters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from app.clock import Clock
    from app.sync.relay.gate import Knock
    from app.sync.relay.listings import Page
    from app.sync.relay.mailboxes import Member
    from app.sync.relay.settings import Settings

_SWEEP: Final = 60.0


class Relay:
    """One process of a relay. Made in any thread, then used by one event loop."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Open the database.

        Raises:
            SiteweekError: it can't be opened.

        """
        self.settings = settings
        self.database = Database(settings.database, settings.threads)
        self.gate = Gate(Challenges(self.database.secret, clock), clock, settings)
        self.metrics = Metrics()
        self.waiters = Waiters()
        self.addresses = Buckets(settings.per_address, clock.monotonic)
        self.large = Places(settings.large_per_device, settings.large_at_once)
        self.waiting = Places(settings.waiting_per_device, settings.requests_at_once)
        self.is_stopping = False
        self._caller = Caller(self.database, self.waiters)
        self._pages: dict[tuple[int, int, int], asyncio.Task[Page]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._listener: Listener | None = None

    def start(self) -> None:
        """Begin what goes on beside requests."""
        beside = [self._sweep(), look(self.database, self.waiters)]
        if self.database.kind == POSTGRESQL:
            beside.append(self._caller.send())
            loop = asyncio.get_running_loop()
            self._listener = Listener(self.database, self.waiters, loop)
        self._tasks = [asyncio.ensure_future(one) for one in beside]

    def stop(self) -> None:
        """Take no more requests, and let those that wait go home."""
        self.is_stopping = True
        self.waiters.end()

    async def end(self) -> None:
        """End what goes on beside requests, and close the database."""
        self.stop()
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        if self._listener is not None:
            await asyncio.to_thread(self._listener.close)
        await asyncio.to_thread(self.database.close)

    async def expect(self, knock: Knock) -> None:
        """Refuse a stranger before their body is read. Nothing is checked but the name."""
        await self.database.read(lambda connection: find(connection, knock))

    async def put_devices(self, knock: Knock, body: bytes, code: str) -> None:
        """Take in an access list.

        Raises:
            Refusal: it may not be taken.

        """
        terms = (knock, body, access_lists.parsed(body), code)
        # Judged twice: a stranger gets no further than a question, which holds nobody up.
        await self.database.read(lambda connection: access_lists.judge(connection, *terms))
        self.gate.count(knock)
        await self.database.write(lambda connection: access_lists.put(connection, *terms))

    async def items(self, knock: Knock, era: str, after: int, seconds: float) -> Page:
        """Return what is new, now or when something comes.

        Raises:
            Refusal: not a member, or too many requests.

        """
        member = await self.reader(knock, b"")
        start = listings.goes_on(member, era, after)
        if member.newest > start:
            return await self._page(member, start, member.newest)
        empty = listings.as_page(member.era, start, ())
        if seconds <= 0:
            return empty
        with (
            self.waiting.taken(f"{knock.inspection.hex()} {knock.device}"),
            self.waiters.entered(member.mailbox, start) as waiter,
        ):
            with suppress(TimeoutError):
                await asyncio.wait_for(waiter.is_woken.wait(), seconds)
            newest = waiter.newest
        return await self._page(member, start, newest) if newest > start else empty

    async def reader(self, knock: Knock, body: bytes) -> Member:
        """Let a member in who wants to read.

        Raises:
            Refusal: not a member, or too many requests.

        """
        member = await self.database.read(partial(self.gate.admit, knock=knock, body=body))
        self.gate.once(knock)
        self.gate.count(knock)
        return member

    async def fetch(self, member: Member, names: Sequence[str]) -> list[bytes]:
        """Return the named items that are here, framed."""
        work = partial(listings.fetch, mailbox=member.mailbox, names=names)
        return await self.database.read(work)

    async def put_items(self, knock: Knock, body: bytes) -> tuple[int, int]:
        """Store items; return how many were new and how many were held.

        Raises:
            Refusal: not a member, not items of this inspection, or more than may be stored.

        """

        def let_in(connection: Connection) -> tuple[Member, list[deposits.Deposit]]:
            member = self.gate.admit(connection, knock, body)
            return member, deposits.checked(knock.inspection, body)

        member, items = await self.database.read(let_in)
        self.gate.count(knock)
        asked = knock.asked()
        stored = await self.database.write(
            lambda connection: deposits.store(connection, member, items, asked, self.settings)
        )
        self.metrics.stored_items += stored.stored
        self.metrics.stored_bytes += stored.bytes
        if stored.stored:
            self._caller.call(member.mailbox, stored.newest)
        return stored.stored, stored.held

    async def is_well(self) -> bool:
        """Whether the database answers."""
        try:
            await self.database.read(partial(newest, mailboxes=[]))
        except Refusal:
            return False
        return True

    async def _page(self, member: Member, start: int, newest: int) -> Page:
        """Return a page, read once for all who were woken by the same commit."""
        key = (member.mailbox, start, newest)
        task = self._pages.get(key)
        if task is None:
            work = partial(listings.page, member=member, start=start)
            task = asyncio.ensure_future(self.database.read(work))
            self._pages[key] = task
            task.add_done_callback(lambda _done: self._pages.pop(key, None))
        return await asyncio.shield(task)

    async def _sweep(self) -> None:
        while True:
            now, today = self.gate.now(), self.gate.today()
            self.gate.seen.sweep(now)
            with suppress(Refusal):
                await self.database.write(partial(replays.sweep, now=now))
                await self.database.write(partial(mailboxes.forget_closed, today=today))
            await asyncio.sleep(_SWEEP)
