"""C16: a disk that confirms one flush and does not do it. What is lost by it should be noticed.

No promise holds on such a disk, so nothing here counts as wrong; it counts what is noticed.
"""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING, Final

from tests.prove.calls import Flushed
from tests.prove.judge import Place, judge
from tests.prove.rounds import Tally, recorded
from tests.prove.scenes import SCENES
from tests.prove.scenes.base import FALSE_ALARM, UNREADABLE, Evidence
from tests.prove.states import Point, states

if TYPE_CHECKING:
    from tests.prove.trace import Part

_NEAR: Final = 60  # calls after the lie within which the power goes: later flushes mend most of it


def lied_to(part: Part, most: int) -> Tally:
    """Let one flush of a scene be a lie, so many times, and the power go soon afterwards."""
    begun = time.monotonic()
    tally = Tally(f"C16 {part.scene}", seeds=[part.seed])
    random = Random(part.seed)
    with Place() as place:
        before, played = recorded(part, place)
        calls = played.operations
        flushes = [number for number, one in enumerate(calls) if isinstance(one, Flushed)]
        for _ in range(most):
            lie = random.choice(flushes)
            at = random.randrange(lie + 1, min(lie + _NEAR, len(calls)) + 1)
            point = Point(
                at, random.choice(("none", "half", "torn")), "strict", random.getrandbits(32)
            )
            (state,) = states(before, calls, [point], part.seed, lie)
            evidence = Evidence(played.said[: state.said], played.said)
            found = {one.kind for one in judge(SCENES[part.scene], place.put(state.tree), evidence)}
            if not found:
                tally.note("nothing lost")
            else:
                is_noticed = found & {FALSE_ALARM, UNREADABLE}
                tally.note("noticed" if is_noticed else "not noticed")
            tally.add(f"{part.seed}/{lie}/{point}", [])
    tally.seconds = time.monotonic() - begun
    return tally
