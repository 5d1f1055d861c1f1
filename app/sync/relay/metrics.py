"""Counts for whoever runs the relay, as Prometheus reads them: of no inspection or device."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_PREFIX: Final = "siteweek_relay"


class Metrics:
    """Counted by the event loop alone."""

    def __init__(self) -> None:
        """Begin at nought."""
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._times: dict[str, float] = {}
        self.stored_items = 0
        self.stored_bytes = 0

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._requests[route, status] += 1
        self._seconds[route] += 1
        self._times[route] = self._times.get(route, 0.0) + seconds
        for bound in _BOUNDS:
            if seconds <= bound:
                self._buckets[route, bound] += 1
                break

    def text(self, waiters: int) -> str:
        """Return all of it."""
        return "\n".join(self._lines(waiters)) + "\n"

    def _lines(self, waiters: int) -> Iterator[str]:
        name = f"{_PREFIX}_requests_total"
        yield f"# HELP {name} Answers, by route and status."
        yield f"# TYPE {name} counter"
        for (route, status), count in sorted(self._requests.items()):
            yield f'{name}{{route="{route}",status="{status}"}} {count}'
        name = f"{_PREFIX}_seconds"
        yield f"# HELP {name} Time from a request's head to the end of its answer."
        yield f"# TYPE {name} histogram"
        for route, count in sorted(self._seconds.items()):
            below = 0
            for bound in _BOUNDS:
                below += self._buckets[route, bound]
                yield f'{name}_bucket{{route="{route}",le="{bound}"}} {below}'
            yield f'{name}_bucket{{route="{route}",le="+Inf"}} {count}'
            yield f'{name}_sum{{route="{route}"}} {self._times[route]:.6f}'
            yield f'{name}_count{{route="{route}"}} {count}'
        for what, kind, value, told in (
            ("stored_items_total", "counter", self.stored_items, "Items stored."),
            ("stored_bytes_total", "counter", self.stored_bytes, "Bytes of items stored."),
            ("waiters", "gauge", waiters, "Requests that wait for something new."),
        ):
            yield f"# HELP {_PREFIX}_{what} {told}"
            yield f"# TYPE {_PREFIX}_{what} {kind}"
            yield f"{_PREFIX}_{what} {value}"
