"""A recovery key opens the profile only once somebody has read it from paper."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.crypto.keys import RecoveryKey
from app.crypto.recovery_text import ALPHABET, to_text
from app.errors import InvalidInputError, OutputError, StoreError, WrongPassphraseError
from app.operations.key_changes import change_passphrase
from app.operations.recovery import (
    confirm_recovery,
    has_recovery,
    make_recovery,
    vault_of,
    write_recovery_sheet,
)
from app.operations.unlocking import unlock_with_recovery
from tests.fakes.clock import StillClock
from tests.operations import quick
from tests.operations.quick import QUICK, contents

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.profile import Profile

NEW = "onscreen tactful defraud overlord fossil"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def profile(folder: Path) -> Profile:
    return quick.create(folder)


def recover(folder: Path, text: str) -> Profile:
    return unlock_with_recovery(folder, text, SystemClock())


def test_a_key_that_was_not_typed_back_opens_nothing_and_writes_nothing(
    folder: Path, profile: Profile
) -> None:
    before = contents(folder)
    pending = make_recovery(profile)
    assert contents(folder) == before
    assert not has_recovery(profile)
    with pytest.raises(WrongPassphraseError, match="No recovery key was made"):
        recover(folder, pending.text)


def test_a10_a_mistyped_key_is_refused_when_set_up_and_when_used(
    folder: Path, profile: Profile
) -> None:
    pending = make_recovery(profile)
    letters = pending.text.replace("-", "")
    wrong = ALPHABET[(ALPHABET.index(letters[5]) + 1) % 32]
    place = next(place for place in range(27) if letters[place] != letters[place + 1])
    mistyped = [
        letters[:5] + wrong + letters[6:],
        letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :],
        letters[:-1],
        "",
        to_text(RecoveryKey(bytes(16))),
    ]
    before = contents(folder)
    for typed in mistyped:
        with pytest.raises(InvalidInputError, match="Nothing was changed") as refused:
            confirm_recovery(pending, typed)
        assert refused.value.place == "recovery key"
        assert letters[:4] not in refused.value.sentence
    assert contents(folder) == before
    confirm_recovery(pending, pending.text)
    after = contents(folder)
    for typed in mistyped:
        with pytest.raises((InvalidInputError, WrongPassphraseError)):
            recover(folder, typed)
    assert contents(folder) == after


def test_a10_case_spaces_and_lookalikes_are_forgiven_when_set_up_and_when_used(
    folder: Path, profile: Profile
) -> None:
    pending = make_recovery(profile)
    spelled = pending.text.lower().replace("-", " ").replace("0", "o").replace("1", "l") + "\n"
    confirm_recovery(pending, spelled)
    made = profile.create_inspection({"area": "Wexcombe"})
    assert [one.id for one in recover(folder, spelled).inspections()] == [made]


def test_a_forgotten_passphrase_is_replaced_and_the_sheet_stays_valid(folder: Path) -> None:
    _, text = quick.with_recovery(folder)
    change_passphrase(recover(folder, text), NEW, stretcher=QUICK)
    quick.unlock(folder, NEW)
    with pytest.raises(WrongPassphraseError):
        quick.unlock(folder)
    recover(folder, text)


def test_a_new_sheet_ends_the_old_one_only_once_it_was_typed_back(folder: Path) -> None:
    profile, first = quick.with_recovery(folder)
    second = make_recovery(profile)
    recover(folder, first)
    confirm_recovery(second, second.text)
    recover(folder, second.text)
    with pytest.raises(WrongPassphraseError):
        recover(folder, first)


def test_a_key_made_before_the_passphrase_changed_does_not_bring_the_old_one_back(
    folder: Path, profile: Profile
) -> None:
    pending = make_recovery(profile)
    change_passphrase(profile, NEW, stretcher=QUICK)
    before = contents(folder)
    with pytest.raises(StoreError, match="Make another sheet"):
        confirm_recovery(pending, pending.text)
    assert contents(folder) == before
    quick.unlock(folder, NEW)


def test_a_sheet_is_written_whole_for_its_owner_alone(tmp_path: Path, profile: Profile) -> None:
    pending = make_recovery(profile)
    clock = StillClock(datetime(2026, 10, 12, 9, tzinfo=UTC))
    place = tmp_path / "sheet.pdf"
    write_recovery_sheet(place, pending.text, vault_of(profile), clock)
    assert place.read_bytes().startswith(b"%PDF-")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["profile", "sheet.pdf"]
    if os.name != "nt":
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
    with pytest.raises(OutputError):
        write_recovery_sheet(tmp_path / "gone" / "x.pdf", pending.text, bytes(16), clock)
