from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.sync.relay.server import Server
from app.sync.relay.settings import Settings
from tests.cli.conftest import refused
from tests.cli.two import Two

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path)


def test_two_laptops_join_and_exchange_by_what_is_typed(two: Two, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    two.join()
    told = two.asha("sync", two.id, "--folder", stick)
    assert "items handed over" in told
    assert "changes taken in" in two.ben("sync", two.id, "--folder", stick)
    team = json.loads(two.ben("people", two.id, "--json"))
    assert [one["person"] for one in team["laptops"]] == ["Asha Patel", "Ben Okafor"]
    assert len(team["words"]) == 6
    assert team["words"] == json.loads(two.asha("people", two.id, "--json"))["words"]
    assert "Nothing waits" in two.ben("aside", two.id)
    assert "Nothing has two versions" in two.ben("forks", two.id)
    assert str(stick) in two.ben("places", two.id)
    stick.rename(tmp_path / "pulled")
    away = two.run(two.second, "sync", two.id)
    assert away.exit_code == 1
    assert "plug it in" in away.stderr


def test_words_that_differ_add_nobody(two: Two) -> None:
    two.ask()
    said = two.run(
        two.first, "admit", two.id, two.request, "--heard", "a b", "--out", two.admission
    )
    assert "Nobody" in said.stderr or "nobody was added" in said.stderr
    assert said.exit_code == 2
    assert not two.admission.exists()
    assert len(json.loads(two.asha("people", two.id, "--json"))["laptops"]) == 1


def test_a_relay_is_opened_with_its_code_and_lets_the_team_in(two: Two, tmp_path: Path) -> None:
    two.join()
    with Server(Settings(database=f"sqlite:///{tmp_path / 'relay.db'}")) as address:
        code = two.mailbox(tmp_path / "relay.db")
        said = two.run(two.second, "sync", two.id, "--relay", address)
        assert said.exit_code == 1
        assert "does not know this laptop" in said.stderr
        two.asha("sync", two.id, "--relay", address, "--code-file", code)
        assert "changes taken in" in two.ben("sync", two.id)
    gone = two.run(two.second, "sync", two.id)
    assert gone.exit_code == 1
    assert "did not answer" in gone.stderr


def test_what_has_no_team_says_what_to_do(two: Two, tmp_path: Path) -> None:
    sentence = refused(two.run(two.first, "sync", two.id, "--folder", tmp_path), 2)
    assert "Invite somebody" in sentence
    assert "no team yet" in two.asha("people", two.id)
    assert "Make a request" in refused(two.run(two.first, "join", two.id, two.secret), 2)
