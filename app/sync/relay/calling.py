"""Calls between the processes of one relay: this mailbox has something new.

Over PostgreSQL they call each other; over SQLite, and whenever a call was lost, they look. What is
called is a mailbox's number in the database and how far it goes, nothing else.
"""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from app.sync.relay.engines import POSTGRESQL
from app.sync.relay.refusals import Refusal
from app.sync.relay.tables import MAILBOXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from app.sync.relay.database import Database
    from app.sync.relay.waiting import Waiters

_CHANNEL: Final = "siteweek_relay"
_LOOKS: Final = {POSTGRESQL: 1.0}  # seconds between looks; calls come at once
_LOOKS_OTHERWISE: Final = 0.2
# PostgreSQL lets one caller commit at a time, so calls are gathered instead of sent with each item.
_GATHER: Final = 0.02
_MOST_IN_CALL: Final = 200  # a call holds at most 8,000 bytes
_ONCE: Final = 500
_LISTEN: Final = 0.2
_AGAIN: Final = 2.0


async def look(database: Database, waiters: Waiters) -> None:
    """Look now and then whether a mailbox that somebody waits for has something new."""
    while True:
        await asyncio.sleep(_LOOKS.get(database.kind, _LOOKS_OTHERWISE))
        waited = waiters.mailboxes()
        for start in range(0, len(waited), _ONCE):
            part = waited[start : start + _ONCE]
            try:
                waiters.wake(await database.read(partial(newest, mailboxes=part)))
            except Refusal:
                break  # the database is away; requests are told so


def newest(connection: Connection, mailboxes: list[int]) -> dict[int, int]:
    """Return how far these mailboxes go."""
    asked = select(MAILBOXES.c.id, MAILBOXES.c.newest).where(MAILBOXES.c.id.in_(mailboxes))
    return {row.id: row.newest for row in connection.execute(asked)}


def _notify(connection: Connection, text: str) -> None:
    connection.execute(select(func.pg_notify(_CHANNEL, text)))


class Caller:
    """Tells this process at once, and the others soon after."""

    def __init__(self, database: Database, waiters: Waiters) -> None:
        """Call for this database."""
        self._database = database
        self._waiters = waiters
        self._new: dict[int, int] = {}
        self._has_new = asyncio.Event()

    def call(self, mailbox: int, number: int) -> None:
        """Say that a mailbox goes up to a number now."""
        self._waiters.wake({mailbox: number})
        if self._database.kind == POSTGRESQL:
            self._new[mailbox] = max(number, self._new.get(mailbox, 0))
            self._has_new.set()

    async def send(self) -> None:
        """Tell the other processes, over PostgreSQL."""
        while True:
            await self._has_new.wait()
            await asyncio.sleep(_GATHER)
            self._has_new.clear()
            new, self._new = list(self._new.items()), {}
            for start in range(0, len(new), _MOST_IN_CALL):
                text = written(dict(new[start : start + _MOST_IN_CALL]))
                try:
                    await self._database.write(partial(_notify, text=text))
                except Refusal:
                    break  # the others look for themselves


class Listener:
    """Hears the calls of other processes over PostgreSQL, in a thread with its own connection."""

    def __init__(
        self, database: Database, waiters: Waiters, loop: asyncio.AbstractEventLoop
    ) -> None:
        """Start to listen."""
        self._engine = database.engine
        self._waiters = waiters
        self._loop = loop
        self._is_ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relay-listener", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hear no more."""
        self._is_ending.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_ending.is_set():
            try:
                self._listen()
            except Exception:  # noqa: BLE001 - the driver's own errors; looking goes on meanwhile
                self._is_ending.wait(_AGAIN)

    def _listen(self) -> None:
        options = {"isolation_level": "AUTOCOMMIT"}
        with self._engine.connect().execution_options(**options) as connection:
            connection.exec_driver_sql(f"LISTEN {_CHANNEL}")
            raw: Any = connection.connection.driver_connection
            try:
                while not self._is_ending.is_set():
                    for call in raw.notifies(timeout=_LISTEN, stop_after=1):
                        self._loop.call_soon_threadsafe(
                            self._waiters.wake, understood(call.payload)
                        )
            finally:
                # Not back into the pool: it would go on listening.
                connection.invalidate()


def written(new: Mapping[int, int]) -> str:
    """Return a call as text."""
    return " ".join(f"{mailbox}:{number}" for mailbox, number in new.items())


def understood(untrusted: str) -> dict[int, int]:
    """Return what a call says; nothing when it is no call of ours."""
    try:
        pairs = (one.split(":") for one in untrusted.split())
        return {int(mailbox): int(number) for mailbox, number in pairs}
    except ValueError:
        return {}
