"""When to exchange with a target next: at once, after a pause, or after a wait that grows.

Pure: times are seconds of a monotonic clock that the caller reads. A target that fails is tried
again by itself, for ever; nobody has to start the app anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

# So that nobody who watches a relay can read the rhythm of typing from it.
BETWEEN_ENVELOPES: Final = 3.0
REGULARLY: Final = 60.0
FIRST_WAIT: Final = 2.0
LONGEST_WAIT: Final = 300.0


@dataclass(frozen=True, slots=True)
class Turns:
    """One target's turns. ``due`` is when the next one is, which is not before it is on.

    ``failures`` counts those since it last went well; ``again`` tells that something came up in
    the middle of a turn.
    """

    due: float = 0.0
    is_on: bool = True
    is_busy: bool = False
    again: bool = False
    failures: int = 0
    last_put: float = -BETWEEN_ENVELOPES

    def is_due(self, now: float) -> bool:
        """Whether to begin now."""
        return self.is_on and not self.is_busy and now >= self.due

    def seconds(self, now: float) -> float | None:
        """Return how long there is nothing to do; None until something comes up."""
        if not self.is_on or self.is_busy:
            return None
        return max(0.0, self.due - now)

    def changed(self, now: float) -> Turns:
        """Something was written here. It leaves at once, but not more often than it may."""
        return self._sooner(max(now, self.last_put + BETWEEN_ENVELOPES))

    def woken(self, now: float) -> Turns:
        """The target told that something is new there."""
        return self._sooner(now)

    def asked(self, now: float) -> Turns:
        """A person, or a network that came back, wants it tried now, whatever went wrong."""
        if self.is_busy:
            return replace(self, again=True)
        return replace(self, due=min(self.due, now))

    def begun(self) -> Turns:
        """A turn began."""
        return replace(self, is_busy=True, again=False)

    def went_well(self, now: float, *, put: bool) -> Turns:
        """A turn ended; ``put`` tells whether anything was put down."""
        last_put = now if put else self.last_put
        due = max(now, last_put + BETWEEN_ENVELOPES) if self.again else now + REGULARLY
        return replace(self, is_busy=False, again=False, failures=0, due=due, last_put=last_put)

    def failed(self, now: float, *, spread: float, at_least: float = 0.0) -> Turns:
        """A turn failed. ``spread`` from 0 to 1 keeps a team's laptops from trying all at once."""
        # The exponent stops growing where the wait has long reached its longest.
        grown = FIRST_WAIT * 2 ** min(self.failures, 16)
        wait = max(min(LONGEST_WAIT, grown) * (0.5 + spread / 2), at_least)
        failures = self.failures + 1
        return replace(self, is_busy=False, again=False, failures=failures, due=now + wait)

    def switched(self, now: float, *, on: bool) -> Turns:
        """The target was switched on or off."""
        return replace(self, is_on=on, due=now, failures=0)

    def _sooner(self, due: float) -> Turns:
        if self.is_busy:
            return replace(self, again=True)
        if self.failures:
            return self  # it is tried when its wait is over: what came up goes along then
        return replace(self, due=min(self.due, due))
