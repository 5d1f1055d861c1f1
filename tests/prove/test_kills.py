"""Scenes of use, ended by kill -9 at the n-th call. And a typist (C14)."""

from __future__ import annotations

import pytest

from tests.prove.conftest import nothing_wrong
from tests.prove.kill import killed
from tests.prove.scenes import SCENES
from tests.prove.trace import Part
from tests.prove.typists import killed_while_typing

pytestmark = pytest.mark.usefixtures("stage")


@pytest.mark.parametrize("scene", SCENES)
def test_c01_to_c08_nothing_acknowledged_is_lost_by_kill_9(scene: str) -> None:
    tally = killed(Part(scene, "small"), 6)
    assert nothing_wrong(tally)
    assert tally.notes == {}  # each was killed before it ended


def test_c14_a_typist_killed_at_any_moment_loses_at_most_a_second() -> None:
    assert nothing_wrong(killed_while_typing("small", 2))


def test_a08_the_old_passphrase_opens_or_the_new_one_killed_at_every_call() -> None:
    tally = killed(Part("C06", "every"), 1_000)
    assert nothing_wrong(tally)
    assert tally.notes == {}  # each was killed before it ended
