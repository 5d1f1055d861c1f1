"""What a budget buys: the jobs of one run, spread over processes, and kept so that it can go on.

Each job is small and stands alone; what it found is a line in a file. A run that was stopped is
taken up where it stopped, and a line says with which seed a job can be done again.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

from tests.prove import flips, rollbacks, weeks
from tests.prove.canaries import found
from tests.prove.faults import FAULTS, failed
from tests.prove.judge import Place
from tests.prove.kill import killed
from tests.prove.lies import lied_to
from tests.prove.plants import PLANTS
from tests.prove.rounds import Tally, power_cuts
from tests.prove.scenes import SCENES
from tests.prove.subject import Subject
from tests.prove.trace import Part
from tests.prove.typists import killed_while_typing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

# How many rounds of each scene there are for one of the least: what is done all day comes first.
_WEIGHTS: Final = {"C01": 2, "C02": 4, "C04": 4, "C05": 2, "C06R": 2, "C07": 2, "B10": 2}
_LEAST: Final = 1
_BATCHES: Final = 2  # of typists, so that two may type at once


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of each there is to be. ``round`` is the most states judged of one playing."""

    states: int
    round: int
    kills: int
    faults: int
    values: int  # of each byte of the key files
    log: int  # damages to a log
    typists: int
    weeks: int  # simulated, of a team
    real_weeks: int  # the same with real seals
    most_seconds: int  # of all weeks together, on one core


BUDGETS: Final = {
    "small": Budget(1_200, 150, 60, 90, 4, 60, 2, 500, 10, 60),
    "change": Budget(20_000, 1_500, 300, 300, 4, 500, 20, 5_000, 100, 600),
    "full": Budget(1_000_000, 4_000, 5_000, 5_000, 255, 20_000, 200, 500_000, 5_000, 3 * 60 * 60),
}


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of a run: its kind, the scene or part it is about, its seed, and how much."""

    kind: str
    about: str
    seed: str
    most: int

    @property
    def name(self) -> str:
        """What tells it from every other job of a run."""
        return f"{self.kind} {self.about} {self.seed} {self.most}"

    def do(self) -> Tally:
        """Do it."""
        return _KINDS[self.kind](self)


def _failed(job: Job) -> Tally:
    number, scene = job.about.split()
    return failed(Part(scene, job.seed), FAULTS[int(number)], job.most)


def _on_files(job: Job) -> Tally:
    begun = time.monotonic()
    with Place() as place, Place() as beside:
        # Both live where the second place does: it was entered last.
        other = Subject(beside, f"{job.seed}/other")
        subject = Subject(place, job.seed)
        tally = _ON_FILES[job.about](subject, other, job.most)
    tally.seeds, tally.seconds = [job.seed], time.monotonic() - begun
    return tally


_ON_FILES: Final[dict[str, Callable[[Subject, Subject, int], Tally]]] = {
    "A02 keyring": lambda subject, _other, most: flips.keyring_bytes(subject, most),
    "A02 store.key": lambda subject, _other, most: flips.store_key_bytes(subject, most),
    "B04 pages": lambda subject, _other, _most: flips.pages(subject),
    "B06 old pages": lambda subject, _other, _most: flips.old_pages(subject),
    "B07 log": lambda subject, _other, most: rollbacks.log_bytes(subject, most),
    "B08 old files": lambda subject, _other, _most: rollbacks.old_files(subject),
    "B09 strangers": lambda subject, other, _most: rollbacks.strange_files(subject, other),
}
_KINDS: Final[dict[str, Callable[[Job], Tally]]] = {
    "power": lambda job: power_cuts(Part(job.about, job.seed), job.most),
    "kill": lambda job: killed(Part(job.about, job.seed), job.most),
    "fault": _failed,
    "files": _on_files,
    "typing": lambda job: killed_while_typing(job.seed, job.most),
    "lie": lambda job: lied_to(Part(job.about, job.seed), job.most),
    "plant": lambda job: found(job.about, job.seed, job.most),
    "canary": lambda job: weeks.planted_week(job.about, job.most),
    "week": lambda job: weeks.weeks(job.about, job.seed, job.most),
}


def jobs(budget: Budget, seed: str) -> Iterator[Job]:
    """Yield the jobs of a run but the power cuts, whose number shows as they are done."""
    for name in PLANTS:
        yield Job("plant", name, seed, 600)
    for name in weeks.PLANTS:
        yield Job("canary", name, seed, 600)
    for about in _ON_FILES:
        most = {"A02": budget.values, "B07": budget.log}.get(about[:3], 0)
        yield Job("files", about, seed, most)
    for number, share in enumerate(_shares(budget.typists, _BATCHES)):
        yield Job("typing", "window", f"{seed}-{number}", share)
    scenes = list(SCENES)
    for number, share in enumerate(_shares(budget.kills, len(scenes))):
        yield Job("kill", scenes[number], seed, share)
    for scene in ("C02", "C04"):
        yield Job("lie", scene, seed, budget.kills // 2)
    pairs = [(number, scene) for number in range(len(FAULTS)) for scene in scenes]
    for (number, scene), share in zip(pairs, _shares(budget.faults, len(pairs)), strict=True):
        yield Job("fault", f"{number} {scene}", seed, share)


def played_weeks(budget: Budget, seed: str) -> Iterator[Job]:
    """Yield the simulated weeks, in batches; the real seals first, since there are fewer."""
    for about, total in (("D01R", budget.real_weeks), ("D01", budget.weeks)):
        batch = weeks.BATCH[about]
        for number, start in enumerate(range(0, total, batch)):
            yield Job("week", about, f"{seed}-{number}", min(batch, total - start))


def rounds(budget: Budget, seed: str) -> Iterator[Job]:
    """Yield rounds of power cuts without end, each scene as often as it weighs."""
    for number in count(1):
        for again in range(max(_WEIGHTS.values())):
            for scene in SCENES:
                if again < _WEIGHTS.get(scene, _LEAST):
                    yield Job("power", scene, f"{seed}-{number}-{again}", budget.round)


def _shares(most: int, parts: int) -> list[int]:
    """Share a number out, so that nobody gets none."""
    each, rest = divmod(most, parts)
    return [max(1, each + (one < rest)) for one in range(parts)]


class Progress:
    """What was done so far, kept in a file."""

    def __init__(self, path: Path, tell: Callable[[str], None]) -> None:
        """Take up what an earlier run of the same file did."""
        self._path, self._tell = path, tell
        self.done: dict[str, Tally] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        for line in path.read_text().splitlines() if path.exists() else ():
            known = json.loads(line)
            self.done[known.pop("job")] = Tally(**known)

    def add(self, job: Job, tally: Tally) -> None:
        """Keep what a job found."""
        self.done[job.name] = tally
        with self._path.open("a") as file:
            file.write(json.dumps({"job": job.name, **tally.plain()}) + "\n")
        is_bug = job.kind in {"plant", "canary"}
        wrong = f", {len(tally.wrong)} WRONG" if tally.wrong and not is_bug else ""
        self._tell(f"{job.name}: {tally.tried:,} in {tally.seconds:.0f} s{wrong}")

    @property
    def states(self) -> int:
        """How many states of power cuts were judged."""
        return sum(one.tried for name, one in self.done.items() if name.startswith("power "))

    @property
    def seconds_of_weeks(self) -> float:
        """How long the simulated weeks took."""
        return sum(one.seconds for name, one in self.done.items() if name.startswith("week "))


def run(budget: Budget, seed: str, progress: Progress, processes: int | None = None) -> None:
    """Do all that is not done yet."""
    queued = (one for one in jobs(budget, seed) if one.name not in progress.done)
    played = (
        one
        for one in played_weeks(budget, seed)
        if one.name not in progress.done and progress.seconds_of_weeks < budget.most_seconds
    )
    cuts = (one for one in rounds(budget, seed) if one.name not in progress.done)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes or os.cpu_count(), mp_context=context) as pool:
        running: dict[Future[Tally], Job] = {}
        while True:
            while len(running) < (processes or os.cpu_count() or 1) + 1:
                begun = sum(one.most for one in running.values() if one.kind == "power")
                job = next(queued, None) or next(played, None)
                if job is None and progress.states + begun // 4 < budget.states:
                    job = next(cuts)
                if job is None:
                    break
                running[pool.submit(job.do)] = job
            if not running:
                return
            for one in wait(running, return_when=FIRST_COMPLETED).done:
                progress.add(running.pop(one), one.result())


def say(line: str) -> None:
    """Tell whoever watches."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
