"""Where a request for information stands: asked, promised, late by so many days, received."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

# A promise nobody made: what is asked for without a day is looked at again after this many days.
QUIET_AFTER: Final = 3


class Stands(StrEnum):
    """Where a request stands; the value is its word on screen."""

    LATE = "late"
    ASKED = "asked"
    PROMISED = "promised"
    RECEIVED = "received"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to come."""
        return self in {Stands.LATE, Stands.ASKED, Stands.PROMISED}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as far as its clock goes; days are None where nobody said."""

    state: str
    asked: date | None
    promised: date | None
    received: date | None
    chased: date | None

    def stands(self, today: date) -> Stands:
        """Return where it stands today."""
        if self.state in {Stands.REFUSED, Stands.WITHDRAWN}:
            return Stands(self.state)
        if self.received is not None or self.state == Stands.RECEIVED:
            return Stands.RECEIVED
        if self.promised is not None:
            return Stands.LATE if self.promised < today else Stands.PROMISED
        return Stands.ASKED

    def days_late(self, today: date) -> int:
        """Return how many days after its promise it came, or has not come by today."""
        if self.promised is None:
            return 0
        until = self.received if self.received is not None else today
        return max(0, (until - self.promised).days)

    def in_words(self, today: date) -> str:
        """Return “promised for Tue 13 Oct, 2 days late, chased Wed 14 Oct”."""
        late = self.days_late(today)
        parts = [f"asked {_short(self.asked)}" if self.asked is not None else "asked"]
        if self.promised is not None:
            parts.append(f"promised for {_short(self.promised)}")
        where = self.stands(today)
        if where is Stands.RECEIVED:
            parts.append(f"received {_short(self.received)}" if self.received else "received")
            parts += [f"{_several(late)} late"] if late else []
        elif where is Stands.LATE:
            parts.append(f"{_several(late)} late")
        elif not where.is_waiting:
            parts.append(str(where))
        elif self.asked is not None and self.promised is None:
            waited = (today - self.asked).days
            parts += [f"no day promised, {_several(waited)} ago"] if waited >= QUIET_AFTER else []
        if where.is_waiting and self.chased is not None:
            parts.append(f"chased {_short(self.chased)}")
        return ", ".join(parts)


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _several(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
