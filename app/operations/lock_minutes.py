"""After how many minutes without a key or a move the window locks: what may be chosen.

Apart from what reads it, so that the lock screen needs nothing of a store.
"""

from __future__ import annotations

from typing import Final

LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 30
USUAL_MINUTES: Final = 5


def within_range(minutes: int) -> int:
    """Return the nearest number of minutes that may be chosen."""
    return min(MOST_MINUTES, max(LEAST_MINUTES, minutes))
