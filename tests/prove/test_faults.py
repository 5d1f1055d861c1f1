"""Scenes of use on a disk that is full or fails at the n-th call."""

from __future__ import annotations

import pytest

from tests.prove.conftest import nothing_wrong
from tests.prove.faults import FAULTS, failed
from tests.prove.trace import Part

pytestmark = pytest.mark.usefixtures("stage")


@pytest.mark.parametrize("scene", ["C01", "C02", "C03", "C05", "C07"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: f"{one.id} {one.title}")
def test_c10_c11_c12_a_faulty_disk_is_refused_in_words_and_loses_nothing(fault, scene) -> None:
    tally = failed(Part(scene, "small"), fault, 3)
    assert nothing_wrong(tally)
