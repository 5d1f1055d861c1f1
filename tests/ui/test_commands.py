from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from app.ui.commands import COMMANDS
from app.ui.rooms import ROOMS


def test_no_two_commands_of_a_place_share_a_key() -> None:
    places = {one.place for one in COMMANDS} - {"window"}
    for place in places:
        keys = [one.key for one in COMMANDS if one.key and one.place in {place, "window"}]
        assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_command_has_words_and_one_name() -> None:
    assert all(one.words and one.menu for one in COMMANDS)
    assert len({one.id for one in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_the_table_names_every_key_that_works_on_a_page(room, session, qtbot) -> None:
    page = room.make(session)
    qtbot.addWidget(page)
    at_work = {one.shortcut().toString() for one in page.actions() if not one.shortcut().isEmpty()}
    in_table = {
        QKeySequence(one.key).toString() for one in COMMANDS if one.place == room.name and one.key
    }
    page.close_page()
    assert at_work == in_table


def test_the_keys_of_the_rooms_follow_the_rail() -> None:
    assert [one.words for one in COMMANDS if one.id.startswith("room_")] == [
        one.name for one in ROOMS
    ]
