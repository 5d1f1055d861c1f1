"""The open store of one inspection: one thread that writes, readers on their own connections.

Nothing here decides what is written; callers hand over functions that run in a transaction.
"""

from __future__ import annotations

import logging
import queue
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from app.errors import SiteweekError, StoreError
from app.paths import refuges
from app.store import backups, drafts, engine, heads, logs, reserve
from app.store.blobs import Blobs
from app.store.opening import open_store
from app.store.places import BLOBS, STORE
from app.store.readers import Readers
from app.store.refuge import Refuge
from app.store.transaction import Rehearsal, Transaction
from app.store.writing import cannot_write, in_transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta
    from pathlib import Path

    from app.clock import Clock
    from app.crypto.inspection_keys import InspectionKeys
    from app.store.backups import Counted
    from app.store.reader import Reader

Result = TypeVar("Result")
_BACKED_UP: Final = "backed_up"  # the newest snapshot, and how many changes are in it
_MOST_UNNOTED: Final = 20  # changes in a row before the newest head is written outside
_PAUSE: Final = 0.2  # seconds without a change after which the newest head is written outside
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Work(Generic[Result]):
    """One piece of work for the writing thread, and where its answer goes."""

    run: Callable[[Transaction], Result]
    answer: Future[Result]


@dataclass(frozen=True, slots=True)
class _Settle:
    """A wish to hear when the newest head is outside."""

    done: threading.Event


class Store:
    """One inspection's encrypted store, open. Close it to end its thread and connections."""

    def __init__(self, folder: Path, keys: InspectionKeys, clock: Clock) -> None:
        """Open or create the store in an inspection's folder, beside its key file.

        Raises:
            SiteweekError: as ``opening.open_store`` says.

        """
        self._opened = open_store(folder, keys, clock)
        self._folder, self._keys, self._clock = folder, keys, clock
        self.blobs = Blobs(folder / BLOBS, keys.inspection_id)
        self._queue: queue.SimpleQueue[_Work[object] | _Settle | None] = queue.SimpleQueue()
        self._readers = Readers(folder, keys)
        self._guard = threading.Lock()
        self._is_open = True
        self._unnoted = 0
        self._is_broken = False  # a faulty disk refused a fresh connection: tried at each change
        self._refuge = Refuge((folder.parent.parent, *refuges()), keys)
        self._take_up()
        self._note_head()
        self._thread = threading.Thread(target=self._serve, name="store writer", daemon=True)
        self._thread.start()

    @property
    def keys(self) -> InspectionKeys:
        """The keys it was opened with."""
        return self._keys

    @property
    def notices(self) -> list[str]:
        """Sentences about this store that the user has to be told, oldest first."""
        return list(self._opened.notices)

    def write(self, run: Callable[[Transaction], Result]) -> Future[Result]:
        """Run a function in one transaction on the writing thread.

        The answer comes after COMMIT returned, so what it tells of is on disk. If the function
        raises, nothing of it was kept. It is run a second time when the disk was full and the
        reserve could be given up.
        """
        answer: Future[Result] = Future()
        with self._guard:
            if not self._is_open:
                raise StoreError("This inspection is closed. Unlock it to go on.")
            self._queue.put(_Work(run, answer))  # type: ignore[arg-type]
        return answer

    def read(self, run: Callable[[Reader], Result]) -> Result:
        """Run a function on this thread's own reading connection, over one snapshot."""
        return self._readers.read(run)

    def settle(self) -> None:
        """Return once all that was handed over is answered and the newest head is outside."""
        told = _Settle(threading.Event())
        with self._guard:
            if not self._is_open:
                return
            self._queue.put(told)
        told.done.wait()

    def back_up(self) -> Counted:
        """Make a snapshot on the calling thread, beside writing; see ``backups.take``."""
        return backups.take(self._folder, self._keys, self._clock)

    def back_up_if_due(self, after: timedelta) -> bool:
        """Make a snapshot if changes came since the newest, and it is that old."""
        newest = next(iter(backups.every(self._folder)), None)
        held = self.read(lambda reader: heads.newest(reader.connection))
        if newest is not None:
            seen = self.read(lambda reader: reader.recall(_BACKED_UP))
            is_fresh = self._clock.now() - newest.made < after
            if is_fresh or seen == f"{newest.stamp} {held.count}":
                return False
        made = self.back_up()
        told = f"{made.stamp} {made.head.count}"
        self.write(lambda tx: tx.keep_local(_BACKED_UP, told)).result()
        return True

    def close(self) -> None:
        """Finish what was handed over, sign the newest revision, fold the log in, close all.

        Closing twice does nothing.
        """
        with self._guard:
            if not self._is_open:
                return
            self._is_open = False
            self._queue.put(None)
        self._thread.join()
        self._readers.close()
        self._seal_off()
        self._opened.lock.release()

    def _seal_off(self) -> None:
        """Sign and fold in. A disk that refuses keeps the log, and that loses nothing."""
        writer = self._opened.writer
        try:
            in_transaction(writer, lambda it: heads.sign(it, self._keys))
            self._note_head()
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except engine.DriverError as problem:
            _log.warning("the store was closed with its log: %s", engine.reason(problem))
        finally:
            with suppress(engine.DriverError):
                writer.close()

    def _serve(self) -> None:
        while (work := self._next()) is not None:
            if isinstance(work, _Settle):
                self._note_head()
                work.done.set()
                continue
            self._answer(work)
            self._unnoted += 1
            if self._unnoted >= _MOST_UNNOTED:
                self._note_head()

    def _next(self) -> _Work[object] | _Settle | None:
        """Return what was handed over next; in a pause, note the newest head first."""
        if self._unnoted:
            # Outside the way of changes that follow each other, which would wait for its flush.
            with suppress(queue.Empty):
                return self._queue.get(timeout=_PAUSE)
            self._note_head()
        return self._queue.get()

    def _answer(self, work: _Work[object]) -> None:
        """Run in one transaction and answer once it is on disk, or with why it is not."""
        if not work.answer.set_running_or_notify_cancel():
            return
        try:
            result = self._attempt(work.run)
        except engine.DriverError as problem:
            kept = self._take_refuge(work.run)
            work.answer.set_exception(cannot_write(problem, kept_elsewhere=kept))
        except BaseException as problem:  # noqa: BLE001 - it is the caller's to handle
            work.answer.set_exception(problem)
        else:
            work.answer.set_result(result)

    def _attempt(self, run: Callable[[Transaction], Result]) -> Result:
        written: list[str] = []

        def work(connection: engine.Connection) -> Result:
            transaction = Transaction(connection, self._clock)
            result = run(transaction)
            written.extend(transaction.words)
            return result

        if self._is_broken:
            self._reopen()
        try:
            result = in_transaction(self._opened.writer, work)
        except engine.DriverError as problem:
            if engine.is_disk_fault(problem):
                self._reopen()
            if not engine.is_full(problem) or not reserve.give_up(self._folder):
                raise
            result = self._attempt_in_reserve(work)
        self._refuge.let_go(written)
        return result

    def _attempt_in_reserve(self, work: Callable[[engine.Connection], Result]) -> Result:
        try:
            result = in_transaction(self._opened.writer, work)
        except engine.DriverError:
            reserve.hold(self._folder)
            raise
        self._tell(
            "The disk is full. Your words were saved in the room that was kept for this. Make "
            "room now: more than a few pages can’t be saved."
        )
        return result

    def _take_refuge(self, run: Callable[[Transaction], Result]) -> bool:
        """Keep the words of a change that the store can't take in another folder, sealed."""
        writer = self._opened.writer
        rehearsal = Rehearsal(writer, self._clock)
        # What it gathered until it stopped is kept. What writes without asking a transaction, as
        # taking in another laptop's changes does, would do so piece by piece: it stops at once.
        with suppress(Exception), engine.only_reading(writer):
            run(rehearsal)
        return bool(rehearsal.words) and self._refuge.take(rehearsal.words.values())

    def _take_up(self) -> None:
        """Make drafts of the words that earlier runs had to keep elsewhere."""
        found = self._refuge.found()
        if not found:
            return

        def keep(connection: engine.Connection) -> None:
            for one in found:
                drafts.keep(connection, one)

        try:
            in_transaction(self._opened.writer, keep)
        except engine.DriverError as problem:
            _log.warning("words kept elsewhere stay there: %s", engine.reason(problem))
        else:
            self._refuge.discard()

    def _reopen(self) -> None:
        """Begin again with a fresh connection: after a failed flush nothing cached is certain."""
        # First of all: closing could fold in what the disk only seems to hold.
        is_certain = logs.write_again(self._folder)
        with suppress(engine.DriverError):
            self._opened.writer.close()
        self._readers.begin_anew()
        self._is_broken = True
        try:
            self._opened.writer = engine.open_writer(self._folder / STORE, self._keys.database.raw)
            # What was refused may stand in the log, whole: a crash would bring it back.
            if is_certain:
                with suppress(engine.DriverError):
                    self._opened.writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except SiteweekError as problem:
            self._tell(problem.sentence)
        else:
            self._is_broken = not is_certain

    def _note_head(self) -> None:
        """Write the newest head outside the database. Older than the store does no harm."""
        self._unnoted = 0
        try:
            self._opened.key_file.advance(heads.newest(self._opened.writer))
        except StoreError as problem:
            _log.warning("%s", problem.sentence)
        except engine.DriverError as problem:
            _log.warning("the newest head could not be read: %s", engine.reason(problem))

    def _tell(self, sentence: str) -> None:
        if sentence not in self._opened.notices:
            self._opened.notices.append(sentence)
