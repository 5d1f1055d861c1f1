"""Which backups are kept: all of the last hour, then one an hour, a day and a week.

A backup made after a loss holds the loss. So older ones are thinned out, never simply replaced
by newer ones, and the last few are kept whatever their age.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NEWEST: Final = 5
WEEKS: Final = 8
# How far back each tier reaches, and which backups share a place in it.
_TIERS: Final[tuple[tuple[timedelta, Callable[[datetime], object]], ...]] = (
    (timedelta(hours=1), lambda at: at),
    (timedelta(days=1), lambda at: (at.date(), at.hour)),
    (timedelta(days=7), lambda at: at.date()),
    (timedelta(weeks=WEEKS), lambda at: at.isocalendar()[:2]),
)


def superseded(made: Iterable[datetime], now: datetime) -> list[datetime]:
    """Return the backups that may go, oldest first. Those from the future stay."""
    ordered = sorted(made)
    kept = set(ordered[-NEWEST:]) | {at for at in ordered if at > now}
    for reach, place in _TIERS:
        # The oldest in each place stays: it lies furthest from whatever happened since.
        firsts: dict[object, datetime] = {}
        for at in ordered:
            if now - at <= reach:
                firsts.setdefault(place(at), at)
        kept.update(firsts.values())
    return [at for at in ordered if at not in kept]
