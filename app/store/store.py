"""The open store of one inspection: one thread that writes, readers on their own connections.

Nothing here decides what is written; callers hand over functions that run in a transaction.
"""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from app.errors import StoreError
from app.store import device, engine
from app.store.migrate import migrate
from app.store.reader import Reader
from app.store.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.clock import Clock

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Work(Generic[Result]):
    """One piece of work for the writing thread, and where its answer goes."""

    run: Callable[[Transaction], Result]
    answer: Future[Result]

    def answer_with(self, connection: engine.Connection, clock: Clock) -> None:
        """Run in one transaction and answer once it is on disk, or with why it is not."""
        if not self.answer.set_running_or_notify_cancel():
            return
        try:
            result = _in_transaction(connection, clock, self.run)
        except BaseException as problem:  # noqa: BLE001 - it is the caller's to handle
            self.answer.set_exception(problem)
        else:
            self.answer.set_result(result)


class Store:
    """One inspection's encrypted store, open. Close it to end its thread and connections."""

    def __init__(self, path: Path, key: bytes, clock: Clock) -> None:
        """Open or create the store and bring its tables up to this version.

        Raises:
            DamagedFileError: the file is not a store this key opens.
            NewerVersionError: a newer Siteweek has used it; nothing was written.
            UnsafeEngineError: the engine cannot be trusted with notes.

        """
        engine.engine_versions()
        self._path, self._key, self._clock = path, key, clock
        self._queue: queue.SimpleQueue[_Work[object] | None] = queue.SimpleQueue()
        self._local = threading.local()
        self._readers: list[engine.Connection] = []
        self._guard = threading.Condition()
        self._questions = 0  # being answered now
        self._is_open = True
        self._writer = engine.open_writer(path, key)
        try:
            migrate(self._writer)
            _in_transaction(self._writer, clock, lambda tx: device.own(tx.connection))
        except BaseException:
            self._writer.close()
            raise
        self._thread = threading.Thread(target=self._serve, name="store writer", daemon=True)
        self._thread.start()

    def write(self, run: Callable[[Transaction], Result]) -> Future[Result]:
        """Run a function in one transaction on the writing thread.

        The answer comes after COMMIT returned, so what it tells of is on disk. If the function
        raises, nothing of it was kept.
        """
        answer: Future[Result] = Future()
        with self._guard:
            if not self._is_open:
                raise StoreError("This inspection is closed. Unlock it to go on.")
            self._queue.put(_Work(run, answer))  # type: ignore[arg-type]
        return answer

    def read(self, run: Callable[[Reader], Result]) -> Result:
        """Run a function on this thread's own reading connection, over one snapshot."""
        with self._reading() as connection:
            connection.execute("BEGIN")
            try:
                return run(Reader(connection))
            except engine.DriverError as problem:
                raise _cannot_read(problem) from None
            finally:
                connection.execute("ROLLBACK")

    def close(self) -> None:
        """Finish what was handed over, fold the log into the file, close everything.

        Closing twice does nothing.
        """
        with self._guard:
            if not self._is_open:
                return
            self._is_open = False
            self._queue.put(None)
        self._thread.join()
        with self._guard:
            # A connection closed under somebody's question would fail it for no reason.
            self._guard.wait_for(lambda: self._questions == 0)
        for connection in self._readers:
            connection.close()
        self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._writer.close()

    def _serve(self) -> None:
        while (work := self._queue.get()) is not None:
            work.answer_with(self._writer, self._clock)

    @contextmanager
    def _reading(self) -> Iterator[engine.Connection]:
        connection = self._reader()
        try:
            yield connection
        finally:
            with self._guard:
                self._questions -= 1
                self._guard.notify_all()

    def _reader(self) -> engine.Connection:
        connection: engine.Connection | None = getattr(self._local, "connection", None)
        with self._guard:
            if not self._is_open:
                raise StoreError("This inspection is closed. Unlock it to go on.")
            if connection is None:
                connection = engine.open_reader(self._path, self._key)
                self._readers.append(connection)
            self._questions += 1
        self._local.connection = connection
        return connection


def _in_transaction(
    connection: engine.Connection, clock: Clock, run: Callable[[Transaction], Result]
) -> Result:
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = run(Transaction(connection, clock))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except engine.DriverError as problem:
        raise _cannot_write(problem) from None
    return result


def _cannot_write(problem: engine.DriverError) -> StoreError:
    reasons = {
        "SQLITE_FULL": "the disk is full",
        "SQLITE_READONLY": "the folder or the file is read-only",
        "SQLITE_BUSY": "another program is using it",
        "SQLITE_IOERR": "the disk reported an error",
        "SQLITE_CORRUPT": "the store is damaged",
        "SQLITE_NOTADB": "the store is damaged",
    }
    # Only the name of the error is used: its text may quote what was being written.
    name = getattr(problem, "sqlite_errorname", "") or type(problem).__name__
    reason = next((words for code, words in reasons.items() if name.startswith(code)), name)
    return StoreError(
        f"The change could not be saved: {reason}. What was saved before is safe, and nothing of "
        "this change was kept in the store. Put that right and try again."
    )


def _cannot_read(problem: engine.DriverError) -> StoreError:
    name = getattr(problem, "sqlite_errorname", "") or type(problem).__name__
    return StoreError(
        f"The store could not be read ({name}). Nothing was changed. If it happens again, "
        "restore a backup."
    )
