from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.clock import SystemClock
from app.operations import key_changes, unlocking
from app.operations.key_changes import change_passphrase
from app.operations.owner import Owner, owner_of
from app.operations.recovery import has_recovery, printed_sheet
from app.operations.unlocking import create_profile, has_profile, unlock_with_recovery
from app.ui.runner import ImmediateRunner
from app.ui.widgets.printing import document_of
from app.ui.workflows.first_run.view import FirstRun
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WORDS = "harbour lantern seven quilt meadow"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def first(folder: Path, qtbot: QtBot, monkeypatch) -> FirstRun:
    """A first run on an empty folder; only the derivation is quick."""
    monkeypatch.setattr(
        unlocking,
        "create_profile",
        lambda at, words, clock, about: create_profile(at, words, clock, quick.QUICK, about),
    )
    monkeypatch.setattr(
        key_changes,
        "change_passphrase",
        lambda profile, words, about: change_passphrase(profile, words, about, quick.QUICK),
    )
    made = FirstRun(folder, ImmediateRunner(), SystemClock())
    qtbot.addWidget(made)
    made.show()
    made.offer_bodies()
    return made


def say_who(first: FirstRun, qtbot: QtBot) -> None:
    qtbot.keyClicks(first.who.name, "Ruth Okafor-Bell")
    first.who.body.setEditText("Ofsted")
    qtbot.keyClick(first.who.name, Qt.Key.Key_Return)


def choose(first: FirstRun, words: str, qtbot: QtBot) -> None:
    for field in (first.words.form.first, first.words.form.again):
        field.clear()
        qtbot.keyClicks(field, words)
    qtbot.mouseClick(first.next, Qt.MouseButton.LeftButton)


def test_three_screens_lead_to_a_profile_that_knows_its_owner_and_its_sheet(
    first: FirstRun, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    assert first.who.isVisible()
    assert first.who.body.findText("Care Quality Commission") >= 0
    say_who(first, qtbot)
    assert not has_profile(folder)
    choose(first, WORDS, qtbot)
    assert first.sheet.isVisible()
    key = first.sheet.form._drawn.text
    assert not first.next.isEnabled()
    assert not first.sheet.form.steps.isEnabled()
    first.sheet.form.write_to(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    qtbot.keyClicks(first.sheet.form.key, key)
    assert not first.next.isEnabled()  # it is typed back, and nobody said where the paper is
    first.sheet.form.away.click()
    qtbot.mouseClick(first.next, Qt.MouseButton.LeftButton)
    assert first.begin.isVisible()
    with qtbot.waitSignal(first.ended) as ended:
        qtbot.mouseClick(first.begin.ways["demo"], Qt.MouseButton.LeftButton)
    profile, way = ended.args
    assert way == "demo"
    assert owner_of(profile) == Owner("Ruth Okafor-Bell", "Ofsted")
    assert has_recovery(profile)
    profile.close()
    quick.unlock(folder, WORDS).close()
    unlock_with_recovery(folder, key, SystemClock()).close()


def test_a_key_that_was_mistyped_is_asked_for_again(
    first: FirstRun, qtbot: QtBot, tmp_path: Path
) -> None:
    say_who(first, qtbot)
    choose(first, WORDS, qtbot)
    form = first.sheet.form
    form.write_to(tmp_path / "sheet.pdf")
    form.away.click()
    wrong = form._drawn.text[:-1] + ("0" if form._drawn.text[-1] != "0" else "1")
    qtbot.keyClicks(form.key, wrong)
    qtbot.keyClick(form.key, Qt.Key.Key_Return)
    assert first.sheet.isVisible()
    assert first.said.property("role") == "problem"
    assert form.key.text() == wrong


def test_what_was_typed_survives_going_back(first: FirstRun, folder: Path, qtbot: QtBot) -> None:
    say_who(first, qtbot)
    qtbot.keyClicks(first.words.form.first, WORDS)
    qtbot.mouseClick(first.back, Qt.MouseButton.LeftButton)
    assert first.who.who == ("Ruth Okafor-Bell", "Ofsted")
    qtbot.mouseClick(first.next, Qt.MouseButton.LeftButton)
    assert first.words.form.words == WORDS
    qtbot.keyClicks(first.words.form.again, WORDS)
    qtbot.mouseClick(first.next, Qt.MouseButton.LeftButton)
    drawn = first.sheet.form._drawn
    qtbot.mouseClick(first.back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(first.next, Qt.MouseButton.LeftButton)
    assert first.sheet.form._drawn == drawn  # the sheet that may be on paper by now
    qtbot.mouseClick(first.back, Qt.MouseButton.LeftButton)
    choose(first, "copper violin ninety harbour owl", qtbot)
    assert first.sheet.isVisible()
    first.close_view()
    quick.unlock(folder, "copper violin ninety harbour owl").close()


def test_a_name_is_asked_for_and_a_weak_passphrase_refused_in_words(
    first: FirstRun, folder: Path, qtbot: QtBot
) -> None:
    qtbot.mouseClick(first.next, Qt.MouseButton.LeftButton)
    assert "name" in first.said.text()
    say_who(first, qtbot)
    choose(first, "short", qtbot)
    assert "15 characters" in first.said.text()
    choose(first, "Ruth Okafor-Bell Ruth Okafor-Bell", qtbot)
    assert first.said.property("role") == "problem"
    assert not has_profile(folder)


def test_strength_is_told_in_words_while_typing(first: FirstRun, qtbot: QtBot) -> None:
    say_who(first, qtbot)
    form = first.words.form
    qtbot.keyClicks(form.first, "password password")
    form.look()
    assert form.strength.text().startswith("Not yet.")
    form.first.setText(WORDS)
    form.look()
    assert form.strength.text().startswith("Strong")


def test_words_that_are_drawn_are_shown_and_have_to_be_typed(first: FirstRun, qtbot: QtBot) -> None:
    say_who(first, qtbot)
    form = first.words.form
    qtbot.mouseClick(form.draw, Qt.MouseButton.LeftButton)
    assert len(form.drawn.text().split()) == 5
    assert form.words == ""
    assert first.was_used


def test_a_first_run_that_is_left_keeps_no_secret_and_locks(first: FirstRun, qtbot: QtBot) -> None:
    say_who(first, qtbot)
    choose(first, WORDS, qtbot)
    profile = first._begun.profile
    for _ in range(2):
        first.close_view()
    assert first.words.form.words == ""
    assert first.sheet.form._drawn is None
    assert profile._master is None


def test_the_printed_sheet_says_what_the_pdf_says(first: FirstRun, qtbot: QtBot) -> None:
    say_who(first, qtbot)
    choose(first, WORDS, qtbot)
    drawn = first.sheet.form._drawn
    sheet = printed_sheet(drawn.text, drawn.vault_id, SystemClock())
    text = document_of(sheet).toPlainText()
    assert all(group in text for group in drawn.text.split("-"))
    assert all(one in text for _title, lines in sheet.sections for one in lines)
    assert drawn.vault_id.hex()[:4] in text
