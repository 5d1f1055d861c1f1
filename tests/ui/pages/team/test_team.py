from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations.notes import add_note, add_paragraph, edit_paragraph, list_notes, read_note
from app.operations.sync import joining
from app.operations.sync.people import team
from app.sync.targets.memory import Memory
from app.ui.pages.team.dialogs import WhoDialog, WordsDialog
from app.ui.pages.team.versions import VersionsDialog
from app.ui.widgets.one_line import OneLine
from tests.operations.sync.laptops import meet_all
from tests.ui.pages.team.conftest import dialog_of, pick

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.pages.team.page import TeamPage
    from tests.operations.sync.laptops import Laptop

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def titles(page: TeamPage) -> list[str]:
    return [one.title for one in page.view.people.shown.rows if not one.is_heading]


def press(qtbot: QtBot, page: TeamPage, key: Qt.Key, modifiers=CONTROL) -> None:
    page.view.people.setFocus()
    qtbot.waitUntil(page.view.people.hasFocus)
    qtbot.keyClick(page.view.people, key, modifiers)


def test_a_team_is_begun_by_a_key_and_a_name(
    alone: Laptop, shown, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(alone)
    assert titles(page) == []
    assert not page.view.admit.isEnabled()
    press(qtbot, page, Qt.Key.Key_I)
    who = dialog_of(page, WhoDialog)
    assert not who.go.isEnabled()
    qtbot.keyClicks(who.name, "Ann Bell")
    qtbot.keyClicks(who.inspectorate, "Ofsted")
    who.go.click()
    pick(page, tmp_path / "invitation")
    assert joining.read_candidate  # the lead may admit from now on
    assert (tmp_path / "invitation").stat().st_size
    assert titles(page) == ["Ann Bell (Ofsted)"]
    assert page.view.admit.isEnabled()
    assert len(page.view.words.text().split()) == 6


def test_a_laptop_is_admitted_only_once_somebody_says_how_the_words_were_compared(
    laptops, shown, qtbot: QtBot, tmp_path: Path
) -> None:
    lead, other = laptops("Ann"), laptops("Jo")
    lead.begin()
    invitation = joining.invite(lead.inspection, lead.person)
    asked = joining.request(other.profile, invitation, other.person)
    (tmp_path / "request").write_bytes(asked.content)
    page = shown(lead)
    press(qtbot, page, Qt.Key.Key_A, CONTROL | SHIFT)
    pick(page, tmp_path / "request")
    words = dialog_of(page, WordsDialog)
    assert words.words.text().split() == list(asked.words)
    assert not words.same.isEnabled()
    qtbot.keyClicks(words.how, "  ")
    assert not words.same.isEnabled()
    qtbot.keyClicks(words.how, "in person")
    words.same.click()
    pick(page, tmp_path / "admission")
    other.id = asked.inspection
    other.open()
    joining.join(other.inspection, (tmp_path / "admission").read_bytes())
    assert titles(page) == ["Ann (Ofsted)", "Jo (Ofsted)"]
    assert {one.checked for one in team(lead.inspection).laptops} >= {"in person"}


def test_a_file_that_is_no_request_is_refused_in_words(
    pair, shown, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "other").write_bytes(b"no request at all")
    page = shown(pair[0])
    press(qtbot, page, Qt.Key.Key_A, CONTROL | SHIFT)
    with qtbot.waitSignal(page.failed) as said:
        pick(page, tmp_path / "other")
    assert said.args[0].endswith(".")
    assert page.findChildren(WordsDialog) == []


def test_a_note_written_on_one_laptop_is_on_the_other_through_a_folder(
    pair, shown, qtbot: QtBot, tmp_path: Path
) -> None:
    lead, other = pair
    (tmp_path / "stick").mkdir()
    pages = [shown(one) for one in pair]
    for page in pages:
        page.view.folder.click()
        pick(page, tmp_path / "stick")
        qtbot.waitUntil(lambda page=page: len(page.view.places.shown.rows) == 1)
    made = lead.inspection.do(add_note, "jotting", {"title": "Seen at the front door"})
    pages[0].session.bus.changed.emit(made)

    def arrived() -> bool:
        pages[1].view.exchange.click()
        return [one.title for one in other.inspection.ask(list_notes)] == ["Seen at the front door"]

    qtbot.waitUntil(arrived, timeout=20_000)
    qtbot.waitUntil(lambda: "last exchanged" in pages[1].view.places.shown.rows[0].meta)


def test_a_place_is_forgotten(pair, shown, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    page = shown(pair[0])
    page.view.folder.click()
    pick(page, tmp_path / "stick")
    qtbot.waitUntil(lambda: len(page.view.places.shown.rows) == 1)
    page.view.places.make_current(page.view.places.shown.rows[0].key)
    page.view.forget.click()
    qtbot.waitUntil(lambda: page.view.places.shown.rows == ())


def test_a_place_out_of_reach_says_why_and_when_it_is_tried_again(
    pair, shown, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(pair[0])
    page.view.folder.click()
    pick(page, tmp_path / "not there")
    qtbot.waitUntil(
        lambda: any("next try" in one.meta for one in page.view.places.shown.rows), timeout=10_000
    )
    assert "kept" in page.view.places.shown.rows[0].meta


def test_a_laptop_is_removed_with_a_reason_that_everybody_sees(pair, shown, qtbot: QtBot) -> None:
    lead, other = pair
    page = shown(lead)
    page.view.people.make_current(page.view.people.shown.rows[0].key)
    assert not page.view.remove.isEnabled()  # its own
    jo = next(one for one in page.view.people.shown.rows if one.title.startswith("Jo"))
    page.view.people.make_current(jo.key)
    page.view.remove.click()
    dialog = dialog_of(page, OneLine)
    qtbot.keyClicks(dialog.field, "left on the train")
    dialog.save.click()
    rows = page.view.people.shown.rows
    assert [one.title for one in rows if one.is_heading] == ["No longer on the team"]
    assert rows[-1].title.startswith("Jo")
    assert [one.is_removed for one in team(lead.inspection).laptops] == [False, True]
    assert other.id


def test_two_versions_are_listed_only_while_there_are_any_and_choosing_keeps_the_other(
    pair, shown, qtbot: QtBot
) -> None:
    lead, other = pair
    memory = Memory()
    note = lead.inspection.do(add_note, "jotting").made
    one = lead.inspection.do(add_paragraph, note, "A week after it.").made
    meet_all(memory, lead, other)
    lead.inspection.do(edit_paragraph, one, "A fortnight after it.")
    other.inspection.do(edit_paragraph, one, "A month after it.")
    meet_all(memory, lead, other)
    page = shown(lead)
    assert page.view.forked.isVisible()
    row = page.view.versions.shown.rows[0]
    page.view.versions.make_current(row.key)
    page.view.compare.click()
    dialog = dialog_of(page, VersionsDialog)
    month = next(one for one in dialog.keep if "Jo" in one.text())
    month.click()
    qtbot.waitUntil(lambda: not page.view.forked.isVisible())
    assert [o.text for o in lead.inspection.ask(read_note, note).paragraphs] == [
        "A month after it."
    ]
    history = lead.inspection.ask(
        lambda view: [o.fields.get("text") for o in view.records.history(one)]
    )
    assert "A fortnight after it." in history


def test_a_room_closes_with_its_page(pair, shown, qtbot: QtBot) -> None:
    page = shown(pair[0])
    page.view.room.click()
    qtbot.waitUntil(lambda: page.view.room.text().startswith("Close the room: "), timeout=20_000)
    assert len(page.view.room.text().split(": ")[1].split()) == 4
    host, _, port = page._room.address.removeprefix("http://").rpartition(":")
    socket.create_connection((host, int(port)), 5).close()
    page.close_page()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), 5)


def test_the_page_opens_and_closes_twice(pair, shown) -> None:
    for _ in range(2):
        page = shown(pair[0])
        page.close_page()
        page.close_page()
        assert page.is_closed
