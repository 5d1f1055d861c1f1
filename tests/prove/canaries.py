"""Whether the proof finds the planted bugs, each with a small part of its budget."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from tests.prove import rollbacks
from tests.prove.faults import FAULTS, failed
from tests.prove.judge import Place
from tests.prove.plants import PLANTS
from tests.prove.rounds import Tally, power_cuts
from tests.prove.subject import Subject
from tests.prove.trace import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROUNDS = 6
_FLUSHES = 4


def found(name: str, seed: str, most: int) -> Tally:
    """Look for one planted bug, for some rounds; stop when it is found."""
    if PLANTS[name].scene != "files":
        return _found(name, seed, most)
    # It lies where files are opened, so it is planted in the process that judges, which ends then.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as alone:
        return alone.submit(_found, name, seed, most).result()


def _found(name: str, seed: str, most: int) -> Tally:
    begun = time.monotonic()
    tally = Tally(f"planted: {PLANTS[name].what}", seeds=[seed])
    for one in _looks(name, seed, most):
        tally.take_in(one)
        if tally.wrong:
            break
    tally.seconds = time.monotonic() - begun
    return tally


def _looks(name: str, seed: str, most: int) -> Iterator[Tally]:
    plant = PLANTS[name]
    if plant.scene == "files":
        plant.put_in()
        with Place() as place, Place() as beside:
            other, subject = Subject(beside, f"{seed}/other"), Subject(place, seed)
            yield rollbacks.old_files(subject)
            yield rollbacks.strange_files(subject, other)
        return
    for number in range(_ROUNDS):
        part_seed = f"{seed}-{number}"
        if plant.scene == "flush":
            flush = next(one for one in FAULTS if one.title == "flush fails")
            yield failed(Part("C02", part_seed, name), flush, _FLUSHES)
        else:
            yield power_cuts(Part(plant.scene, part_seed, name), most, stop_at=1)
