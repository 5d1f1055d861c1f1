"""A disk that is full or faulty at the n-th call: refused in words, nothing lost, and on it goes.

A scene goes on trying after a refusal, so that what it does later shows that the app recovered.
Where a flush fails, the disk is also judged as a power cut would have left it afterwards.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from app import errors
from tests.prove import trace
from tests.prove.calls import TRACED, Closed, Flushed, Sized, Wrote
from tests.prove.disk import applied
from tests.prove.folders import contents, put
from tests.prove.judge import THOROUGH, Place, judge
from tests.prove.kill import moments
from tests.prove.rounds import Tally, keep, recorded
from tests.prove.scenes import SCENES
from tests.prove.scenes.base import UNREADABLE, Evidence, Wrong
from tests.prove.states import Point, states

if TYPE_CHECKING:
    from tests.prove.folders import Tree
    from tests.prove.trace import Part, Played

RUDE: Final = "rude"  # the app answered with something else than a sentence of its own
LOG: Final = "store.db-wal"
_AFTER: Final = 12  # states of a power cut judged after each failed flush


@dataclass(frozen=True, slots=True)
class Fault:
    """What fails: these calls, in this way. ``lasts``: from the n-th on, not the n-th alone."""

    id: str
    title: str
    calls: tuple[str, ...]
    how: str
    lasts: bool = False


FAULTS: Final = (
    Fault("C10", "disk full, once", ("pwrite64", "write", "ftruncate"), "error=ENOSPC"),
    Fault("C10", "disk full, for good", ("pwrite64", "write"), "error=ENOSPC", lasts=True),
    Fault("C10", "no room for a name", ("rename", "mkdir"), "error=ENOSPC"),
    Fault("C11", "flush fails", ("fsync", "fdatasync"), "error=EIO"),
    Fault("C11", "write fails", ("pwrite64", "write"), "error=EIO"),
    Fault("C12", "read fails", ("pread64",), "error=EIO"),
    Fault("C12", "read ends early", ("pread64",), "retval=0"),
)


def failed(part: Part, fault: Fault, most: int) -> Tally:
    """Let a scene meet a fault at so many moments, and judge how it went on and what is left."""
    begun = time.monotonic()
    tally = Tally(f"{fault.id} {part.scene}", seeds=[part.seed])
    with Place() as place:
        before, played = recorded(part, place)
        is_traced = set(fault.calls) <= set(TRACED.split(","))
        if not is_traced:
            put(place.root, before)
            played = trace.play(part, place.root, calls=",".join(fault.calls))
        calls = TRACED if is_traced else f"{TRACED},{','.join(fault.calls)}"
        for name, when in moments(played, fault.calls, most, f"{part.seed}/{fault.title}"):
            put(place.root, before)
            rule = f"inject={name}:{fault.how}:when={when}{'+' if fault.lasts else ''}"
            is_flush = name in {"fsync", "fdatasync"}
            ended = trace.play(part, place.root, traced=is_flush, rules=[rule], calls=calls)
            left = contents(place.root)
            wrong = _judged(part, place, ended, tally.tried)
            if is_flush:
                wrong += _reopened(before, ended)
                wrong += _cut_afterwards(part, place, before, ended, tally)
            for one in ended.said:
                if "refused" in one:
                    tally.note("refused in words")
            where = f"{part.seed}/{fault.how}/{name}/{when}{'+' if fault.lasts else ''}"
            tally.add(where, wrong)
            if wrong and not part.plant:
                evidence = Evidence(ended.said, ended.said)
                keep(f"fault-{part.scene}-{where}", left, evidence, wrong)
    tally.seconds = time.monotonic() - begun
    return tally


def _judged(part: Part, place: Place, ended: Played, number: int) -> list[Wrong]:
    wrong: list[Wrong] = []
    if ended.code:
        last = ended.complaints.strip().splitlines()[-1:] or [f"code {ended.code}"]
        wrong.append(Wrong(RUDE, f"the scene ended with: {last[0]}"))
    for one in ended.said:
        kind = getattr(errors, one.get("error", ""), None) if "error" in one else None
        if "error" in one and not (
            isinstance(kind, type) and issubclass(kind, errors.SiteweekError)
        ):
            wrong.append(Wrong(RUDE, f"refused as {one['error']}"))
    evidence = Evidence(ended.said, ended.said, number % THOROUGH == 0)
    return wrong + judge(SCENES[part.scene], place.root, evidence)


def _reopened(before: Tree, ended: Played) -> list[Wrong]:
    """After a failed flush of the log, its file is let go of before anything new is written to it.

    The same bytes may be written again where they stand: only so can the disk get them at all.
    """
    held: dict[str, bytearray] = {}
    failing = False
    for one in ended.operations:
        path = getattr(one, "path", "")
        if not path.endswith(LOG):
            continue
        log = held.setdefault(path, bytearray(before.get(path) or b""))
        if isinstance(one, Flushed):
            failing = one.failed
        elif isinstance(one, Closed):
            failing = False
        elif isinstance(one, Sized):
            applied(log, one.size, None)
        elif isinstance(one, Wrote):
            if failing and log[one.at : one.at + len(one.data)] != one.data:
                return [
                    Wrong(UNREADABLE, "after a failed flush the log was written to as if clean")
                ]
            applied(log, one.at, one.data)
    return []


def _cut_afterwards(
    part: Part, place: Place, before: Tree, ended: Played, tally: Tally
) -> list[Wrong]:
    """Judge power cuts after the flush that failed: what it should have saved may be gone."""
    failing = [
        number
        for number, one in enumerate(ended.operations)
        if isinstance(one, Flushed) and one.failed
    ]
    if not failing:
        return []
    random = Random(f"{part.seed}/{failing[0]}")
    calls = sorted(
        random.randrange(failing[0] + 1, len(ended.operations) + 1) for _ in range(_AFTER)
    )
    wanted = [
        Point(one, random.choice(("all", "none", "half", "torn")), "strict", toss)
        for toss, one in enumerate(calls)
    ]
    for one in states(before, ended.operations, wanted, part.seed):
        root = place.put(one.tree)
        evidence = Evidence(ended.said[: one.said], ended.said, may_return=True)
        tally.note("power cuts after it")
        wrong = judge(SCENES[part.scene], root, evidence)
        if wrong:
            return [Wrong(found.kind, f"power cut at {one.point}: {found.what}") for found in wrong]
    return []
