"""One round of a scene: played once, and judged in many of the states a power cut could leave."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.prove import trace
from tests.prove.folders import contents, put
from tests.prove.judge import THOROUGH, Place, judge
from tests.prove.scenes import SCENES
from tests.prove.scenes.base import Evidence
from tests.prove.states import some, states

if TYPE_CHECKING:
    from tests.prove.folders import Tree
    from tests.prove.scenes.base import Wrong
    from tests.prove.trace import Part

TOSSES: Final = 12
# What was wrong is kept here with all its files: keys are drawn anew in each round, so a seed
# makes the same choices again, but not the same bytes.
FAILURES: Final = Path("build") / "prove" / "failures"


@dataclass(slots=True)
class Tally:
    """What was tried, how long it took, and what was wrong."""

    what: str
    tried: int = 0
    seconds: float = 0.0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)  # where, kind, what
    seeds: list[str] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    def add(self, where: object, wrong: list[Wrong]) -> None:
        """Count one more, with what is wrong with it."""
        self.tried += 1
        self.wrong += [(str(where), one.kind, one.what) for one in wrong]

    def note(self, what: str) -> None:
        """Count one of a kind that is neither right nor wrong."""
        self.notes[what] = self.notes.get(what, 0) + 1

    def take_in(self, other: Tally) -> None:
        """Count what another tally counted."""
        self.tried += other.tried
        self.seconds += other.seconds
        self.wrong += other.wrong
        self.seeds += other.seeds
        for name, count in other.notes.items():
            self.notes[name] = self.notes.get(name, 0) + count

    def count(self, *kinds: str) -> int:
        """How many were wrong in one of these ways."""
        return len({where for where, kind, _what in self.wrong if kind in kinds})

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def power_cuts(part: Part, most: int, *, stop_at: int = 0) -> Tally:
    """Play a scene and judge at most so many of its states; stop after so many wrong ones."""
    begun = time.monotonic()
    tally = Tally(part.scene, seeds=[part.seed])
    scene = SCENES[part.scene]
    with Place() as place:
        before, played = recorded(part, place)
        if played.code:
            raise RuntimeError(f"{part} ended with {played.code}:\n{played.complaints}")
        wanted = some(played.operations, TOSSES, most, part.seed)
        for one in states(before, played.operations, wanted, part.seed):
            is_thorough = tally.tried % THOROUGH == 0
            evidence = Evidence(played.said[: one.said], played.said, is_thorough)
            wrong = judge(scene, place.put(one.tree), evidence)
            tally.add(f"{part.seed}/{one.point}", wrong)
            if wrong and not part.plant:
                keep(f"{part.scene}-{part.seed}-{one.point}", one.tree, evidence, wrong)
            if stop_at and len(tally.wrong) >= stop_at:
                break
    tally.seconds = time.monotonic() - begun
    return tally


def recorded(part: Part, place: Place) -> tuple[Tree, trace.Played]:
    """Prepare and play a scene under strace; return what was there before, and what was done."""
    trace.prepare(part, place.root)
    before = contents(place.root)
    return before, trace.play(part, place.root, traced=True)


def keep(name: str, tree: Tree, evidence: Evidence, wrong: list[Wrong]) -> None:
    """Keep a state that was judged wrong, for a person to look at."""
    folder = FAILURES / name.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)
    put(folder / "root", tree)
    told = {"said": list(evidence.said), "wrong": [str(one) for one in wrong]}
    (folder / "said.json").write_text(json.dumps(told, indent=1))
