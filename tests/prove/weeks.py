"""Simulated weeks of a team: everything that can go wrong between laptops, from one seed each."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Final

from tests.prove.faults import RUDE
from tests.prove.rounds import Tally
from tests.prove.scenes.base import LOST, UNTRUE, Wrong
from tests.sync.simulator.plants import PLANTS
from tests.sync.simulator.running import logged, runs_until_found
from tests.sync.simulator.workshop import Cheap, Real

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sync.simulator.workshop import Workshop

BATCH: Final = {"D01": 500, "D01R": 50}
_WORKSHOPS: Final[dict[str, Callable[[], Workshop]]] = {"D01": Cheap, "D01R": Real}
_TITLES: Final = {
    "D01": "D01 a team's week, hashes for seals",
    "D01R": "D01 a team's week, real seals, each told twice",
}


def weeks(about: str, seed: str, most: int) -> Tally:
    """Play so many weeks and judge each; with real seals play each again and compare."""
    begun = time.monotonic()
    tally = Tally(_TITLES[about], seeds=[seed])
    for number in range(most):
        # A seed of its own for each week: a wrong one can be played again by that alone.
        drawn = int.from_bytes(hashlib.sha256(f"{seed}/{number}".encode()).digest()[:6])
        tally.add(drawn, _wrong(drawn, _WORKSHOPS[about](), is_told_twice=about == "D01R"))
    tally.seconds = time.monotonic() - begun
    return tally


def planted_week(bug: str, most: int) -> Tally:
    """Play weeks with a planted bug until it is found."""
    begun = time.monotonic()
    found = runs_until_found(bug, Cheap(), most)
    wrong = [(str(found), LOST, "found")] if found else []
    return Tally(f"planted: {bug}", found or most, time.monotonic() - begun, wrong)


def _wrong(seed: int, workshop: Workshop, *, is_told_twice: bool) -> list[Wrong]:
    try:
        told = logged(seed, workshop)
        if is_told_twice and logged(seed, workshop) != told:
            return [Wrong(UNTRUE, "the same seed told another story")]
    except AssertionError as wrong:
        return [Wrong(LOST, f"{wrong}")]
    except Exception as fault:  # noqa: BLE001 - a crash of the inbox is what is looked for
        return [Wrong(RUDE, f"{type(fault).__name__}: {fault}")]
    return []


__all__ = ["BATCH", "PLANTS", "planted_week", "weeks"]
