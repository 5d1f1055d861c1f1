"""One target's exchanges, on threads of their own, until the line is closed.

One thread exchanges; another waits at the target for news, so that what a colleague wrote is here
within moments. Nothing of either ever runs on the interface thread, and neither ever gives up.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from app.crypto.primitives import random_bytes
from app.errors import SiteweekError, TargetError
from app.hardening import fault
from app.sync.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.clock import Clock
    from app.sync.targets.target import Target

WAIT_AT_TARGET: Final = 25.0  # seconds; a proxy on the way may end what takes half a minute
_log = logging.getLogger(__name__)


class Exchanged(Protocol):
    """What an exchange tells the line."""

    @property
    def cursor(self) -> str:
        """Where the target's list was read to."""
        ...

    @property
    def put(self) -> int:
        """How many items were put down."""
        ...


@dataclass(frozen=True, slots=True)
class LineState:
    """How it goes with a target, for people: when it last went well, or why not and what next."""

    is_on: bool = True
    is_busy: bool = False
    last_good: datetime | None = None
    problem: str = ""
    next_try: datetime | None = None


class Line:
    """Exchanges with one target again and again, at the times that its turns say."""

    def __init__(
        self,
        open_target: Callable[[], Target],
        exchange: Callable[[Target, Callable[[], bool]], Exchanged],
        clock: Clock,
        tell: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare; ``start`` begins. ``exchange`` is given a target and whether to stop early."""
        self._open_target, self._exchange = open_target, exchange
        self._clock, self._tell = clock, tell
        self._changed = threading.Condition()
        self._turns = Turns(due=clock.monotonic())
        self._is_closing = False
        self._cursor = ""
        self._round = 0  # exchanges that went well
        self._open: list[Target] = []
        self._last_good: datetime | None = None
        self._problem = ""
        self._threads = [
            threading.Thread(target=self._serve, name="sync exchange", daemon=True),
            threading.Thread(target=self._listen, name="sync listener", daemon=True),
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    @property
    def state(self) -> LineState:
        """How it goes."""
        with self._changed:
            turns = self._turns
            seconds = turns.seconds(self._clock.monotonic())
            due = None
            if self._problem and seconds is not None:
                due = self._clock.now() + timedelta(seconds=seconds)
            return LineState(turns.is_on, turns.is_busy, self._last_good, self._problem, due)

    def changed(self) -> None:
        """Something was written here."""
        self._move(lambda turns, now: turns.changed(now))

    def ask(self) -> None:
        """A person, or a network that came back, wants an exchange now."""
        self._move(lambda turns, now: turns.asked(now))

    def switch(self, *, on: bool) -> None:
        """Go on, or pause."""
        self._move(lambda turns, now: turns.switched(now, on=on))
        self._tell()

    def stop(self) -> None:
        """Let it end, and wait for nothing: an exchange under way stops after the item it is at."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
            targets = list(self._open)
        for target in targets:
            target.close()

    def close(self, seconds: float = 0.5) -> None:
        """End it, and wait until it has, but not for long: locking waits for this.

        A thread that a network keeps is left to end by itself. The store refuses it from then on,
        so nothing is done by halves. Closing twice does nothing.
        """
        self.stop()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(seconds)

    def _move(self, move: Callable[[Turns, float], Turns]) -> None:
        with self._changed:
            self._turns = move(self._turns, self._clock.monotonic())
            self._changed.notify_all()

    def _serve(self) -> None:
        target: Target | None = None
        while self._await_turn():
            self._tell()
            try:
                if target is None:
                    target = self._opened()
                done = self._exchange(target, lambda: self._is_closing)
            except SiteweekError as problem:
                self._drop(target)
                target = None
                self._failed(problem)
            except Exception as problem:  # noqa: BLE001 - a fault here must not end syncing unseen
                self._drop(target)
                target = None
                what = fault(problem)
                _log.error("an exchange ended: %s", what)
                self._failed(SiteweekError(_FAULT))
            else:
                self._went_well(done)
            self._tell()
        self._drop(target)

    def _await_turn(self) -> bool:
        with self._changed:
            while not self._is_closing:
                now = self._clock.monotonic()
                if self._turns.is_due(now):
                    self._turns = self._turns.begun()
                    return True
                self._changed.wait(self._turns.seconds(now))
        return False

    def _went_well(self, done: Exchanged) -> None:
        with self._changed:
            now = self._clock.monotonic()
            self._turns = self._turns.went_well(now, put=done.put > 0)
            self._cursor, self._round = done.cursor, self._round + 1
            self._problem, self._last_good = "", self._clock.now()
            self._changed.notify_all()

    def _failed(self, problem: SiteweekError) -> None:
        with self._changed:
            at_least = getattr(problem, "retry_after", 0.0)
            spread = random_bytes(1)[0] / 255  # keeps a team's laptops apart
            now = self._clock.monotonic()
            self._turns = self._turns.failed(now, spread=spread, at_least=at_least)
            self._problem = problem.sentence
            self._changed.notify_all()

    def _listen(self) -> None:
        target: Target | None = None
        heard = 0
        while True:
            with self._changed:
                # After news, and after a failure, it is the exchange's turn.
                while not self._is_closing and self._round == heard:
                    self._changed.wait()
                if self._is_closing:
                    break
                cursor, round_ = self._cursor, self._round
            try:
                if target is None:
                    target = self._opened()
                if target.wait(cursor, WAIT_AT_TARGET):
                    heard = round_
                    self._move(lambda turns, now: turns.woken(now))
            except TargetError:
                # The exchange finds the same and tells it; listening begins again after it.
                heard = round_
                self._drop(target)
                target = None
        self._drop(target)

    def _opened(self) -> Target:
        target = self._open_target()
        with self._changed:
            self._open.append(target)
            is_late = self._is_closing
        if is_late:
            target.close()
        return target

    def _drop(self, target: Target | None) -> None:
        if target is not None:
            with self._changed:
                self._open.remove(target)
            target.close()


_FAULT: Final = (
    "Something in Siteweek went wrong while it exchanged with this place. Everything on this "
    "laptop is kept; it tries again by itself."
)
