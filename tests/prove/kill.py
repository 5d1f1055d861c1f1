"""kill -9 at the n-th call: what the system itself keeps of a process that ended there."""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING, Final

from tests.prove import trace
from tests.prove.folders import contents, put
from tests.prove.judge import THOROUGH, Place, judge
from tests.prove.rounds import Tally, keep, recorded
from tests.prove.scenes import SCENES
from tests.prove.scenes.base import UNREADABLE, Evidence, Wrong

if TYPE_CHECKING:
    from tests.prove.trace import Part, Played

# What a scene may be killed at; openat and close would mostly hit what it only reads.
_CALLS: Final = (
    "pwrite64",
    "write",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "unlink",
    "mkdir",
    "sendfile",
)


def moments(played: Played, calls: tuple[str, ...], most: int, seed: str) -> list[tuple[str, int]]:
    """At most so many (call, n), such that whichever thread makes its n-th, it is one of ours."""
    every: list[tuple[str, int]] = []
    for name in calls:
        threads = list(played.calls.get(name, {}).values())
        every += [
            (name, number)
            for number in range(1, max(map(len, threads), default=0) + 1)
            if all(one[number - 1] for one in threads if len(one) >= number)
        ]
    if len(every) <= most:
        return every
    return sorted(Random(seed).sample(every, most))


def killed(part: Part, most: int) -> Tally:
    """Kill a scene at so many moments, each time from the beginning, and judge what is left."""
    begun = time.monotonic()
    tally = Tally(part.scene, seeds=[part.seed])
    with Place() as place:
        before, played = recorded(part, place)
        for number, (name, when) in enumerate(moments(played, _CALLS, most, part.seed)):
            put(place.root, before)
            rule = f"inject={name}:signal=KILL:when={when}"
            ended = trace.play(part, place.root, rules=[rule])
            left = contents(place.root)
            evidence = Evidence(ended.said, ended.said, number % THOROUGH == 0)
            wrong = judge(SCENES[part.scene], place.root, evidence)
            if ended.code not in {0, -9}:
                wrong.append(Wrong(UNREADABLE, f"the scene ended with {ended.code}"))
            if not ended.code:
                tally.note("ended before it was killed")
            where = f"{part.seed}/{name}/{when}"
            tally.add(where, wrong)
            if wrong and not part.plant:
                keep(f"kill-{part.scene}-{where}", left, evidence, wrong)
    tally.seconds = time.monotonic() - begun
    return tally
