"""Runs by their seeds: one, many, or with a planted bug until it is found."""

from __future__ import annotations

import hashlib
from itertools import count

from tests.sync.simulator.oracle import judge
from tests.sync.simulator.plants import planted
from tests.sync.simulator.workshop import Cheap, Workshop
from tests.sync.simulator.world import Plan, World

__all__ = ["Cheap", "digest", "logged", "played", "runs_until_found"]


def played(seed: int, workshop: Workshop, plan: Plan | None = None) -> World:
    """Play a run to its end and judge it; what doesn't hold is raised with the seed."""
    world = World(seed, workshop, plan)
    try:
        world.run()
        world.heal()
        judge(world)
    except AssertionError as wrong:
        wrong.add_note(f"seed {seed}, {type(workshop).__name__}; the last of {len(world.log)}:")
        wrong.add_note("\n".join(world.log[-40:]))
        raise
    return world


def runs_until_found(bug: str, workshop: Workshop, most: int) -> int:
    """Return how many runs it took to find a planted bug, or 0."""
    with planted(bug):
        for seed in count(1):
            try:
                played(seed, workshop)
            except AssertionError:
                return seed
            if seed == most:
                return 0
    return 0


def logged(seed: int, workshop: Workshop) -> list[str]:
    """Return all that happened in a run."""
    return played(seed, workshop).log


def digest(runs: int, workshop: Workshop) -> str:
    """Return what tells whether other runs of the same seeds went the same way."""
    told = hashlib.sha256()
    for seed in range(runs):
        told.update("\n".join(logged(seed, workshop)).encode())
    return told.hexdigest()
