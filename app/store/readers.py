"""Reading connections, one a thread, each answering over one snapshot of the store."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from app.errors import StoreError
from app.store import engine
from app.store.places import STORE
from app.store.reader import Reader
from app.store.writing import cannot_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.crypto.inspection_keys import InspectionKeys

Result = TypeVar("Result")


class Readers:
    """The readers of one store. Closing waits for the questions under way."""

    def __init__(self, folder: Path, keys: InspectionKeys) -> None:
        """Open nothing yet: each thread's connection is opened at its first question."""
        self._path, self._keys = folder / STORE, keys
        self._local = threading.local()
        self._connections: list[engine.Connection] = []
        self._era = 0  # connections from before a disk fault are not asked again
        self._guard = threading.Condition()
        self._questions = 0  # being answered now
        self._is_open = True

    def read(self, run: Callable[[Reader], Result]) -> Result:
        """Run a function on this thread's own connection, over one snapshot.

        Raises:
            StoreError: closed, or the engine refused.

        """
        with self._asking() as connection:
            try:
                with engine.memory_errors():
                    connection.execute("BEGIN")
                    try:
                        return run(Reader(connection))
                    finally:
                        connection.execute("ROLLBACK")
            except engine.DriverError as problem:
                if engine.is_disk_fault(problem):
                    self.begin_anew()
                raise cannot_read(problem) from None

    def begin_anew(self) -> None:
        """Use fresh connections from now on: after a disk fault nothing cached is certain."""
        with self._guard:
            self._era += 1

    def close(self) -> None:
        """Take no more questions, wait for those under way, close every connection."""
        with self._guard:
            self._is_open = False
            # A connection closed under somebody's question would fail it for no reason.
            self._guard.wait_for(lambda: self._questions == 0)
        for connection in self._connections:
            connection.close()

    @contextmanager
    def _asking(self) -> Iterator[engine.Connection]:
        connection = self._connection()
        try:
            yield connection
        finally:
            with self._guard:
                self._questions -= 1
                self._guard.notify_all()

    def _connection(self) -> engine.Connection:
        held: tuple[int, engine.Connection] | None = getattr(self._local, "held", None)
        with self._guard:
            if not self._is_open:
                raise StoreError("This inspection is closed. Unlock it to go on.")
            if held is None or held[0] != self._era:
                connection = engine.open_reader(self._path, self._keys.database.raw)
                self._connections.append(connection)
                held = (self._era, connection)
            self._questions += 1
        self._local.held = held
        return held[1]
