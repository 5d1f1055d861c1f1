"""A clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class StillClock:
    """Stands still until it is moved."""

    def __init__(self, start: datetime = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by
