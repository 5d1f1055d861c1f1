"""Time as the app sees it. Everything that needs the time is given a Clock.

No module calls ``datetime.now`` itself: tests hold the clock still or move it.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present instant, in UTC and aware of it."""
        ...

    def monotonic(self) -> float:
        """Return seconds that only ever grow, alike for every process until the laptop restarts.

        Nobody can set this one, so it is what waiting is measured by. It may stand still while
        the laptop sleeps, and begins anew at a restart.
        """
        ...


class SystemClock:
    """The laptop's own clock, which may be wrong: use it for display, not to decide."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the seconds of the system's own clock that can't be set."""
        return time.monotonic()
