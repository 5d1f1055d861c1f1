"""Deciding what to send, to fetch and to wait for: pure functions of two version vectors.

A vector says, for each device, the highest number below which all of its revisions are held.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Range(NamedTuple):
    """Revisions of one device, ends included."""

    device: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What one replica and another, or a target, have to exchange."""

    send: tuple[Range, ...]
    fetch: tuple[Range, ...]

    @property
    def is_even(self) -> bool:
        """Whether both hold the same."""
        return not self.send and not self.fetch


def plan(ours: Mapping[str, int], theirs: Mapping[str, int]) -> Plan:
    """Return what we hold and they lack, and the other way round, device by device."""
    return Plan(tuple(_lacking(theirs, ours)), tuple(_lacking(ours, theirs)))


def missing(ours: Mapping[str, int], heard_of: Iterable[Mapping[str, int]]) -> tuple[Range, ...]:
    """Return what others say exists and we were not given: shown by name, never guessed at."""
    known: dict[str, int] = {}
    for one in heard_of:
        for device, number in one.items():
            known[device] = max(number, known.get(device, 0))
    return tuple(_lacking(ours, known))


def held_by(dot: tuple[str, int], vectors: Iterable[Mapping[str, int]]) -> int:
    """Return how many of these replicas hold a revision."""
    device, number = dot
    return sum(one.get(device, 0) >= number for one in vectors)


def _lacking(fewer: Mapping[str, int], more: Mapping[str, int]) -> Iterable[Range]:
    for device in sorted(more):
        if more[device] > fewer.get(device, 0):
            yield Range(device, fewer.get(device, 0) + 1, more[device])
