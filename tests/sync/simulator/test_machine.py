"""Short runs that hypothesis chooses and, when one goes wrong, makes as short as it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.sync.simulator.oracle import judge
from tests.sync.simulator.places import Place
from tests.sync.simulator.workshop import Cheap
from tests.sync.simulator.world import Plan, World

if TYPE_CHECKING:
    from tests.sync.simulator.world import Laptop

WHICH = st.integers(0, 11)


class Team(RuleBasedStateMachine):
    """A few laptops and places, and one thing after the other."""

    world: World

    @initialize(seed=st.integers(0, 999))
    def begin(self, seed: int) -> None:
        """Let a team begin; the seed makes what isn't chosen here, such as the words."""
        self.world = World(seed, Cheap(), Plan(most_laptops=3, records=4))

    @rule(who=WHICH)
    def edit(self, who: int) -> None:
        self.world.edit(self._laptop(who))

    @rule(who=WHICH, where=WHICH)
    def exchange(self, who: int, where: int) -> None:
        places = self.world.places
        self.world.exchange(self._laptop(who), places[where % len(places)])

    @rule(who=WHICH, whom=WHICH)
    def meet(self, who: int, whom: int) -> None:
        between = Place(self.world.chance)
        for one in (who, whom, who):
            self.world.exchange(self._laptop(one), between)

    @rule(who=WHICH, effects=st.integers(0, 5))
    def die(self, who: int, effects: int) -> None:
        self._laptop(who).dies_in = effects

    @rule(who=WHICH)
    def mishap(self, who: int) -> None:
        self.world.mishap(self._laptop(who))

    @rule(where=WHICH)
    def misbehave(self, where: int) -> None:
        places = self.world.places
        places[where % len(places)].misbehave(self.world.workshop)

    @rule()
    def change_team(self) -> None:
        self.world.change_team()

    def teardown(self) -> None:
        """Let all of them meet, and look at what they hold."""
        if hasattr(self, "world"):
            self.world.heal()
            judge(self.world)

    def _laptop(self, number: int) -> Laptop:
        return self.world.laptops[number % len(self.world.laptops)]


Team.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestTeam = Team.TestCase
