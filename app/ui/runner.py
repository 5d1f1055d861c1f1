"""Runs work away from the interface thread and brings the answer back to it.

The one place in the window with threads. Answers for a page that was closed are dropped here.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import SiteweekError

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")
_log = logging.getLogger(__name__)


class Asker(Protocol):
    """Somebody who asks for work and can go away before it is done."""

    @property
    def is_closed(self) -> bool:
        """Whether answers are no longer wanted."""
        ...


class Runner(Protocol):
    """Runs work, then hands its answer to ``then`` or its expected error to ``failed``."""

    def run(
        self,
        asker: Asker,
        work: Callable[[], Answer],
        then: Callable[[Answer], None] = lambda _answer: None,
        failed: Callable[[SiteweekError], None] | None = None,
    ) -> None:
        """Run ``work``; call back on the interface thread unless the asker has closed."""
        ...

    def follow(
        self,
        asker: Asker,
        begin: Callable[[], Future[Answer]],
        then: Callable[[Answer], None] = lambda _answer: None,
        failed: Callable[[SiteweekError], None] | None = None,
    ) -> None:
        """Begin a change at once and call back when it is done.

        Changes are begun in the order they are asked for, so one handed over before closing is
        saved before it. A refusal that nobody is left to hear is reported as a crash: words that
        were not saved are never passed over in silence.
        """
        ...


class ThreadRunner(QObject):
    """The real runner: two threads for reads and long work, changes on the store's own thread."""

    _answered = Signal(object)

    def __init__(self, crashed: Callable[[BaseException], None]) -> None:
        """Report errors nobody expected to ``crashed``."""
        super().__init__()
        self._crashed = crashed
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="work")
        self._changes: list[Future[Any]] = []  # begun, and perhaps not yet on disk
        self._answered.connect(_call, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        asker: Asker,
        work: Callable[[], Answer],
        then: Callable[[Answer], None] = lambda _answer: None,
        failed: Callable[[SiteweekError], None] | None = None,
    ) -> None:
        """Run ``work`` on a thread; answer on the interface thread, in order of completion."""

        def attempt() -> None:
            answer = _attempt(asker, work, then, failed, self._crashed)
            try:
                self._answered.emit(answer)
            except RuntimeError:
                # The application ended while the work was under way; what it did is kept.
                _log.debug("answer dropped: application ended")

        self._threads.submit(attempt)

    def follow(
        self,
        asker: Asker,
        begin: Callable[[], Future[Answer]],
        then: Callable[[Answer], None] = lambda _answer: None,
        failed: Callable[[SiteweekError], None] | None = None,
    ) -> None:
        """Begin now, which only hands the change over; answer on the interface thread."""

        def answer(future: Future[Answer]) -> None:
            told = _attempt(asker, future.result, then, failed, self._crashed, is_change=True)
            try:
                self._answered.emit(told)
            except RuntimeError:
                _log.debug("answer dropped: application ended")

        future = _begun(begin)
        self._changes = [one for one in self._changes if not one.done()]
        self._changes.append(future)
        future.add_done_callback(answer)

    def finish(self) -> None:
        """Wait for work and changes under way and take no more."""
        wait(self._changes)
        self._threads.shutdown(wait=True, cancel_futures=False)


class ImmediateRunner:
    """Runs work at once on the calling thread: plain and fast, for tests and pictures."""

    def run(
        self,
        asker: Asker,
        work: Callable[[], Answer],
        then: Callable[[Answer], None] = lambda _answer: None,
        failed: Callable[[SiteweekError], None] | None = None,
    ) -> None:
        """Run and answer before returning."""
        _attempt(asker, work, then, failed, _raise)()

    def follow(
        self,
        asker: Asker,
        begin: Callable[[], Future[Answer]],
        then: Callable[[Answer], None] = lambda _answer: None,
        failed: Callable[[SiteweekError], None] | None = None,
    ) -> None:
        """Wait for the change and answer before returning."""
        _attempt(asker, _begun(begin).result, then, failed, _raise, is_change=True)()


def _attempt(
    asker: Asker,
    work: Callable[[], Answer],
    then: Callable[[Answer], None],
    failed: Callable[[SiteweekError], None] | None,
    crashed: Callable[[BaseException], None],
    *,
    is_change: bool = False,
) -> Callable[[], None]:
    try:
        answer = work()
    except SiteweekError as problem:
        expected = problem

        def tell() -> None:
            if failed is None or (asker.is_closed and is_change):
                crashed(expected)
            elif not asker.is_closed:
                failed(expected)

        return tell
    except Exception as problem:  # noqa: BLE001 - anything unexpected goes to one crash dialog
        unexpected = problem
        return lambda: crashed(unexpected)
    return lambda: None if asker.is_closed else then(answer)


def _begun(begin: Callable[[], Future[Answer]]) -> Future[Answer]:
    """Return the change under way, or one that failed at once because it could not begin."""
    try:
        return begin()
    except SiteweekError as problem:
        refused: Future[Answer] = Future()
        refused.set_exception(problem)
        return refused


def _call(answer: Callable[[], None]) -> None:
    answer()


def _raise(problem: BaseException) -> None:
    raise problem
