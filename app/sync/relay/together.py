"""Writes over SQLite: one thread, and one commit for all that waits at that moment.

SQLite takes one writer at a time, and each commit waits for the disk. So requests that come while
one commit is under way share the next. Each is still all or nothing by itself, and is answered only
after the commit that holds it.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

T = TypeVar("T")
_MOST_TOGETHER: Final = 64


class _Work(NamedTuple):
    run: Callable[[Connection], Any]
    answer: Future[Any]


class Writer:
    """The one writer of this process. Other processes may write to the same file in turn."""

    def __init__(self, engine: Engine) -> None:
        """Start its thread."""
        self._engine = engine
        self._waiting: deque[_Work] = deque()
        self._has_changed = threading.Condition()
        self._is_ending = False
        self._thread = threading.Thread(target=self._run, name="relay-writer", daemon=True)
        self._thread.start()

    def submit(self, run: Callable[[Connection], T]) -> Future[T]:
        """Have something done in a transaction of its own or with others."""
        work = _Work(run, Future())
        with self._has_changed:
            if self._is_ending:
                raise RuntimeError("the writer has ended")
            self._waiting.append(work)
            self._has_changed.notify()
        return work.answer

    def close(self) -> None:
        """Do what waits, and end."""
        with self._has_changed:
            self._is_ending = True
            self._has_changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while batch := self._next():
            done: list[tuple[_Work, object, BaseException | None]] = []
            try:
                with self._engine.begin() as connection:
                    done = [(work, *_outcome(connection, work)) for work in batch]
            except BaseException as problem:  # noqa: BLE001 - handed to whoever waits for it
                done = [(work, None, problem) for work in batch]
            for work, answer, refused in done:
                if refused is not None:
                    work.answer.set_exception(refused)
                else:
                    work.answer.set_result(answer)

    def _next(self) -> list[_Work]:
        with self._has_changed:
            while not self._waiting and not self._is_ending:
                self._has_changed.wait()
            batch: list[_Work] = []
            while self._waiting and len(batch) < _MOST_TOGETHER:
                work = self._waiting.popleft()
                if work.answer.set_running_or_notify_cancel():
                    batch.append(work)
            return batch if batch or self._is_ending else self._next()


def _outcome(connection: Connection, work: _Work) -> tuple[object, BaseException | None]:
    # By hand: after a full disk SQLite has undone everything, and undoing it again would hide why.
    connection.exec_driver_sql("SAVEPOINT one")
    try:
        answer = work.run(connection)
    except DBAPIError:
        raise  # the disk or the database: nothing of this commit holds
    except Exception as problem:  # noqa: BLE001 - this one is refused, the others go on
        connection.exec_driver_sql("ROLLBACK TO one")
        return None, problem
    connection.exec_driver_sql("RELEASE one")
    return answer, None
