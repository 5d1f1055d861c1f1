"""A clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class StillClock:
    """Stands still until it is moved."""

    def __init__(self, start: datetime = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._up = 5_000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._up

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by
        self._up += by.total_seconds()

    def set(self, to: datetime) -> None:
        """Set the clock on the wall; no time passes."""
        self._now = to

    def restart(self, *, took: timedelta = timedelta(seconds=30)) -> None:
        """Restart the laptop."""
        self._now += took
        self._up = took.total_seconds() / 2
