"""How often and how many at once: token buckets, and places that are taken and given back.

All of it is in this process alone and bounded in size; several processes allow as many times more.
"""

from __future__ import annotations

import ipaddress
from collections import Counter, OrderedDict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from app.sync.relay.refusals import busy, too_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.sync.relay.settings import Rate

_MOST_KEYS: Final = 20_000
_NETWORK: Final = 64  # of an IPv6 address; whoever has one has all addresses in it


class Buckets:
    """A token bucket for each key that asks; the ones not asked for longest are forgotten."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float]) -> None:
        """Fill each bucket on first use."""
        self._rate = rate
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Take one token.

        Raises:
            Refusal: there is none.

        """
        now = self._monotonic()
        tokens, then = self._buckets.pop(key, (self._rate.at_once, now))
        tokens = min(self._rate.at_once, tokens + (now - then) * self._rate.a_second)
        is_empty = tokens < 1
        self._buckets[key] = (tokens if is_empty else tokens - 1, now)
        if len(self._buckets) > _MOST_KEYS:
            self._buckets.popitem(last=False)
        if is_empty:
            raise too_many((1 - tokens) / self._rate.a_second)


class Places:
    """So many at once for each key, and so many for all together."""

    def __init__(self, per_key: int, for_all: int) -> None:
        """All places are free."""
        self._per_key = per_key
        self._for_all = for_all
        self._taken: Counter[str] = Counter()
        self._in_all = 0

    @contextmanager
    def taken(self, key: str) -> Iterator[None]:
        """Hold a place for as long as the context lasts.

        Raises:
            Refusal: there is none.

        """
        if self._taken[key] >= self._per_key:
            raise too_many(1)
        if self._in_all >= self._for_all:
            raise busy()
        self._taken[key] += 1
        self._in_all += 1
        try:
            yield
        finally:
            self._in_all -= 1
            self._taken[key] -= 1
            if not self._taken[key]:
                del self._taken[key]


def network(address: str) -> str:
    """Return what stands for an address: itself, or the network of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if parsed.version == 4:  # noqa: PLR2004 - the protocol's own number
        return str(parsed)
    return str(ipaddress.ip_network((parsed, _NETWORK), strict=False))
