"""Laptops and a relay in processes of their own, killed at random, agree in the end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.prove.fleet.fleet import Wanted, sail

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(os.name != "posix", reason="processes are killed as POSIX systems kill")
def test_d01_f14_laptops_and_relays_that_are_killed_agree_and_the_relay_can_read_nothing(
    tmp_path: Path,
) -> None:
    outcome = sail(tmp_path, Wanted(devices=3, seconds=5, seed="short"))
    assert outcome.wrong == []
    assert outcome.device_kills
    assert outcome.acknowledged
