"""Where simulated laptops put items down: honest places and the kinds that can't be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto.envelope import Form, Header, parse
from app.errors import SiteweekError
from app.sync.items import Kind, kind_of, name_of
from tests.sync.simulator.workshop import drawn_secret

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

    from tests.sync.simulator.workshop import Workshop


class Place:
    """An honest one: everything that was put is there, in the order it came."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.items: dict[str, bytes] = {}

    def list(self, viewer: int) -> list[str]:
        """The names that a laptop is told of."""
        assert viewer >= 0
        return list(self.items)

    def get(self, viewer: int, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Some of the items."""
        seen = self.list(viewer)
        yield from ((name, self.items[name]) for name in names if name in seen)

    def put(self, viewer: int, items: Mapping[str, bytes]) -> None:
        """Take items."""
        assert viewer >= 0
        self.items |= items

    def misbehave(self, _workshop: Workshop) -> None:
        """Do whatever it does besides, from time to time."""


class Forgetful(Place):
    """Loses items, and then says it never had them."""

    def misbehave(self, _workshop: Workshop) -> None:
        for name in list(self.items):
            if self.chance.random() < 0.3:
                del self.items[name]


class RolledBack(Place):
    """Goes back to what it was earlier."""

    earlier: dict[str, bytes] | None = None

    def misbehave(self, _workshop: Workshop) -> None:
        now = dict(self.items)
        if self.earlier is not None:
            self.items = self.earlier
        self.earlier = now


class Split(Place):
    """Shows one half of the team something else than the other."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__(chance)
        self.by: dict[str, int] = {}

    def list(self, viewer: int) -> list[str]:
        return [name for name in self.items if self.by[name] == viewer % 2]

    def put(self, viewer: int, items: Mapping[str, bytes]) -> None:
        super().put(viewer, items)
        for name in items:
            self.by.setdefault(name, viewer % 2)


class Replaying(Place):
    """Hands everything over again and again."""

    def get(self, viewer: int, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        wanted = [*names, *names, *self.chance.sample(sorted(self.items), min(5, len(self.items)))]
        yield from super().get(viewer, wanted)


class Reordering(Place):
    """Hands everything over in any order."""

    def list(self, viewer: int) -> list[str]:
        names = super().list(viewer)
        self.chance.shuffle(names)
        return names


class Withholding(Place):
    """Never hands over what one device wrote."""

    victim = ""

    def list(self, viewer: int) -> list[str]:
        found = []
        for name in super().list(viewer):
            raw = self.items[name]
            device = raw[44:60].hex()
            self.victim = self.victim or device
            if device != self.victim:
                found.append(name)
        return found


class Empty(Place):
    """Takes everything and has nothing."""

    def list(self, viewer: int) -> list[str]:
        assert viewer >= 0
        return []


class Flooding(Place):
    """Adds junk, altered items, and items by nobody, all under names that fit them."""

    def misbehave(self, workshop: Workshop) -> None:
        chance = self.chance
        junk = chance.randbytes(chance.randrange(300))
        self._add(junk, Kind.ENVELOPE)
        for name in chance.sample(list(self.items), min(4, len(self.items))):
            raw, kind = bytearray(self.items[name] or b"x"), kind_of(name)
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            self._add(bytes(raw), kind or Kind.ENVELOPE)
            self._add(self.items[name], Kind.RECEIPT)
        stranger = workshop.draw(chance)
        for raw in list(self.items.values())[:1]:
            try:
                header = parse(raw)
            except SiteweekError:
                continue
            for form, kind in ((Form.REVISIONS, Kind.ENVELOPE), (Form.ROSTER, Kind.ROSTER)):
                own = Header(
                    header.inspection, header.epoch, stranger.device_id, 1, bytes(32), form
                )
                secret = drawn_secret(chance)
                self._add(workshop.seal(own, b"words", secret, stranger), kind)

    def _add(self, raw: bytes, kind: Kind) -> None:
        self.items[name_of(raw, kind)] = raw


KINDS = (
    Place,
    Place,
    Forgetful,
    RolledBack,
    Split,
    Replaying,
    Reordering,
    Withholding,
    Empty,
    Flooding,
)
