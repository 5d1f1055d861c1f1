"""The hybrid clock: wall time where clocks agree, and still in order where they do not.

A stamp is one integer: milliseconds since 1970 in the high bits, a counter in the low 16
(Kulkarni and others, 2014). It orders what one person did; it never decides a fork.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

COUNTER_BITS: Final = 16
# A stamp further ahead than this is another laptop's wrong clock: it is shown, not adopted.
LARGEST_JUMP: Final = timedelta(hours=24)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def stamp(now: datetime, newest: int = 0) -> int:
    """Return a stamp for ``now`` that is later than ``newest``, the latest one known here."""
    wall = _wall(now)
    if newest > latest_believable(now):
        return wall
    return max(wall, newest + 1)


def latest_believable(now: datetime) -> int:
    """Return the largest stamp that a clock which is not plainly wrong could have given by now."""
    return _wall(now) + ((LARGEST_JUMP // timedelta(milliseconds=1)) << COUNTER_BITS)


def instant(stamped: int) -> datetime:
    """Return the wall time in a stamp, in UTC and to the millisecond.

    Times no calendar holds are shown as the nearest one it does.
    """
    millis = max(0, stamped >> COUNTER_BITS)
    try:
        return _EPOCH + timedelta(milliseconds=millis)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _wall(now: datetime) -> int:
    return ((now - _EPOCH) // timedelta(milliseconds=1)) << COUNTER_BITS
