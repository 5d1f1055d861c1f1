"""Several laptops write, exchange and choose in any order, and end with the same record.

Exchange may bring any part of what the other has, out of order and repeatedly; writing takes
its context from what has arrived here, as far as each device's revisions have come without gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.domain.revisions import Dot, Revision, State, canonical, join, merge, of_revision

if TYPE_CHECKING:
    from app.domain.revisions import Json

DEVICES: Final = ("ann", "bo", "cas", "di", "eve")
WHICH = st.sampled_from(DEVICES)
NAMES = st.sampled_from(["text", "type", "deleted"])


class Replicas(RuleBasedStateMachine):
    """Five devices with a copy of one record each."""

    def __init__(self) -> None:
        """Begin with nothing written anywhere."""
        super().__init__()
        self.held: dict[str, dict[Dot, Revision]] = {device: {} for device in DEVICES}
        self.states = {device: State() for device in DEVICES}
        self.written: dict[Dot, Revision] = {}

    @rule(device=WHICH, name=NAMES, value=st.integers(0, 3))
    def write(self, device: str, name: str, value: int) -> None:
        """Set a field on one device, knowing what has come there without gap."""
        self._add(device, {name: value})

    @rule(device=WHICH)
    def choose(self, device: str) -> None:
        """Settle on one device every fork it shows."""
        state = self.states[device]
        seen = self._seen(device)
        has_all = all(dot.number <= seen.get(dot.device, 0) for dot in self.held[device])
        if state.forks() and has_all:
            chosen = {name: values[-1] for name, values in state.forks().items()}
            self._add(device, chosen)
            assert self.states[device].forks() == {}
            assert self.states[device].values().items() >= chosen.items()

    @rule(giver=WHICH, taker=WHICH, data=st.data())
    def exchange(self, giver: str, taker: str, data: st.DataObject) -> None:
        """Bring some of what one device holds to another, in any order, some of it again."""
        held = sorted(self.held[giver])
        if held:
            for dot in data.draw(st.lists(st.sampled_from(held), max_size=8)):
                self._take(taker, self.held[giver][dot])

    @invariant()
    def each_device_shows_the_merge_of_what_it_holds(self) -> None:
        """However it arrived, the same revisions are the same record."""
        for device in DEVICES:
            expected = merge(held for _, held in sorted(self.held[device].items()))
            assert self.states[device] == expected

    def teardown(self) -> None:
        """Bring everything everywhere: all agree, and no value went without a successor."""
        for number, device in enumerate(DEVICES):
            dots = sorted(self.written, reverse=bool(number % 2))
            for dot in dots:
                self._take(device, self.written[dot])
        first, *others = (self.states[device] for device in DEVICES)
        assert all(other == first for other in others)
        assert all(other.forks() == first.forks() for other in others)
        for dot, revision in self.written.items():
            for name, value in revision.fields.items():
                self._is_kept(first, dot, name, value)

    def _is_kept(self, state: State, dot: Dot, name: str, value: Json) -> None:
        successors = [
            other
            for other in self.written.values()
            if name in other.fields and other.context.get(dot.device, 0) >= dot.number
        ]
        shown = list(map(canonical, state.fields[name].values()))
        assert successors or canonical(value) in shown

    def _add(self, device: str, fields: dict[str, Json]) -> None:
        context = self._seen(device)
        dot = Dot(device, context.get(device, 0) + 1)
        revision = Revision(dot, "r1", "jotting", len(self.written), fields, context)
        self.written[dot] = revision
        self._take(device, revision)

    def _take(self, device: str, revision: Revision) -> None:
        self.held[device][revision.dot] = revision
        self.states[device] = join(self.states[device], of_revision(revision))

    def _seen(self, device: str) -> dict[str, int]:
        """Return, per device, the number up to which everything has arrived here."""
        seen: dict[str, int] = {}
        for other, number in sorted(self.held[device]):
            if number == seen.get(other, 0) + 1:
                seen[other] = number
        return seen


Replicas.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestReplicas = Replicas.TestCase
