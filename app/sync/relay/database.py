"""The relay's database, used from the event loop: each question and each change in a thread.

What goes wrong with it becomes a refusal that says try again, or that the disk is full.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Engine, func, insert, inspect, select
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from app.crypto.primitives import random_bytes
from app.errors import NewerVersionError, RelayError
from app.sync.relay.challenges import SECRET_SIZE
from app.sync.relay.engines import POSTGRESQL, SQLITE, WRITES, open_engine, parse, temporary
from app.sync.relay.refusals import Refusal, disk_full, no_database
from app.sync.relay.tables import LAYOUT, METADATA, RELAY
from app.sync.relay.together import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

T = TypeVar("T")
_LOCK: Final = 0x51_7E_3E_EC  # a number for PostgreSQL, so that one process makes the tables
_FULL: Final = ("SQLITE_FULL", "53100")  # as SQLite and as PostgreSQL say it


class Database:
    """One of them per process. Opening makes what is missing."""

    def __init__(self, address: str, threads: int) -> None:
        """Open it and make its tables.

        Raises:
            InvalidInputError: the address is none of ours.
            RelayError: it can't be opened.
            NewerVersionError: a newer relay made it.

        """
        if address:
            url, self._folder = parse(address), None
        else:
            url, self._folder = temporary()
        self.kind = url.get_backend_name()
        self.engine: Engine = open_engine(url, threads)
        # Over PostgreSQL a question needs no transaction either; over SQLite none is begun.
        alone = {"isolation_level": "AUTOCOMMIT"} if self.kind == POSTGRESQL else {}
        self._asking = self.engine.execution_options(**alone)
        self._writing = self.engine.execution_options(**{WRITES: True})
        try:
            self.secret = self._open()
        except BaseException:
            self.engine.dispose()
            raise
        self._threads = ThreadPoolExecutor(threads, "relay-database")
        self._writer = Writer(self._writing) if self.kind == SQLITE else None

    async def read(self, question: Callable[[Connection], T]) -> T:
        """Return the answer to a question, asked in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.ask, question)

    async def write(self, change: Callable[[Connection], T]) -> T:
        """Carry out a change, all or nothing; when this returns it is durable."""
        if self._writer is None:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self.change, change)
        with _said():
            return await asyncio.wrap_future(self._writer.submit(change))

    def ask(self, question: Callable[[Connection], T]) -> T:
        """Return the answer to a question, asked in this thread."""
        with _said(), self._asking.connect() as connection:
            return question(connection)

    def change(self, change: Callable[[Connection], T]) -> T:
        """Carry out a change in this thread, all or nothing."""
        with _said(), self._writing.begin() as connection:
            return change(connection)

    def close(self) -> None:
        """Finish what is under way and let go of it."""
        if self._writer is not None:
            self._writer.close()
        self._threads.shutdown()
        if self.kind == SQLITE:
            self._shrink()
        self.engine.dispose()
        if self._folder is not None:
            self._folder.cleanup()

    def _open(self) -> bytes:
        try:
            return self.ask(_secret) or self.change(_make)
        except Refusal as refused:
            raise RelayError(
                "The relay’s database could not be opened: it is not there, damaged, in use by "
                "something else, or takes no connection under that name and password. Nothing was "
                "started."
                if refused.code != disk_full().code
                else "The disk with the relay’s database is full. Nothing was started; make room "
                "and try again."
            ) from None

    def _shrink(self) -> None:
        """Put the log away, so that the file alone is the database, and give back free pages."""
        try:
            with self.engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                raw.execute("PRAGMA incremental_vacuum").fetchall()
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except DBAPIError:
            return  # another process is at it; nothing is lost by leaving the log


def _make(connection: Connection) -> bytes:
    """Make the tables if they are missing; return the relay's secret."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    secret = _secret(connection)
    if not secret:
        METADATA.create_all(connection)
        secret = random_bytes(SECRET_SIZE)
        connection.execute(insert(RELAY).values(layout=LAYOUT, secret=secret))
    return secret


def _secret(connection: Connection) -> bytes:
    """Return the relay's secret; nothing where there are no tables yet."""
    if not inspect(connection).has_table(RELAY.name):
        return b""
    layout, secret = connection.execute(select(RELAY.c.layout, RELAY.c.secret)).one()
    if layout != LAYOUT:
        raise NewerVersionError(
            "A newer Siteweek made the relay’s database. Nothing was changed; install the newest "
            "version to serve it."
        )
    return bytes(secret)


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as problem:
        raise (disk_full() if _is_full(problem) else no_database()) from problem
    except NoConnectionError as problem:
        raise no_database() from problem
    except DBAPIError as problem:
        # The class itself, none of those below it: SQLite found no database, or a damaged one.
        if problem.connection_invalidated or type(problem) is DatabaseError:
            raise no_database() from problem
        raise


def _is_full(problem: DBAPIError) -> bool:
    said = (getattr(problem.orig, name, "") for name in ("sqlite_errorname", "sqlstate"))
    return any(code in _FULL for code in said)
