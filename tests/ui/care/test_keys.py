from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.clock import SystemClock
from app.errors import WrongPassphraseError
from app.operations import key_changes
from app.operations.owner import Owner, owner_of, remember
from app.operations.recovery import has_recovery
from app.operations.unlocking import unlock_with_recovery
from app.ui.care import protect
from app.ui.care.keys import ChangePassphrase, NewKeys, NewSheet
from app.ui.care.protect import Protect
from app.ui.runner import ImmediateRunner
from tests.fakes.key_stores import MemoryKeyStore
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.operations.profile import Profile
    from app.ui.main_window import MainWindow

NEW = "harbour lantern seven quilt meadow"


def type_twice(form, words: str, qtbot: QtBot) -> None:
    for field in (form.first, form.again):
        field.clear()
        qtbot.keyClicks(field, words)


@pytest.mark.usefixtures("no_work")
def test_the_passphrase_is_changed_and_no_field_keeps_it(
    window: MainWindow, profile: Profile, qtbot: QtBot
) -> None:
    dialog = ChangePassphrase(window, ImmediateRunner(), profile)
    dialog.open()
    qtbot.keyClicks(dialog.form.first, NEW)
    qtbot.keyClick(dialog.form.first, Qt.Key.Key_Return)
    assert not dialog.is_over  # Enter in the first field goes on to the second
    assert dialog.said.text() == ""
    qtbot.keyClicks(dialog.form.again, NEW)
    qtbot.keyClick(dialog.form.again, Qt.Key.Key_Return)
    assert dialog.is_over
    assert dialog.isVisible()
    assert "was changed" in dialog.said.text()
    assert "siteweek passwd" not in dialog.said.text()
    assert dialog.form.words == ""
    with pytest.raises(WrongPassphraseError):
        quick.unlock(profile.folder)
    quick.unlock(profile.folder, NEW).close()
    dialog.reject()


@pytest.mark.usefixtures("no_work", "made")
def test_a_passphrase_made_of_an_area_is_refused_and_can_be_typed_again(
    window: MainWindow, profile: Profile, qtbot: QtBot
) -> None:
    dialog = ChangePassphrase(window, ImmediateRunner(), profile)
    dialog.open()
    type_twice(dialog.form, "wexcombe wexcombe", qtbot)
    dialog.go.click()
    assert dialog.said.property("role") == "problem"
    assert dialog.go.isEnabled()
    quick.unlock(profile.folder).close()
    dialog.reject()


def test_a_new_sheet_opens_nothing_before_it_was_typed_back_and_put_away(
    window: MainWindow, profile: Profile, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = NewSheet(window, ImmediateRunner(), SystemClock(), profile)
    dialog.open()
    key = dialog.form._drawn.text
    assert not dialog.go.isEnabled()
    dialog.form.write_to(tmp_path / "sheet.pdf")
    qtbot.keyClicks(dialog.form.key, key)
    assert not dialog.go.isEnabled()
    dialog.form.away.click()
    assert not has_recovery(profile)
    dialog.go.click()
    assert dialog.is_over
    assert has_recovery(profile)
    unlock_with_recovery(profile.folder, key, SystemClock()).close()
    dialog.reject()


@pytest.mark.usefixtures("no_work")
def test_new_keys_go_through_with_the_sheet_and_leave_everything_readable(
    window: MainWindow, profile: Profile, made: str, qtbot: QtBot, tmp_path: Path
) -> None:
    remember(profile, Owner("Ruth Okafor-Bell"))
    dialog = NewKeys(window, ImmediateRunner(), SystemClock(), profile)
    dialog.open()
    type_twice(dialog.form, NEW, qtbot)
    dialog.go.click()
    assert dialog.sheet.isVisible()
    quick.unlock(profile.folder).close()  # nothing has taken effect
    key = dialog.sheet._drawn.text
    dialog.sheet.write_to(tmp_path / "sheet.pdf")
    qtbot.keyClicks(dialog.sheet.key, key)
    dialog.sheet.away.click()
    dialog.go.click()
    assert dialog.is_over, dialog.said.text()
    again = quick.unlock(profile.folder, NEW)
    assert [one.area for one in again.inspections()] == ["Wexcombe"]
    assert owner_of(again) == Owner("Ruth Okafor-Bell")
    again.open_inspection(made).close()
    again.close()
    unlock_with_recovery(profile.folder, key, SystemClock()).close()
    dialog.reject()


@pytest.mark.usefixtures("no_work", "made")
def test_new_keys_without_a_sheet_say_that_there_is_none(
    window: MainWindow, profile: Profile, qtbot: QtBot
) -> None:
    dialog = NewKeys(window, ImmediateRunner(), SystemClock(), profile)
    dialog.open()
    dialog.drop.click()
    assert dialog.go.text() == "Give everything new keys"
    type_twice(dialog.form, NEW, qtbot)
    dialog.go.click()
    assert "no recovery key now" in dialog.said.text()
    quick.unlock(profile.folder, NEW).close()
    dialog.reject()


def test_f04_the_key_store_is_needed_only_after_somebody_said_so(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch
) -> None:
    kept, _key = quick.with_recovery(tmp_path / "kept")
    store = MemoryKeyStore()
    for name in ("protect_with_system", "unprotect"):
        operation = getattr(key_changes, name)
        monkeypatch.setattr(
            protect,
            name,
            lambda of, words, it=operation: it(of, words, quick.QUICK, key_store=store),
        )
    dialog = Protect(window, ImmediateRunner(), kept)
    dialog.open()
    assert "has to be one" in dialog.what.text()
    qtbot.keyClicks(dialog.field, "not the passphrase")
    dialog.go.click()
    assert dialog.said.property("role") == "problem"
    assert not key_changes.is_protected(kept)
    dialog.field.clear()
    qtbot.keyClicks(dialog.field, quick.PASSPHRASE)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert key_changes.is_protected(kept)
    dialog.reject()
    back = Protect(window, ImmediateRunner(), kept)
    back.open()
    assert back.go.text() == "Need the passphrase alone"
    qtbot.keyClicks(back.field, quick.PASSPHRASE)
    back.go.click()
    assert not key_changes.is_protected(kept)
    back.reject()
    kept.close()
