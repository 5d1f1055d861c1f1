"""New keys for everything, or for nothing: and whichever passphrase opens, every word is there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.crypto import store_key
from app.errors import (
    AlreadyOpenError,
    DamagedFileError,
    InvalidInputError,
    KeyStoreError,
    SiteweekError,
    StoppedError,
    StoreError,
    WrongPassphraseError,
)
from app.operations import records, rotation, settling
from app.operations.backups import list_backups, restore
from app.operations.key_changes import is_protected, protect_with_system
from app.operations.keyring_file import locked
from app.operations.keys import open_keys
from app.operations.rotation import Course, prepare_rotation, renew_backups, rotate
from app.operations.searching import find_words
from app.operations.unlocking import unlock_profile, unlock_with_recovery
from app.store.drafts import Draft
from app.store.refuge import Refuge
from tests.fakes.key_stores import MemoryKeyStore
from tests.operations import quick
from tests.operations.quick import PASSPHRASE, QUICK, contents

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.operations.profile import Profile

NEW = "onscreen tactful defraud overlord fossil"
AREAS = ["Eastham", "Northby", "Wexcombe"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def profile(folder: Path) -> Profile:
    """A profile with three inspections in which something was written."""
    made = quick.create(folder)
    for area in AREAS:
        inspection = made.open_inspection(made.create_inspection({"area": area}))
        inspection.do(records.add, "jotting", {"title": f"seen in {area}"})
        inspection.close()
    return made


def rotated(profile: Profile, course: Course | None = None) -> list[str]:
    made = prepare_rotation(profile, NEW, with_recovery=False, stretcher=QUICK)
    return rotate(profile, made, course or Course())


def areas(profile: Profile) -> list[str]:
    """The areas of all inspections, each opened, searched and written to."""
    found = []
    for row in profile.inspections():
        inspection = profile.open_inspection(row.id)
        assert [one.snippet for one in inspection.ask(find_words, "seen")]
        inspection.do(records.add, "agency", {"name": "Police"})
        assert inspection.notices == []
        inspection.close()
        found.append(row.area)
    return sorted(found)


def left_over(folder: Path) -> list[str]:
    return [one.name for one in folder.rglob("*") if ".next" in one.name or one.suffix == ".new"]


def refusal(folder: Path, error: type[SiteweekError], call: Callable[[], object]) -> str:
    """The sentence of a refusal after which nothing differs but what opening an inspection does."""
    before = key_files(folder)
    with pytest.raises(error) as refused:
        call()
    assert key_files(folder) == before
    assert left_over(folder) == []
    assert "Nothing was changed" in refused.value.sentence
    return refused.value.sentence


def key_files(folder: Path) -> dict[str, bytes | None]:
    """The keyring, and what of the key files doesn't change with each opening: the sealed keys."""
    names = {"keyring": None, "store.key": 85}
    return {
        name: held[: names[Path(name).name]]
        for name, held in contents(folder).items()
        if held and Path(name).name in names and "backups" not in name
    }


def test_every_key_is_new_and_every_word_is_there(folder: Path, profile: Profile) -> None:
    before, master = key_files(folder), profile.master
    told: list[tuple[int, int]] = []
    assert rotated(profile, Course(progress=lambda done, of: told.append((done, of)))) == []
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    after = key_files(folder)
    assert before.keys() == after.keys()
    assert not [name for name in before if before[name] == after[name]]
    assert profile.master != master
    assert areas(profile) == AREAS
    assert areas(quick.unlock(folder, NEW)) == AREAS
    assert left_over(folder) == []
    with pytest.raises(WrongPassphraseError):
        quick.unlock(folder)


def test_an_old_keyring_and_passphrase_open_nothing_of_the_new_stores(
    folder: Path, profile: Profile, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "thief")
    rotated(profile)
    for one in (folder / "inspections").iterdir():
        for name in ("store.db", "store.key"):
            shutil.copy(one / name, tmp_path / "thief" / "inspections" / one.name / name)
    thief = quick.unlock(tmp_path / "thief")
    assert all(row.problem and not row.area for row in thief.inspections())
    # The new stores do not open with the old store keys either.
    shutil.rmtree(tmp_path / "thief")


def test_the_head_is_carried_over_so_that_a_store_put_back_is_noticed(
    folder: Path, profile: Profile
) -> None:
    made = profile.inspections()[0].id
    place = folder / "inspections" / made
    rotated(profile)
    earlier = (place / "store.db").read_bytes()
    inspection = profile.open_inspection(made)
    inspection.do(records.add, "agency", {"name": "Police"})
    inspection.close()
    (place / "store.db").write_bytes(earlier)
    inspection = profile.open_inspection(made)
    assert "older than it was" in inspection.notices[0]
    inspection.close()


def test_a_profile_without_inspections_is_rotated_too(folder: Path) -> None:
    profile = quick.create(folder)
    assert rotated(profile) == []
    assert quick.unlock(folder, NEW).inspections() == []


def test_a_new_recovery_key_takes_the_place_of_the_old_one_once_typed_back(folder: Path) -> None:
    profile, old = quick.with_recovery(folder)
    made = prepare_rotation(profile, NEW, with_recovery=True, stretcher=QUICK)
    assert "Type the new recovery key" in refusal(
        folder, InvalidInputError, lambda: rotate(profile, made)
    )
    for typed in (old, made.recovery_text[:-1], ""):
        with pytest.raises(InvalidInputError):
            made.confirm(typed)
    refusal(folder, InvalidInputError, lambda: rotate(profile, made))
    made.confirm(made.recovery_text.lower())
    rotate(profile, made)
    unlock_with_recovery(folder, made.recovery_text, SystemClock())
    with pytest.raises(WrongPassphraseError):
        unlock_with_recovery(folder, old, SystemClock())


def test_without_a_new_recovery_key_the_old_one_opens_no_more(folder: Path) -> None:
    profile, old = quick.with_recovery(folder)
    rotated(profile)
    with pytest.raises(WrongPassphraseError, match="No recovery key was made"):
        unlock_with_recovery(folder, old, SystemClock())


def test_a_protected_profile_stays_protected_under_another_secret(folder: Path) -> None:
    store = MemoryKeyStore()
    profile, _ = quick.with_recovery(folder)
    protect_with_system(profile, PASSPHRASE, QUICK, store)
    before = dict(store.kept)
    with pytest.raises(InvalidInputError, match="needs a recovery key"):
        prepare_rotation(profile, NEW, with_recovery=False, stretcher=QUICK)
    made = prepare_rotation(profile, NEW, with_recovery=True, stretcher=QUICK)
    assert store.kept == before
    made.confirm(made.recovery_text)
    rotate(profile, made, key_store=store)
    assert len(store.kept) == 1
    assert not before.keys() & store.kept.keys()
    assert is_protected(profile)
    unlock_profile(folder, NEW, SystemClock(), QUICK, store)
    with pytest.raises(KeyStoreError):
        unlock_profile(folder, NEW, SystemClock(), QUICK, MemoryKeyStore())


def test_a_key_store_that_fails_stops_it_before_anything_is_written(folder: Path) -> None:
    store = MemoryKeyStore()
    profile, _ = quick.with_recovery(folder)
    protect_with_system(profile, PASSPHRASE, QUICK, store)
    made = prepare_rotation(profile, NEW, with_recovery=True, stretcher=QUICK)
    made.confirm(made.recovery_text)
    before = key_files(folder)
    store.is_broken = True
    with pytest.raises(KeyStoreError):
        rotate(profile, made, key_store=store)
    assert key_files(folder) == before


def test_a_secret_for_a_rotation_that_failed_is_not_left_behind(folder: Path) -> None:
    store = MemoryKeyStore()
    profile, _ = quick.with_recovery(folder)
    protect_with_system(profile, PASSPHRASE, QUICK, store)
    before = dict(store.kept)
    made = prepare_rotation(profile, NEW, with_recovery=True, stretcher=QUICK)
    made.confirm(made.recovery_text)
    refusal(
        folder,
        StoppedError,
        lambda: rotate(profile, made, Course(stopped=lambda: True), key_store=store),
    )
    assert store.kept == before


@pytest.mark.parametrize("weak", ["short", "passwordpassword"])
def test_a_weak_passphrase_prepares_nothing(folder: Path, profile: Profile, weak: str) -> None:
    refusal(
        folder,
        InvalidInputError,
        lambda: prepare_rotation(profile, weak, with_recovery=False, stretcher=QUICK),
    )


@pytest.mark.parametrize("after", range(4))
def test_stopped_in_time_it_changes_nothing(folder: Path, profile: Profile, after: int) -> None:
    asked = iter(range(after))
    refusal(
        folder,
        StoppedError,
        lambda: rotated(profile, Course(stopped=lambda: next(asked, None) is None)),
    )
    assert areas(quick.unlock(folder)) == AREAS


def test_an_open_inspection_is_left_alone_and_nothing_begins(
    folder: Path, profile: Profile
) -> None:
    inspection = profile.open_inspection(profile.inspections()[1].id)
    refusal(folder, AlreadyOpenError, lambda: rotated(profile))
    inspection.close()
    assert rotated(profile) == []


def test_nobody_opens_or_makes_an_inspection_while_it_runs(folder: Path, profile: Profile) -> None:
    other = quick.unlock(folder)
    known = [row.id for row in other.inspections()]
    refused: list[str] = []

    def try_both(done: int, of: int) -> None:
        if done == 0:
            with pytest.raises(AlreadyOpenError):
                other.open_inspection(known[0])
        if done != of:
            return
        for call in (lambda: other.open_inspection(known[0]), lambda: other.create_inspection({})):
            with pytest.raises(SiteweekError) as problem:
                call()
            refused.append(problem.value.sentence)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.operations.keyring_file._LOCK_SECONDS", 0)
        rotated(profile, Course(progress=try_both))
    assert len(refused) == 2
    assert areas(profile) == AREAS
    assert len(list((folder / "inspections").iterdir())) == 3


def test_a_window_with_the_old_key_opens_makes_and_removes_nothing(
    folder: Path, profile: Profile
) -> None:
    stale = quick.unlock(folder)
    known = [row.id for row in stale.inspections()]
    rotated(profile)
    before = contents(folder)
    for call in (
        lambda: stale.create_inspection({}),
        lambda: rotated(stale),
        *(lambda one=one: stale.open_inspection(one) for one in known),
    ):
        with pytest.raises(SiteweekError):
            call()
    assert contents(folder) == before
    assert areas(profile) == AREAS


def test_a_window_with_the_old_key_does_not_undo_what_has_taken_effect(
    folder: Path, profile: Profile
) -> None:
    """After the new keyring is in place and before the files are: the old key would discard."""
    stale = quick.unlock(folder)
    known = [row.id for row in stale.inspections()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rotation, "put_in_place", lambda *_asked: None)
        rotated(profile)
    assert len(left_over(folder)) == 6
    for one in known:
        with pytest.raises(StoreError, match="unlock it again"):
            stale.open_inspection(one)
    assert len(left_over(folder)) == 6
    assert areas(profile) == AREAS, "the one that rotated puts them in place when opening"
    assert left_over(folder) == []


def test_the_log_of_an_old_store_is_never_read_into_the_new_one(
    folder: Path, profile: Profile
) -> None:
    place = folder / "inspections" / profile.inspections()[0].id
    inspection = profile.open_inspection(place.name)
    inspection.do(records.add, "agency", {"name": "Health"})
    log = (place / "store.db-wal").read_bytes()
    inspection.close()
    assert log
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rotation, "put_in_place", lambda *_asked: None)
        rotated(profile)
    (place / "store.db-wal").write_bytes(log)
    assert areas(quick.unlock(folder, NEW)) == AREAS


def test_interrupted_a_moment_after_it_took_effect_nothing_is_taken_back(
    folder: Path, profile: Profile
) -> None:
    take_effect = rotation._take_effect

    def interrupted(*asked: object) -> None:
        take_effect(*asked)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rotation, "_take_effect", interrupted)
        with pytest.raises(KeyboardInterrupt):
            rotated(profile)
    assert areas(profile) == AREAS
    assert areas(quick.unlock(folder, NEW)) == AREAS


def test_what_lies_there_unfinished_is_put_in_order_when_the_profile_is_unlocked(
    folder: Path, profile: Profile
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rotation, "put_in_place", lambda *_asked: None)
        rotated(profile)
    again = quick.unlock(folder, NEW)
    assert left_over(folder) == []
    assert areas(again) == AREAS


def test_a_disk_that_refuses_at_the_end_is_said_and_settled_later(
    folder: Path, profile: Profile
) -> None:
    def refuse(*_asked: object) -> None:
        raise OSError(5, "Input/output error")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "flush_folder", refuse)
        problems = rotated(profile)
    assert len(problems) == 3
    assert all("tried again" in one for one in problems)
    assert areas(quick.unlock(folder, NEW)) == AREAS


@pytest.mark.parametrize("harm", ["key", "store", "missing", "head"])
def test_an_inspection_that_is_not_whole_stops_all_before_anything_changes(
    folder: Path, profile: Profile, harm: str
) -> None:
    place = folder / "inspections" / profile.inspections()[0].id
    if harm == "missing":
        (place / "store.db").unlink()
    elif harm == "store":
        harmed = bytearray((place / "store.db").read_bytes())
        harmed[9_000] ^= 1
        (place / "store.db").write_bytes(harmed)
    elif harm == "key":
        (place / "store.key").write_bytes(b"")
    else:
        # A head nobody can vouch for: opening notices, says so and settles it.
        whole = (place / "store.key").read_bytes()
        (place / "store.key").write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert rotated(profile) == []
        return
    before = key_files(folder)
    with pytest.raises((DamagedFileError, StoreError)):
        rotated(profile)
    assert key_files(folder) == before
    assert left_over(folder) == []


def test_words_that_wait_outside_a_store_are_taken_up_first_or_stop_it(
    folder: Path, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = profile.inspections()[0].id
    identity = bytes.fromhex(made)
    place = folder / "inspections" / made
    refuge = Refuge([folder], open_keys(place, identity, profile.master))
    assert refuge.take([Draft("r", "jotting", {"title": "half a word"}, "2026-10-12T09:00:00")])
    with monkeypatch.context() as patch:
        patch.setattr("app.store.store.Refuge.discard", lambda _refuge: None)
        assert "still kept outside" in refusal(folder, StoreError, lambda: rotated(profile))
    assert rotated(profile) == []
    assert not list(folder.glob("*.refuge"))
    inspection = profile.open_inspection(made)
    drafts = inspection.ask(lambda view: list(view.records.drafts()))
    assert "half a word" in str(drafts)
    inspection.close()


def test_without_room_it_does_not_begin(
    folder: Path, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(folder)
    size = sum(one.stat().st_size for one in folder.rglob("store.db"))
    free = usage._replace(free=int(2.2 * size) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: free)
    assert "free disk" in refusal(folder, StoreError, lambda: rotated(profile))
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=3 * size))
    assert rotated(profile) == []


def test_two_never_rotate_at_once(folder: Path, profile: Profile) -> None:
    made = prepare_rotation(profile, NEW, with_recovery=False, stretcher=QUICK)
    with pytest.MonkeyPatch.context() as patch, locked(folder):
        patch.setattr("app.operations.keyring_file._LOCK_SECONDS", 0)
        refusal(folder, StoreError, lambda: rotate(profile, made))


def test_fresh_backups_take_the_place_of_those_no_key_opens(folder: Path, profile: Profile) -> None:
    made = profile.inspections()[0].id
    place = folder / "inspections" / made / "backups"
    renew_backups(profile, made, SystemClock())
    (place / "20200101T000000Z.wal").write_bytes(b"kept")
    (first,) = list_backups(profile, made)
    clock = SystemClock()
    assert rotated(profile, Course(after=lambda one: renew_backups(profile, one, clock))) == []
    (second,) = list_backups(profile, made)
    assert first.stamp != second.stamp
    assert sorted(one.name for one in place.iterdir()) == [
        f"{second.stamp}.db",
        f"{second.stamp}.key",
    ]
    assert restore(profile, made, second.stamp, clock) == 2
    assert areas(profile) == AREAS


def test_what_fails_afterwards_is_said_and_undoes_nothing(folder: Path, profile: Profile) -> None:
    def refuse(_inspection: str) -> None:
        raise StoreError("No backup could be made.")

    assert rotated(profile, Course(after=refuse)) == ["No backup could be made."] * 3
    assert areas(quick.unlock(folder, NEW)) == AREAS


def test_stray_files_of_a_rotation_that_never_took_effect_are_removed(
    folder: Path, profile: Profile
) -> None:
    made = profile.inspections()[0].id
    place = folder / "inspections" / made
    sealed, _ = store_key.create(bytes.fromhex(made), quick.create(folder / "other").master)
    shutil.rmtree(folder / "other")
    for name in ("store.next.db", "store.next.db-journal", "store.key.next.new"):
        (place / name).write_bytes(b"half")
    (place / "store.key.next").write_bytes(sealed)
    (folder / "keyring.next").write_bytes(b"half")
    assert areas(quick.unlock(folder)) == AREAS
    assert left_over(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="it forks and kills")
@pytest.mark.parametrize("kind", ["kill", "refuse"])
def test_c06_interrupted_at_any_file_step_everything_is_there_under_one_passphrase(
    tmp_path: Path, kind: str
) -> None:
    command = [sys.executable, "-m", "tests.operations.interrupted_rotation", str(tmp_path), kind]
    done = subprocess.run(
        command, check=True, cwd=Path(__file__).parents[2], capture_output=True, text=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) > 60
    assert {row["opens"][0] for row in rows} == {"old", "new"}
    for row in rows:
        assert row["code"] in {"kill": {-9, 0}, "refuse": {0, 1, 3}}[kind], row
        assert len(row["opens"]) == 1, row
        assert row["seen"] == [["Eastham", 1, []], ["Wexcombe", 1, []]], row
        assert (row["problems"], row["left"]) == ([], []), row
    # Before the one moment the old passphrase opens, from then on the new one: it never goes back.
    if kind == "kill":
        assert "".join(row["opens"][0][0] for row in rows).strip("o").strip("n") == ""
