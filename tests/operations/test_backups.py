from __future__ import annotations

import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.errors import OutputError
from app.operations import backups, records
from tests.operations import quick
from tests.operations.quick import contents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.operations.profile import Profile


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    made = quick.create(tmp_path / "profile")
    yield made
    made.close()


@pytest.fixture
def inspection(profile: Profile) -> str:
    made = profile.create_inspection({"area": "Wexcombe"})
    opened = profile.open_inspection(made)
    opened.do(records.add, "jotting", {"title": "MARKERWORD"})
    opened.close()
    return made


def titles(profile: Profile, inspection: str) -> list[str]:
    opened = profile.open_inspection(inspection)
    held = opened.ask(lambda view: [one.text("title") for one in view.records.of_kind("jotting")])
    opened.close()
    return held


def test_what_is_carried_away_opens_with_the_same_passphrase(
    profile: Profile, inspection: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backups.carry_away(profile, inspection, stick, SystemClock())
    for one in made.rglob("*"):
        mode = one.stat().st_mode
        assert stat.S_IMODE(mode) == (0o700 if one.is_dir() else 0o600)
        assert one.is_dir() or b"MARKERWORD" not in one.read_bytes()
    shutil.rmtree(profile.folder)
    carried = quick.unlock(made)
    assert titles(carried, inspection) == ["MARKERWORD"]


def test_what_is_carried_away_goes_on_under_an_identity_of_its_own(
    profile: Profile, inspection: str, tmp_path: Path
) -> None:
    made = backups.carry_away(profile, inspection, tmp_path, SystemClock())
    here, there = profile, quick.unlock(made)
    ids = []
    for one in (here, there):
        opened = one.open_inspection(inspection)
        opened.do(records.add, "jotting", {"title": "apart"})
        ids.append(opened.seat().own.device_id)
        opened.close()
    assert ids[0] != ids[1]


def test_an_inspection_can_be_carried_away_while_it_is_open(
    profile: Profile, inspection: str, tmp_path: Path
) -> None:
    opened = profile.open_inspection(inspection)
    opened.do(records.add, "jotting", {"title": "second"})
    made = backups.carry_away(profile, inspection, tmp_path, SystemClock())
    opened.close()
    assert titles(quick.unlock(made), inspection) == ["MARKERWORD", "second"]


def test_a_place_that_takes_nothing_is_said_and_left_as_it_was(
    profile: Profile, inspection: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    before = contents(profile.folder)
    with pytest.raises(OutputError, match="choose another folder"):
        backups.carry_away(profile, inspection, tmp_path / "file", SystemClock())
    assert contents(profile.folder).keys() == before.keys()


def test_going_back_and_forth_between_backups(profile: Profile, inspection: str) -> None:
    opened = profile.open_inspection(inspection)
    made = backups.back_up(opened)
    opened.do(records.add, "jotting", {"title": "second"})
    opened.close()
    assert backups.restore(profile, inspection, made.stamp, SystemClock()) == made.changes
    assert titles(profile, inspection) == ["MARKERWORD"]
    (present, first) = backups.list_backups(profile, inspection)
    assert first.stamp == made.stamp
    backups.restore(profile, inspection, present.stamp, SystemClock())
    assert titles(profile, inspection) == ["MARKERWORD", "second"]
