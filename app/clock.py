"""Time as the app sees it. Everything that needs the time is given a Clock.

No module calls ``datetime.now`` itself: tests hold the clock still or move it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present instant, in UTC and aware of it."""
        ...


class SystemClock:
    """The laptop's own clock, which may be wrong: use it for display, not to decide."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return datetime.now(UTC)
