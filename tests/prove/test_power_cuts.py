"""Scenes of use, and the power cut at any moment of them."""

from __future__ import annotations

import pytest

from tests.prove.canaries import found
from tests.prove.conftest import nothing_wrong
from tests.prove.plants import PLANTS
from tests.prove.rounds import power_cuts
from tests.prove.scenes import SCENES
from tests.prove.trace import Part

pytestmark = pytest.mark.usefixtures("stage")


@pytest.mark.parametrize("scene", SCENES)
def test_c01_to_c08_nothing_acknowledged_is_lost_by_a_power_cut(scene: str) -> None:
    assert nothing_wrong(power_cuts(Part(scene, "small"), 60))


@pytest.mark.parametrize("planted", PLANTS)
def test_a_planted_bug_is_found(planted: str) -> None:
    assert found(planted, "1", 300).wrong
