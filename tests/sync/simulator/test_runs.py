"""A week of mishaps, from seeds: afterwards everybody holds the same, and every word."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.sync.simulator.plants import PLANTS
from tests.sync.simulator.running import logged, played, runs_until_found
from tests.sync.simulator.workshop import Cheap, Real, Workshop
from tests.sync.simulator.world import Plan

HASH_SEEDS = ("0", "1", "4242")


@pytest.mark.parametrize("tenth", range(6))
def test_d01_l01_every_seed_ends_with_the_same_words_on_every_laptop(tenth: int) -> None:
    for seed in range(tenth * 10, tenth * 10 + 10):
        played(seed, Cheap())


@pytest.mark.parametrize("seed", range(4))
def test_d01_with_the_real_seals_too(seed: int) -> None:
    played(seed, Real())


def test_d01_a_team_of_twelve() -> None:
    for seed in range(3):
        played(seed, Cheap(), Plan(steps=120, most_laptops=12, records=20))


def test_d01_among_honest_places_nothing_is_refused() -> None:
    for seed in range(10):
        log = played(seed, Cheap(), Plan(hostile=False, mishaps=False)).log
        assert not [one for one in log if "Refuse" in one or "Accuse" in one or "Renew" in one]


@pytest.mark.parametrize("workshop", [Cheap(), Real()], ids=["cheap", "real"])
def test_a_seed_tells_the_same_story_again(workshop: Workshop) -> None:
    for seed in (3, 5, 8):
        told = logged(seed, workshop)
        assert len(told) > 10
        assert told == logged(seed, workshop)


def test_a_story_does_not_depend_on_how_python_orders_sets() -> None:
    code = "from tests.sync.simulator import running; print(running.digest(12, running.Cheap()))"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in HASH_SEEDS
    }
    assert len(told) == 1
    assert told != {b""}


@pytest.mark.parametrize("bug", PLANTS)
def test_a_planted_bug_is_found(bug: str) -> None:
    assert runs_until_found(bug, Cheap(), 300)
