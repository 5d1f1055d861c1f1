"""Bugs put in on purpose, one at a time, to see that the simulation finds them.

Nothing of this is in the product: a plant takes a function's place for as long as a run lasts.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.crypto.envelope import parse
from app.errors import SiteweekError
from app.sync import arrival, effects
from tests.sync.simulator import disk as disks
from tests.sync.simulator.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.domain.revisions import State


@dataclass(frozen=True, slots=True)
class Plant:
    """A bug: which name of which module it takes the place of."""

    where: Any
    name: str
    instead: Callable[[Any], Any]


def _latest_wins(join: Callable[..., State]) -> Callable[..., State]:
    """A clock decides between two versions, here by the place of the laptop in the alphabet."""

    def joined(left: State, right: State) -> State:
        both = join(left, right)
        for name, one in both.fields.items():
            if len(one.versions) > 1:
                latest = max(one.versions)
                versions = {latest: one.versions[latest]}
                both.fields[name] = type(one)(versions, one.seen)  # type: ignore[index]
        return both

    return joined


def _never_waits(_is_here: Callable[..., bool]) -> Callable[..., bool]:
    """What a writer had seen is not asked for."""
    return lambda *_asked: True


def _no_renewal(carry_out: Callable[..., None]) -> Callable[..., None]:
    """A laptop that was put back goes on under the same identity."""

    def carried(disk: Any, effect: Any, *rest: Any) -> None:
        if not isinstance(effect, effects.Renew):
            carry_out(disk, effect, *rest)

    return carried


def _opens_first(take: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Something is opened before its signature was checked."""

    def taken(replica: Any, name: str, untrusted: bytes, seals: Any) -> Iterator[Any]:
        try:
            header = parse(untrusted)
            secret = replica.secret(header.epoch)
            if secret is not None:
                seals.open_body(untrusted, header, secret)
        except SiteweekError:
            pass
        yield from take(replica, name, untrusted, seals)

    return taken


def _first_branch(counts_up_to: Callable[..., dict[str, int]]) -> Callable[..., dict[str, int]]:
    """Of two things that a laptop said, each keeps the one it heard first."""
    return lambda roster, _forks: counts_up_to(roster, {})


def _forgets_at_crash(start: Callable[..., None]) -> Callable[..., None]:
    """What waited is gone after a start, and isn't fetched again."""

    def started(world: Any, laptop: Any) -> None:
        laptop.disk.settled |= laptop.disk.waiting.keys()
        laptop.disk.waiting.clear()
        start(world, laptop)

    return started


def _lets_go_of_doubles(take: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """What arrives a second time while it waits is taken for done."""

    def taken(replica: Any, name: str, untrusted: bytes, seals: Any) -> Iterator[Any]:
        if replica.is_known(name):
            yield effects.Skip(name)
        yield from take(replica, name, untrusted, seals)

    return taken


def _never_asks(_is_much: Callable[..., bool]) -> Callable[..., bool]:
    """Nobody is asked before nearly everything is deleted."""
    return lambda *_asked: False


def _no_cut(counts_up_to: Callable[..., dict[str, int]]) -> Callable[..., dict[str, int]]:
    """What a removed laptop wrote past its cut counts where it came before the removal."""

    def counted(roster: Any, forks: Any) -> dict[str, int]:
        limits = counts_up_to(roster, forks)
        return {device: one for device, one in limits.items() if device in forks}

    return counted


PLANTS: Final[dict[str, Plant]] = {
    "a clock decides a fork": Plant(disks, "join", _latest_wins),
    "what was seen is ignored": Plant(arrival, "is_here", _never_waits),
    "an identity is used again": Plant(World, "carry", _no_renewal),
    "opened before it was checked": Plant(World, "take", _opens_first),
    "a fork keeps the first branch": Plant(disks, "counts_up_to", _first_branch),
    "what waits is lost at a crash": Plant(World, "_start", _forgets_at_crash),
    "doubles let go of what waits": Plant(World, "take", _lets_go_of_doubles),
    "nobody is asked": Plant(arrival, "is_much", _never_asks),
    "a removal cuts nothing": Plant(disks, "counts_up_to", _no_cut),
}


@contextmanager
def planted(name: str) -> Iterator[None]:
    """Have a bug for as long as this lasts."""
    plant = PLANTS[name]
    honest = vars(plant.where)[plant.name]
    instead = plant.instead(getattr(plant.where, plant.name))
    is_static = isinstance(honest, staticmethod)
    setattr(plant.where, plant.name, staticmethod(instead) if is_static else instead)
    try:
        yield
    finally:
        setattr(plant.where, plant.name, honest)
