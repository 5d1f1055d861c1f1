"""Puts items that arrive together in an order in which little has to wait for anything.

Any order ends the same; a good one spares writing down what waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto.envelope import parse
from app.errors import NewerVersionError, RefusedEnvelopeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_HELD = 32 * 1024 * 1024  # bytes in memory at a time


def in_order(items: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield the items, each device's among them by their numbers, in the places that it had."""
    held: list[tuple[str, bytes]] = []
    size = 0
    for item in items:
        held.append(item)
        size += len(item[1])
        if size > _MOST_HELD:
            yield from _sorted(held)
            held, size = [], 0
    yield from _sorted(held)


def _sorted(items: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    keys = [_key(raw) for _name, raw in items]
    places: dict[str, list[int]] = {}
    for place, (device, _number) in enumerate(keys):
        places.setdefault(device, []).append(place)
    # The smallest numbers of a device go where its first item lay, and so on.
    queues = {
        device: iter(sorted(listed, key=lambda place: keys[place][1]))
        for device, listed in places.items()
    }
    for device, _number in keys:
        yield items[next(queues[device])]


def _key(untrusted: bytes) -> tuple[str, int]:
    try:
        header = parse(untrusted)
    except (RefusedEnvelopeError, NewerVersionError):
        return "", 0
    return header.device, header.first
