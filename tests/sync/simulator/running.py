"""Runs by their seeds: one, many, or with a planted bug until it is found."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from tests.sync.simulator.oracle import judge
from tests.sync.simulator.plants import planted
from tests.sync.simulator.world import Plan, World

if TYPE_CHECKING:
    from tests.sync.simulator.workshop import Workshop

TINY = Plan(steps=25, most_laptops=3)


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
