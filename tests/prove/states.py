"""Every state in which a power cut could have left the disk: after each call, under each policy.

all    what the system held in memory reached the disk in time: what kill -9 leaves
none   nothing did but what had been flushed
half   some of it did, in any order: each change by the toss of a coin
torn   it did in order, up to one write of which only some sectors of 512 bytes arrived

Names are treated as strictly as POSIX allows (a name is certain once its folder was flushed), or
kept in order in a journal, as common file systems do.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from tests.prove.calls import Flushed, Removed, Renamed, Said
from tests.prove.disk import ROOT, Disk, applied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.prove.calls import Operation
    from tests.prove.disk import Change, File, Naming
    from tests.prove.folders import Tree

SECTOR: Final = 512
_ALIKE: Final = 3  # points that come to the same state, about
_AFTER_RENAMING: Final = 40
_AFTER_REMOVING: Final = 8


@dataclass(frozen=True, slots=True)
class Point:
    """Which state: after how many calls, under which policy, names kept how, which toss."""

    calls: int
    policy: str
    names: str = "strict"
    toss: int = 0

    def __str__(self) -> str:
        return f"{self.calls}/{self.policy}/{self.names}/{self.toss}"


@dataclass(frozen=True, slots=True)
class State:
    """One state of the disk, and how many sayings the scene had made by then."""

    point: Point
    tree: Tree
    said: int


def points(calls: int, tosses: int) -> list[Point]:
    """Every point after so many calls."""
    found = [Point(calls, "all")]
    for names in ("strict", "journal"):
        found.append(Point(calls, "none", names))
        for toss in range(tosses):
            found.append(Point(calls, "half", names, toss))
            found.append(Point(calls, "torn", names, toss))
    return found


def some(operations: Sequence[Operation], tosses: int, most: int, seed: str) -> list[Point]:
    """Points for about so many different states, chosen by the seed and put in order.

    Moments are chosen, and all points of each taken: most tosses at one moment come to the same.
    Those just after a name changed come first, where most ways to go wrong meet.
    """
    random = Random(seed)

    def lot(calls: int) -> float:
        before = operations[max(calls - 2, 0) : calls]
        weight = 1
        if any(isinstance(one, Renamed) for one in before):
            weight = _AFTER_RENAMING
        elif any(isinstance(one, Removed) for one in before):
            weight = _AFTER_REMOVING
        return float(random.random() ** (1 / weight))

    every = sorted(range(len(operations) + 1), key=lot, reverse=True)
    chosen = every[: 1 + _ALIKE * most // len(points(0, tosses))]
    return [point for calls in sorted(chosen) for point in points(calls, tosses)]


def states(
    before: Tree,
    operations: Sequence[Operation],
    wanted: Sequence[Point],
    seed: str,
    lie: int | None = None,
) -> Iterator[State]:
    """Yield each different state among the points, which are in order of calls.

    ``lie`` is the number of a flush that the disk confirms and does not do.
    """
    disk, done, said = Disk(before), 0, 0
    seen: set[tuple[object, ...]] = set()
    for point in wanted:
        while done < point.calls:
            what = operations[done]
            said += isinstance(what, Said)
            if not (done == lie and isinstance(what, Flushed)):
                disk.do(done, what)
            done += 1
        chosen = _Choice(disk, point, Random(f"{seed}/{point}"))
        sign = (said, chosen.sign)
        if sign not in seen:
            seen.add(sign)
            yield State(point, chosen.tree(), said)


class _Choice:
    """What of the uncertain things came to be, in one state."""

    def __init__(self, disk: Disk, point: Point, random: Random) -> None:
        self._disk, self._random, self._policy = disk, random, point.policy
        names = disk.journal if point.names == "journal" else disk.strict
        self._tree = names.with_(self._names(names.log, in_order=names.has_journal))
        self._paths = dict(_walk(self._tree))
        self._kept: dict[int, list[tuple[int, bytes | None]]] = {}
        marks: list[tuple[str, int]] = []
        for path, number in self._paths.items():
            file = disk.files.get(number)
            marks.append((path, -1 if file is None else self._choose(number, file)))
        self.sign: tuple[object, ...] = tuple(marks)

    def tree(self) -> Tree:
        made: Tree = {}
        for path, number in self._paths.items():
            file = self._disk.files.get(number)
            made[path] = None if file is None else self._content(number, file)
        return made

    def _names(self, log: Sequence[Naming], *, in_order: bool) -> list[Naming]:
        if self._policy == "all":
            return list(log)
        if self._policy == "none" or not log:
            return []
        if self._policy == "torn" or in_order:
            return list(log[: self._random.randrange(len(log) + 1)])
        # What became of one name is some beginning of what happened to it; of others, another.
        by_name: dict[tuple[int, str], list[Naming]] = {}
        for one in log:
            by_name.setdefault(one.entries[-1][:2], []).append(one)
        kept = [
            one
            for group in by_name.values()
            for one in group[: self._random.randrange(len(group) + 1)]
        ]
        return sorted(kept, key=lambda one: one.number)

    def _choose(self, number: int, file: File) -> int:
        """Choose a file's changes; return a mark that equal choices share."""
        mark, kept = file.mark, []
        for one, data in self._changes(file.log):
            kept.append((one.at, data))
            is_whole = data is one.data or data == one.data
            mark = hash((mark, one.number if is_whole else (one.number, one.at, data)))
        self._kept[number] = kept
        return mark

    def _changes(self, log: Sequence[Change]) -> Iterator[tuple[Change, bytes | None]]:
        cut = self._random.randrange(len(log) + 1) if self._policy == "torn" else 0
        for index, one in enumerate(log):
            if self._policy == "all" or one.is_certain:
                yield one, one.data
            elif self._policy == "half":
                if self._random.random() < 0.5:
                    yield one, one.data
            elif self._policy == "torn" and index < cut:
                yield one, one.data
            elif self._policy == "torn" and index == cut and one.data is not None:
                for at, part in self._torn(one.at, one.data):
                    yield type(one)(one.number, at, one.data), part

    def _torn(self, at: int, data: bytes) -> Iterator[tuple[int, bytes]]:
        end = at + len(data)
        begin = at
        while begin < end:
            border = min((begin // SECTOR + 1) * SECTOR, end)
            if self._random.random() < 0.5:
                yield begin, data[begin - at : border - at]
            begin = border

    def _content(self, number: int, file: File) -> bytes:
        kept = self._kept[number]
        if not kept:
            return file.solid
        content = bytearray(file.solid)
        for at, data in kept:
            applied(content, at, data)
        return bytes(content)


def _walk(
    tree: Mapping[int, Mapping[str, int]], folder: int = ROOT, above: str = ""
) -> Iterator[tuple[str, int]]:
    for name, number in sorted(tree[folder].items()):
        path = f"{above}{name}"
        yield path, number
        if number in tree:
            yield from _walk(tree, number, f"{path}/")
