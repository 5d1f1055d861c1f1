from __future__ import annotations

from collections import Counter

from app.ui.commands import COMMANDS


def test_no_two_commands_of_a_place_share_a_key() -> None:
    places = {one.place for one in COMMANDS} - {"window"}
    for place in places:
        keys = [one.key for one in COMMANDS if one.key and one.place in {place, "window"}]
        assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_command_has_words_and_one_name() -> None:
    assert all(one.words and one.menu for one in COMMANDS)
    assert len({one.id for one in COMMANDS}) == len(COMMANDS)
