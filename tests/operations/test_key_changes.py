"""What opens a profile is changed whole or not at all, and is never one thing alone that fails."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.crypto import keyring
from app.crypto.passphrase import Stretcher
from app.errors import (
    DamagedFileError,
    InvalidInputError,
    KeyStoreError,
    SiteweekError,
    StoreError,
    WrongPassphraseError,
)
from app.operations.key_changes import (
    OLDER_COPIES,
    change_passphrase,
    is_protected,
    protect_with_system,
    unprotect,
)
from app.operations.key_store import keep_pepper
from app.operations.keyring_file import change_keyring, locked
from app.operations.profile import Profile
from app.operations.unlocking import unlock_profile, unlock_with_recovery
from tests.crypto.samples import CountingKdf
from tests.fakes.key_stores import MemoryKeyStore
from tests.operations import quick
from tests.operations.quick import PASSPHRASE, QUICK, contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEW = "onscreen tactful defraud overlord fossil"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def store() -> MemoryKeyStore:
    return MemoryKeyStore()


def unlock(
    folder: Path, passphrase: str = PASSPHRASE, store: MemoryKeyStore | None = None
) -> Profile:
    return unlock_profile(folder, passphrase, SystemClock(), QUICK, store or MemoryKeyStore())


def refusal(folder: Path, error: type[SiteweekError], call: Callable[[], object]) -> str:
    before = contents(folder)
    with pytest.raises(error) as refused:
        call()
    assert contents(folder) == before
    return refused.value.sentence


def test_the_new_passphrase_opens_and_the_old_one_no_more(folder: Path) -> None:
    profile, text = quick.with_recovery(folder)
    made = profile.create_inspection({"area": "Wexcombe"})
    assert change_passphrase(profile, NEW, stretcher=QUICK) is False
    refusal(folder, WrongPassphraseError, lambda: unlock(folder))
    for again in (unlock(folder, NEW), unlock_with_recovery(folder, text, SystemClock())):
        assert [(one.id, one.problem) for one in again.inspections()] == [(made, "")]
    assert profile.create_inspection({}), "the profile that changed it goes on"


def test_the_old_slot_is_nowhere_left_in_the_folder(folder: Path) -> None:
    profile = quick.create(folder)
    old = (folder / "keyring").read_bytes()[26:116]
    change_passphrase(profile, NEW, stretcher=QUICK)
    assert not [one for one, held in contents(folder).items() if held and old[14:] in held]


def test_an_older_copy_of_the_key_file_still_opens_and_that_is_said(
    folder: Path, tmp_path: Path
) -> None:
    profile = quick.create(folder)
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    change_passphrase(profile, NEW, stretcher=QUICK)
    made = profile.create_inspection({"area": "Eastham"})
    shutil.copy(copy / "keyring", folder / "keyring")
    assert [one.id for one in unlock(folder).inspections()] == [made]
    assert "older passphrase" in OLDER_COPIES


@pytest.mark.parametrize("weak", ["short", "passwordpassword", "wexcombe inspection wexcombe"])
def test_a_weak_new_passphrase_changes_nothing(folder: Path, weak: str) -> None:
    profile = quick.create(folder)
    said = refusal(
        folder,
        InvalidInputError,
        lambda: change_passphrase(profile, weak, ["Wexcombe"], stretcher=QUICK),
    )
    assert said.endswith("Nothing was changed.")


def test_a08_what_an_interrupted_change_left_is_gone_once_the_profile_opens(folder: Path) -> None:
    """Beside the keyring, as a kill before the renaming leaves it, it would still open."""
    profile = quick.create(folder)
    old = (folder / "keyring").read_bytes()
    change_passphrase(profile, NEW, stretcher=QUICK)
    (folder / "keyring").replace(folder / "keyring.new")
    (folder / "keyring").write_bytes(old)
    refusal(folder, WrongPassphraseError, lambda: unlock(folder, NEW))
    unlock(folder)
    assert set(contents(folder)) == {"inspections", "keyring"}


def test_a_window_whose_profile_was_given_another_keyring_changes_nothing(folder: Path) -> None:
    profile = quick.create(folder)
    shutil.rmtree(folder)
    quick.create(folder)
    for call in (
        lambda: change_passphrase(profile, NEW, stretcher=QUICK),
        lambda: profile.create_inspection({}),
    ):
        assert "unlock it again" in refusal(folder, StoreError, call)


def test_two_never_change_the_keyring_at_once(folder: Path) -> None:
    profile = quick.create(folder)

    def change(_present: bytes) -> bytes:
        with locked(folder, seconds=0):
            raise AssertionError

    assert "Another window" in refusal(
        folder, StoreError, lambda: change_keyring(folder, profile.master, change)
    )


def test_a_key_store_is_needed_beside_the_passphrase_once_asked_for(
    folder: Path, store: MemoryKeyStore
) -> None:
    profile, text = quick.with_recovery(folder)
    protect_with_system(profile, PASSPHRASE, QUICK, store)
    assert is_protected(profile)
    unlock(folder, store=store)
    unlock_with_recovery(folder, text, SystemClock())
    protect_with_system(profile, PASSPHRASE, QUICK, store)
    unlock(folder, store=store)
    unprotect(profile, PASSPHRASE, QUICK, store)
    assert not is_protected(profile)
    assert store.kept == {}
    unlock(folder, store=MemoryKeyStore())


def test_a11_a_key_store_is_never_the_only_way_in(folder: Path, store: MemoryKeyStore) -> None:
    profile = quick.create(folder)
    said = refusal(
        folder,
        InvalidInputError,
        lambda: protect_with_system(profile, PASSPHRASE, QUICK, store),
    )
    assert "recovery" in said
    assert store.kept == {}


def test_a_slip_of_the_finger_does_not_become_the_passphrase(
    folder: Path, store: MemoryKeyStore
) -> None:
    profile, _ = quick.with_recovery(folder)
    for call in (
        lambda: protect_with_system(profile, PASSPHRASE[:-1], QUICK, store),
        lambda: unprotect(profile, PASSPHRASE[:-1], QUICK, store),
    ):
        refusal(folder, WrongPassphraseError, call)
    assert store.kept == {}


@pytest.mark.parametrize("loss", ["missing", "another secret", "damaged", "broken", "no store"])
def test_a11_without_its_key_store_the_recovery_key_opens_and_nothing_is_overwritten(
    folder: Path, store: MemoryKeyStore, loss: str
) -> None:
    profile, text = quick.with_recovery(folder)
    protect_with_system(profile, PASSPHRASE, QUICK, store)
    (name, kept) = next(iter(store.kept.items()))
    if loss == "missing":
        store.kept = {}
    elif loss == "another secret":
        store.kept = {}
        keep_pepper(store, bytes.fromhex(name))
    elif loss == "damaged":
        store.kept[name] = kept[:-1] + "?"
    elif loss == "broken":
        store.is_broken = True
    lost = dict(store.kept)
    kdf = CountingKdf()
    error = WrongPassphraseError if loss == "another secret" else KeyStoreError
    asked = None if loss == "no store" else store
    said = refusal(
        folder,
        error,
        lambda: unlock_profile(
            folder, PASSPHRASE, SystemClock(), Stretcher(kdf=counted(kdf)), asked
        ),
    )
    if loss != "broken":
        assert "recovery key" in said
    assert kdf.calls == (loss == "another secret")
    assert store.kept == lost
    recovered = unlock_with_recovery(folder, text, SystemClock())
    protects = change_passphrase(recovered, NEW, stretcher=QUICK, key_store=asked)
    assert protects == is_protected(recovered) == (loss == "another secret")
    unlock(folder, NEW, store if protects else None)
    assert store.kept == lost


def counted(kdf: CountingKdf) -> Callable[..., bytes]:
    """The quick derivation, counted."""

    def run(secret: bytes, salt: bytes, **_asked: int) -> bytes:
        return kdf(secret, salt, memory_kib=8, passes=1, lanes=1)

    return run


def test_a_changed_passphrase_keeps_the_protection_and_its_secret(
    folder: Path, store: MemoryKeyStore
) -> None:
    profile, _ = quick.with_recovery(folder)
    protect_with_system(profile, PASSPHRASE, QUICK, store)
    kept = dict(store.kept)
    assert change_passphrase(profile, NEW, stretcher=QUICK, key_store=store) is True
    assert store.kept == kept
    unlock(folder, NEW, store)
    with pytest.raises(KeyStoreError):
        unlock(folder, NEW)


def test_a_protection_that_was_interrupted_leaves_the_passphrase_enough(
    folder: Path, store: MemoryKeyStore
) -> None:
    profile, _ = quick.with_recovery(folder)
    (folder / "keyring.new").mkdir()  # the disk refuses the new keyring
    refusal(folder, StoreError, lambda: protect_with_system(profile, PASSPHRASE, QUICK, store))
    assert len(store.kept) == 1
    unlock(folder)


def test_a_secret_that_can_not_be_removed_keeps_nobody_out(
    folder: Path, store: MemoryKeyStore
) -> None:
    profile, _ = quick.with_recovery(folder)
    protect_with_system(profile, PASSPHRASE, QUICK, store)
    sealed = (folder / "keyring").read_bytes()
    assert keyring.summarise(sealed).uses_pepper
    store.remove = broken  # type: ignore[method-assign]
    unprotect(profile, PASSPHRASE, QUICK, store)
    unlock(folder)


def broken(_name: str) -> None:
    raise KeyStoreError("The key store is broken.")


def test_a_missing_keyring_is_said_plainly(folder: Path) -> None:
    profile = quick.create(folder)
    (folder / "keyring").unlink()
    refusal(folder, DamagedFileError, lambda: change_passphrase(profile, NEW, stretcher=QUICK))
