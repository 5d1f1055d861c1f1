"""Whether an inspection is closed: a closing that no reopening names still stands.

No clock takes part: two laptops that closed it apart from each other have closed it twice, and
it is open again once both closings were reopened, in whatever order their records arrive.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.domain.kinds.people import CLOSED, REOPENED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.records import Record


def standing(closures: Iterable[Record]) -> tuple[Record, ...]:
    """Return the closings that nobody has reopened, oldest first by what they say."""
    held = [one for one in closures if not one.is_deleted]
    reopened = {
        each for one in held if one.text("event") == REOPENED for each in one.texts("reopens")
    }
    left = [one for one in held if one.text("event") == CLOSED and one.id not in reopened]
    return tuple(sorted(left, key=lambda one: (one.text("at"), one.id)))


def is_past(keep_until: str, today: date) -> bool:
    """Whether the day until which an inspection is to be kept is over, by a clock's word.

    An inspection with no such day is never due. Being due is a reason to ask and no more:
    nothing is ever erased because a clock says so.
    """
    try:
        return date.fromisoformat(keep_until) < today
    except ValueError:
        return False
