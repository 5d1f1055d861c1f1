"""Puts the revisions that were found back into each device's chain, and says what is missing.

Where two are found under one number, the chain itself says which one counted: the revision after
it names it, or the newest head does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.store.salvage.carve import Finds
    from app.store.salvage.shapes import FoundRevision


@dataclass(frozen=True, slots=True)
class Chain:
    """One device's revisions: how many are here, the newest, and which numbers are not here.

    ``missing`` holds first and last number of each gap. ``beyond`` counts those after the newest
    one that the store had noted as saved.
    """

    device: str
    held: int
    newest: int
    missing: tuple[tuple[int, int], ...]
    beyond: int = 0

    @property
    def missing_count(self) -> int:
        """How many revisions of this device are not here."""
        return sum(last - first + 1 for first, last in self.missing)


def assemble(finds: Finds) -> tuple[list[FoundRevision], list[FoundRevision], list[Chain]]:
    """Return the revisions that count, in order of arrival, those set aside, and the chains."""
    by_device: defaultdict[str, dict[int, list[FoundRevision]]] = defaultdict(dict)
    for one in finds.revisions.values():
        device, number = one.revision.dot
        by_device[device].setdefault(number, []).append(one)
    noted = _noted(finds)
    kept: list[FoundRevision] = []
    aside: list[FoundRevision] = []
    chains: list[Chain] = []
    heads = {one.hash for one in finds.noted}
    for device in sorted(by_device.keys() | noted.keys()):
        numbered = by_device[device]
        chosen = _chosen(numbered, finds.asked, heads)
        kept.extend(chosen.values())
        aside.extend(
            one for number, ways in numbered.items() for one in ways if one is not chosen[number]
        )
        chains.append(_chain(device, chosen, noted.get(device, 0)))
    return sorted(kept, key=_arrival), aside, chains


def _noted(finds: Finds) -> dict[str, int]:
    """Return how far the store itself held each device's chain to go."""
    noted: dict[str, int] = {}
    for head in finds.noted:
        at_head = finds.revisions.get(head.hash)
        device = head.device if at_head is None else at_head.revision.dot.device
        if device:
            noted[device] = max(head.number, noted.get(device, 0))
    return noted


def _chosen(
    numbered: Mapping[int, list[FoundRevision]], asked: Collection[bytes], heads: Collection[bytes]
) -> dict[int, FoundRevision]:
    chosen: dict[int, FoundRevision] = {}
    named = b""
    for number in sorted(numbered, reverse=True):
        # What the engine itself reads was saved; then what the next one names; then a head.
        chosen[number] = max(
            numbered[number],
            key=lambda one: (
                one.hash in asked,
                one.hash == named,
                one.hash in heads,
                one.revision.at,
            ),
        )
        named = chosen[number].previous
    return chosen


def _chain(device: str, chosen: Mapping[int, FoundRevision], noted: int) -> Chain:
    newest = max([*chosen, noted])
    stops = [0, *sorted(chosen), newest + 1]
    missing = tuple((one + 1, other - 1) for one, other in pairwise(stops) if other > one + 1)
    beyond = sum(number > noted for number in chosen) if noted else 0
    return Chain(device, len(chosen), newest, missing, beyond)


def _arrival(one: FoundRevision) -> tuple[bool, int, int, str, int]:
    revision = one.revision
    return one.seq is None, one.seq or 0, revision.at, revision.dot.device, revision.dot.number
