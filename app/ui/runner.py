"""Runs work away from the interface thread and brings the answer back to it.

The one place in the window with threads. Answers for a page that was closed are dropped here.
"""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
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

    def settle(
        self, hand_over: Callable[[], None], then: Callable[[Exception | None], None]
    ) -> None:
        """Call ``hand_over``, which begins changes, and ``then`` once all changes are answered.

        Everyone else has heard their answer by then. ``then`` is told of the first change that
        was refused since, whoever asked for it, or of none: what was on screen is on disk.
        """
        ...


class UnderWay:
    """Changes begun and not yet heard of, and who waits for all of them."""

    def __init__(self) -> None:
        """Count from nothing."""
        self._count = 0
        self._waiting: list[tuple[list[Exception], Callable[[Exception | None], None]]] = []

    def begun(self) -> None:
        """Take note that a change was begun."""
        self._count += 1

    def heard(self, problem: BaseException | None) -> None:
        """Take note that everyone heard the answer to a change; tell those who waited for it."""
        self._count -= 1
        if isinstance(problem, Exception):
            for refused, _then in self._waiting:
                refused.append(problem)
        self._tell()

    def settle(
        self, hand_over: Callable[[], None], then: Callable[[Exception | None], None]
    ) -> None:
        """Wait from before the first change is begun, so that none is missed."""
        waiting: tuple[list[Exception], Callable[[Exception | None], None]] = ([], then)
        self._count += 1  # for handing over itself: what answers at once must not end the wait
        self._waiting.append(waiting)
        try:
            hand_over()
        except BaseException:
            self._waiting.remove(waiting)
            self._count -= 1
            raise
        self._count -= 1
        self._tell()

    def _tell(self) -> None:
        if self._count:
            return
        waiting, self._waiting = self._waiting, []
        for refused, then in waiting:
            then(refused[0] if refused else None)


class ThreadRunner(QObject):
    """The real runner: two threads for reads and long work, changes on the store's own thread."""

    _answered = Signal(object)

    def __init__(self, crashed: Callable[[BaseException], None]) -> None:
        """Report errors nobody expected to ``crashed``."""
        super().__init__()
        self._crashed = crashed
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="work")
        self._changes: list[Future[Any]] = []  # begun, and perhaps not yet on disk
        self._under_way = UnderWay()
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

            def tell() -> None:
                try:
                    told()
                finally:
                    self._under_way.heard(_problem(future))

            try:
                self._answered.emit(tell)
            except RuntimeError:
                _log.debug("answer dropped: application ended")

        self._under_way.begun()
        future = _begun(begin)
        self._changes = [one for one in self._changes if not one.done()]
        self._changes.append(future)
        future.add_done_callback(answer)

    def settle(
        self, hand_over: Callable[[], None], then: Callable[[Exception | None], None]
    ) -> None:
        """Hand over now; tell once everything begun is on disk, or was refused."""
        self._under_way.settle(hand_over, then)

    def finish(self) -> None:
        """Wait for work and changes under way and take no more."""
        wait(self._changes)
        self._threads.shutdown(wait=True, cancel_futures=False)


class ImmediateRunner:
    """Runs work at once on the calling thread: plain and fast, for tests and pictures."""

    def __init__(self) -> None:
        """Nothing is under way between two calls."""
        self._under_way = UnderWay()

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
        self._under_way.begun()
        future = _begun(begin)
        try:
            _attempt(asker, future.result, then, failed, _raise, is_change=True)()
        finally:
            self._under_way.heard(_problem(future))

    def settle(
        self, hand_over: Callable[[], None], then: Callable[[Exception | None], None]
    ) -> None:
        """Hand over, and tell before returning."""
        self._under_way.settle(hand_over, then)


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


def _problem(future: Future[Answer]) -> BaseException | None:
    """Return why a change that is over was not made, or None if it was."""
    try:
        return future.exception()
    except CancelledError as problem:
        return problem


def _call(answer: Callable[[], None]) -> None:
    answer()


def _raise(problem: BaseException) -> None:
    raise problem
