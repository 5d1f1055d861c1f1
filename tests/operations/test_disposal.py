"""An inspection is destroyed wholly or not at all, and nothing else with it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.crypto.store_key import MAGIC
from app.domain.disposal import Stage
from app.errors import (
    AlreadyOpenError,
    DamagedFileError,
    InvalidInputError,
    NotFoundError,
    StoreError,
)
from app.operations.closing import keep_until
from app.operations.disposal import certified, destroy, look
from app.operations.disposal_order import Wish
from app.operations.disposal_records import DisposalRecords
from app.operations.disposal_steps import traces
from app.operations.profile import Profile
from app.store.places import BACKUPS, DESTROYING, DISPOSED, KEY_FILE, STORE
from tests.fakes.clock import StillClock
from tests.operations import disposing, quick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

only_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other links and rights")


class PowerCutError(BaseException):
    """Nothing after this is done, and nothing may tidy up in the app's own way."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with two inspections, made once and copied by whoever destroys one."""
    root = tmp_path_factory.mktemp("begun")
    disposing.prepare(root)
    return root


@pytest.fixture
def root(begun: Path, tmp_path: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "root")


@pytest.fixture
def profile(root: Path) -> Profile:
    return quick.unlock(root / disposing.PROFILE)


@pytest.fixture
def target(profile: Profile) -> str:
    """The id of the inspection that goes."""
    return disposing.ids(profile)[disposing.AREAS[0]]


@pytest.fixture
def other(profile: Profile) -> str:
    """The id of the inspection that stays."""
    return disposing.ids(profile)[disposing.AREAS[1]]


def folder_of(root: Path, inspection: str) -> Path:
    return root / disposing.PROFILE / "inspections" / inspection


def gone(profile: Profile, target: str, clock: StillClock | None = None, **said: object):
    return destroy(profile, target, Wish(**said), clock or SystemClock())


def steps_of(begun: Path, root: Path) -> list[str]:
    taken: list[str] = []
    shutil.copytree(begun, root)
    disposing.run(root, taken.append)
    return taken


def test_nothing_is_left_and_the_profile_says_what_was_there(
    root: Path, profile: Profile, target: str
) -> None:
    before = folder_of(root, target)
    files = [one for one in before.rglob("*") if one.is_file()]
    done = gone(profile, target, reason="Over.", by="Lead")
    assert done.stage is Stage.COMPLETE
    assert (done.order.reason, done.order.by) == ("Over.", "Lead")
    assert (done.order.records, done.order.changes, done.order.backups) == (5, 5, 1)
    assert done.order.key_files == 2
    assert done.order.files == len(files)
    assert done.outcome.left == ()
    assert done.outcome.not_overwritten == 0
    assert not done.outcome.was_interrupted
    assert traces(root / disposing.PROFILE, target) == []
    with pytest.raises(NotFoundError):
        profile.open_inspection(target)
    assert certified(profile) == [done]
    assert certified(quick.unlock(root / disposing.PROFILE), target) == [done]


def test_g13_destroying_one_inspection_leaves_the_other_as_it_was_byte_for_byte(
    root: Path, profile: Profile, target: str, other: str
) -> None:
    before = quick.contents(folder_of(root, other))
    keyring = (root / disposing.PROFILE / "keyring").read_bytes()
    gone(profile, target)
    assert quick.contents(folder_of(root, other)) == before
    assert (root / disposing.PROFILE / "keyring").read_bytes() == keyring
    assert disposing._opens(profile, other)


def test_g13_two_inspections_share_neither_key_nor_identity(
    root: Path, profile: Profile, target: str, other: str
) -> None:
    one, two = look(profile, target, SystemClock()), look(profile, other, SystemClock())
    assert one.device != two.device
    assert one.device_public != two.device_public
    keys = [folder_of(root, each) / KEY_FILE for each in (target, other)]
    keys[0].write_bytes(keys[1].read_bytes())
    with pytest.raises(DamagedFileError):
        profile.open_inspection(target)


def test_c09_an_interruption_before_any_step_leaves_the_inspection_or_goes_on(
    begun: Path, tmp_path: Path, target: str
) -> None:
    taken = steps_of(begun, tmp_path / "whole")
    assert len(taken) > 15
    for number, name in enumerate(taken):
        root = shutil.copytree(begun, tmp_path / f"cut {number}")
        left = iter(range(number))

        def cut(_what: str, left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise PowerCutError

        with pytest.raises(PowerCutError):
            disposing.run(root, cut)
        wrong = disposing.judge(root, target, was_acknowledged=False)
        assert wrong == [], f"cut before {name!r}"
        wrong = disposing.judge(root, target, was_acknowledged=False)
        assert wrong == [], f"cut before {name!r}, at the second start"
        shutil.rmtree(root)


KILLED = """
import os, sys
from pathlib import Path
from tests.operations import disposing
left = int(sys.argv[2])
def step(what):
    global left
    if not left:
        os._exit(9)
    left -= 1
disposing.run(Path(sys.argv[1]), step)
"""


@pytest.mark.parametrize("number", [0, 1, 2, 5, 12, 20])
def test_c09_a_killed_process_leaves_the_inspection_or_goes_on(
    root: Path, target: str, number: int
) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(root), str(number)], check=False)
    assert ended.returncode == 9
    assert disposing.judge(root, target, was_acknowledged=False) == []


def test_c09_a_second_interruption_while_going_on_changes_nothing_of_that(
    begun: Path, tmp_path: Path, target: str
) -> None:
    taken = steps_of(begun, tmp_path / "whole")
    first = taken.index("write down that the keys are gone")
    root = shutil.copytree(begun, tmp_path / "cut")

    def cut_at(number: int) -> Callable[[str], None]:
        seen: list[str] = []

        def cut(what: str) -> None:
            seen.append(what)
            # The other one's own order is never written: this is about the first one alone.
            if len(seen) > number or (number < first and what == "write the order down"):
                raise PowerCutError

        return cut

    with pytest.raises(PowerCutError):
        disposing.run(root, cut_at(first))
    # Whoever destroys the other one now has to go on with this one first, and is cut off as well.
    for number in range(6):
        profile = Profile(root / disposing.PROFILE, disposing._master(root), SystemClock())
        left = disposing.ids(profile)[disposing.AREAS[1]]
        with pytest.raises(PowerCutError):
            destroy(profile, left, Wish(), SystemClock(), cut_at(number))
        assert disposing._untrue(root, target) == []
        if DisposalRecords(profile.folder, profile.master).complete():
            break
    assert number > 2
    assert disposing.judge(root, target, was_acknowledged=False) == []


@pytest.mark.parametrize("step", ["flush the new name", f"remove {STORE}"])
def test_an_interrupted_disposal_is_told_at_the_next_unlocking_and_only_there(
    root: Path, target: str, step: str
) -> None:
    def cut(what: str) -> None:
        if what == step:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        disposing.run(root, cut)
    first, second = (quick.unlock(root / disposing.PROFILE) for _ in range(2))
    assert [target in one for one in first.notices] == [True]
    assert second.notices == []
    (done,) = certified(second)
    assert done.outcome.was_interrupted
    assert done.order.reason == "Over."


def test_an_order_that_never_began_is_forgotten(root: Path, target: str) -> None:
    def cut(what: str) -> None:
        if what == "rename the folder":
            raise PowerCutError

    with pytest.raises(PowerCutError):
        disposing.run(root, cut)
    # Moved away by somebody: nothing of it was ever destroyed, so nothing may say so.
    folder_of(root, target).rename(root / "elsewhere")
    profile = quick.unlock(root / disposing.PROFILE)
    assert profile.notices == []
    assert certified(profile) == []
    assert DisposalRecords(profile.folder, profile.master).ids() == []


def test_a_folder_that_is_put_back_while_its_disposal_is_unfinished_is_left_alone(
    root: Path, begun: Path, target: str
) -> None:
    def cut(what: str) -> None:
        if what.startswith("overwrite"):
            raise PowerCutError

    with pytest.raises(PowerCutError):
        disposing.run(root, cut)
    shutil.copytree(folder_of(begun, target), folder_of(root, target))
    profile = quick.unlock(root / disposing.PROFILE)
    assert disposing._opens(profile, target)
    (done,) = certified(profile)
    assert done.outcome.left == (f"inspections/{target}",)
    # And it can be destroyed in its turn.
    assert gone(profile, target).outcome.left == ()


def test_a_lost_order_is_still_carried_out_and_says_so(
    root: Path, profile: Profile, target: str
) -> None:
    folder_of(root, target).rename(folder_of(root, target + DESTROYING))
    profile = quick.unlock(root / disposing.PROFILE)
    (done,) = certified(profile)
    assert "could not be read" in done.order.unreadable
    assert done.signature == ""
    assert traces(root / disposing.PROFILE, target) == []


def test_one_that_is_open_is_left_alone(root: Path, profile: Profile, target: str) -> None:
    inspection = profile.open_inspection(target)
    before = quick.contents(folder_of(root, target))
    with pytest.raises(AlreadyOpenError):
        gone(profile, target)
    assert quick.contents(folder_of(root, target)) == before
    inspection.close()
    assert gone(profile, target).stage is Stage.COMPLETE


HELD = """
import sys
from pathlib import Path
from tests.operations import disposing, quick
profile = quick.unlock(Path(sys.argv[1]) / disposing.PROFILE)
inspection = profile.open_inspection(sys.argv[2])
print("open", flush=True)
sys.stdin.read()
inspection.close()
"""


def test_one_that_another_process_has_open_is_left_alone(
    root: Path, profile: Profile, target: str
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HELD, str(root), target],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(AlreadyOpenError):
            gone(profile, target)
        process.communicate(b"")
    assert disposing._opens(profile, target)


def test_l07_no_clock_erases_and_a_day_that_is_not_over_stops_it(
    root: Path, profile: Profile, target: str
) -> None:
    inspection = profile.open_inspection(target)
    inspection.do(keep_until, "2026-12-01", "Our own schedule.")
    inspection.close()
    clock = StillClock()
    with pytest.raises(InvalidInputError, match="to be kept until 1 December 2026"):
        gone(profile, target, clock)
    assert disposing._opens(profile, target)
    # A clock that is a year ahead: the day is over, the list says so, and nothing else happens.
    ahead = StillClock(clock.now().replace(year=2027))
    late = Profile(root / disposing.PROFILE, profile.master, ahead)
    rows = {row.id: row for row in late.inspections()}
    assert [row.is_due for row in rows.values()].count(True) == 1
    assert rows[target].is_due
    assert disposing._opens(late, target)
    assert gone(profile, target, clock, is_early=True).stage is Stage.COMPLETE


@only_posix
def test_links_are_removed_and_never_followed(
    root: Path, profile: Profile, target: str, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "store.key").write_bytes(b"mine")
    (outside / "letter.docx").write_bytes(b"mine too")
    folder = folder_of(root, target)
    (folder / "blobs").symlink_to(outside)
    (folder / "extra.key").symlink_to(outside / "store.key")
    (folder / BACKUPS / "up").symlink_to(folder.parent)
    os.link(outside / "letter.docx", folder / "second.key")
    os.mkfifo(folder / "pipe.key")
    gone(profile, target)
    assert (outside / "store.key").read_bytes() == b"mine"
    assert (outside / "letter.docx").read_bytes() == b"mine too"
    assert traces(root / disposing.PROFILE, target) == []


@only_posix
def test_a_folder_that_is_only_a_link_is_left_alone(
    root: Path, profile: Profile, target: str, tmp_path: Path
) -> None:
    folder = folder_of(root, target)
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    before = quick.contents(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="only a link"):
        gone(profile, target)
    assert quick.contents(tmp_path / "elsewhere") == before


def test_read_only_files_and_folders_go_too(root: Path, profile: Profile, target: str) -> None:
    folder = folder_of(root, target)
    inside = folder / "blobs" / "deep"
    inside.mkdir(parents=True)
    (inside / "piece").write_bytes(b"sealed")
    for one in (inside / "piece", *folder.rglob("*.key"), *folder.rglob("*.db")):
        one.chmod(stat.S_IRUSR)
    for one in (inside, folder / BACKUPS):
        one.chmod(stat.S_IRUSR | stat.S_IXUSR)
    inside.parent.chmod(0)
    gone(profile, target)
    assert traces(root / disposing.PROFILE, target) == []


def test_every_copy_of_the_key_file_in_the_profile_goes_and_no_other(
    root: Path, profile: Profile, target: str, other: str
) -> None:
    key = (folder_of(root, target) / KEY_FILE).read_bytes()
    home = root / disposing.PROFILE
    copies = [home / "safe.bin", folder_of(root, other) / "odd", home / "mine" / "deep" / "x"]
    copies[2].parent.mkdir(parents=True)
    for copy in copies:
        copy.write_bytes(key)
    for name in ("store.key.next", "store.key.new", "store.key.next.new", "unnamed"):
        (folder_of(root, target) / name).write_bytes(key)
    (home / "note.txt").write_bytes(MAGIC + b"\1" + bytes(16))
    done = gone(profile, target)
    assert done.order.key_files == 3  # opening removes what was left half written
    assert not [one for one in copies if one.exists()]
    assert (home / "note.txt").exists()
    assert disposing._opens(profile, other)


def test_keys_are_overwritten_before_they_are_removed(root: Path, target: str) -> None:
    key = folder_of(root, target + DESTROYING) / KEY_FILE
    original = (folder_of(root, target) / KEY_FILE).read_bytes()
    seen: list[bytes] = []

    def watch(what: str) -> None:
        if what in {f"empty {KEY_FILE}", f"remove {KEY_FILE}"}:
            seen.append(key.read_bytes())

    disposing.run(root, watch)
    assert len(seen) == 2
    assert len(seen[0]) == len(original)
    assert seen[0] != original
    assert original[37:85] not in seen[0]
    assert seen[1] == b""


def test_every_key_is_gone_before_the_first_byte_of_anything_else(
    begun: Path, tmp_path: Path
) -> None:
    taken = steps_of(begun, tmp_path / "whole")
    keys_gone = taken.index("write down that the keys are gone")
    removed = [n for n, what in enumerate(taken) if what.startswith("remove ")]
    keys = [n for n in removed if taken[n].endswith(".key")]
    assert max(keys) < keys_gone < min(set(removed) - set(keys))


def test_what_can_not_be_opened_any_more_can_be_destroyed_and_nobody_signs(
    root: Path, profile: Profile, target: str
) -> None:
    (folder_of(root, target) / KEY_FILE).write_bytes(b"")
    done = gone(profile, target, reason="Damaged.")
    assert done.signature == ""
    assert "key file" in done.order.unreadable
    assert done.stage is Stage.COMPLETE
    assert traces(root / disposing.PROFILE, target) == []


def test_what_was_never_there_is_not_destroyed(profile: Profile) -> None:
    for wanted in ("", "0" * 32, "../keyring", "\udcff"):
        with pytest.raises(NotFoundError):
            gone(profile, wanted)
    assert not (profile.folder / DISPOSED).exists()


@pytest.mark.parametrize("said", ["x" * 1001, "\udcff"])
def test_what_a_certificate_can_not_hold_is_refused(said: str) -> None:
    with pytest.raises(InvalidInputError):
        Wish(said)
    with pytest.raises(InvalidInputError):
        Wish("", said)


def test_what_is_kept_of_a_disposal_can_not_be_read_without_the_master_key(
    profile: Profile, target: str, other: str
) -> None:
    gone(profile, target, reason="MARKERWORD", by="MARKERNAME", names_area=True)
    (kept,) = (profile.folder / DISPOSED).glob(f"{target}.*")
    sealed = kept.read_bytes()
    for word in (b"MARKERWORD", b"MARKERNAME", b"Wexcombe", b"order"):
        assert word not in sealed
    if os.name != "nt":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for place in range(len(sealed)):
        kept.write_bytes(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
        with pytest.raises(DamagedFileError):
            certified(profile, target)
    # Another's record under this one's name says nothing of this one.
    gone(profile, other)
    (second,) = (profile.folder / DISPOSED).glob(f"{other}.*")
    kept.write_bytes(second.read_bytes())
    with pytest.raises(DamagedFileError):
        certified(profile, target)
    assert [one.order.inspection for one in certified(profile)] == [other]


def test_records_can_be_read_under_a_new_master_key_as_well(
    profile: Profile, target: str, tmp_path: Path
) -> None:
    done = gone(profile, target)
    new = quick.create(tmp_path / "new").master
    DisposalRecords(profile.folder, profile.master).seal_again(new)
    for master in (profile.master, new):
        assert DisposalRecords(profile.folder, master).complete() == [done]


def test_no_error_while_destroying_names_a_word_or_a_key(
    root: Path, profile: Profile, target: str
) -> None:
    def refuse(what: str) -> None:
        if what.startswith("remove the folder"):
            raise OSError(13, "Permission denied", "/secret/path")

    with pytest.raises(StoreError, match="its keys are gone") as problem:
        disposing.run(root, refuse)
    assert "/secret" not in str(vars(problem.value))
    assert json.dumps(profile.inspections()[0].plain())
    assert disposing.judge(root, target, was_acknowledged=False) == []
