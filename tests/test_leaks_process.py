"""What the real app does with files, networks and names while somebody works in it."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from app.operations.demo import demo_document
from app.operations.documents import ALL_FORMATS, write_letter
from app.paths import resources
from tests import marking
from tests.cli.conftest import plain
from tests.inside.running import PASSPHRASE, Running, make_profile
from tests.operations import quick

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKER: Final = "Okapi crossing watched at noon"
NETWORKS: Final = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")
IDLE: Final = 2.0  # seconds

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists, not modes")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for its sockets")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    make_profile(tmp_path / "profile").close()
    app = Running(tmp_path / "profile", tmp_path)
    yield app
    app.close()


def network_sockets(pid: int) -> set[str]:
    """The sockets of a process that lead to any network, by what Linux says of them."""
    own = set()
    for one in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(one.readlink())
        except FileNotFoundError:
            continue  # closed meanwhile
        if target.startswith("socket:["):
            own.add(target[8:-1])
    every = {
        line.split()[9]
        for name in NETWORKS
        for line in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]
    }
    return own & every


@linux_only
def test_k12_start_unlock_and_idling_reach_for_no_network(running: Running) -> None:
    running.wait("shown()", lambda it: it == "UnlockView")
    running.say("let_be_read()")
    seen = network_sockets(running.process.pid)
    running.say(f"unlock({PASSPHRASE!r})")
    running.wait("shown()", lambda it: it == "InspectionsPage")
    until = time.monotonic() + IDLE
    while time.monotonic() < until:
        seen |= network_sockets(running.process.pid)
        running.say("shown()")
    assert seen == set()
    # Of this test's own line nothing is seen: it listens, and connects to nobody.
    assert running.say("CONNECTED") == []
    assert running.say("'PySide6.QtNetwork' in __import__('sys').modules") is False


@linux_only
def test_k12_the_search_would_see_a_socket(running: Running) -> None:
    running.wait("shown()", lambda it: it == "UnlockView")
    running.say("let_be_read()")
    running.say(
        "globals().setdefault('held', __import__('socket').socket(2, 2)).connect(('127.0.0.1', 9))"
    )
    running.say(
        "setattr(window(), 'held', __import__('socket').socket(2, 2)) or "
        "window().held.connect(('127.0.0.1', 9))"
    )
    assert network_sockets(running.process.pid) != set()
    assert "127.0.0.1" in str(running.say("CONNECTED"))


def test_k07_no_title_anywhere_bears_a_word_of_the_inspection(running: Running) -> None:
    running.wait("shown()", lambda it: it == "UnlockView")
    running.say(f"unlock({PASSPHRASE!r})")
    running.wait("shown()", lambda it: it == "InspectionsPage")
    running.wait("window().centralWidget().list.current_key")
    assert running.say("titles()") == ["Siteweek"]
    running.say("open_first()")
    running.wait("shown()", lambda it: it == "Frame")
    running.say("open_note()")
    running.wait("note()")
    assert running.say("titles()") == ["Siteweek"]
    running.tell("press(Qt.Key.Key_L)")
    running.wait("shown()", lambda it: it == "UnlockView")
    assert running.say("titles()") == ["Siteweek"]


@posix_only
def test_k13_every_file_of_a_profile_is_its_owner_s_alone(running: Running, tmp_path: Path) -> None:
    home = tmp_path / "profile"
    running.wait("shown()", lambda it: it == "UnlockView")
    running.say(f"unlock({PASSPHRASE!r})")
    running.wait("shown()", lambda it: it == "InspectionsPage")
    running.wait("window().centralWidget().list.current_key")
    running.say("open_first()")
    running.wait("shown()", lambda it: it == "Frame")
    running.say("open_note()")
    running.wait("note()")
    running.say(f"type_words({MARKER!r})")
    while_open = modes(home)
    running.tell("press(Qt.Key.Key_L)")
    running.wait("shown()", lambda it: it == "UnlockView")
    for found in (while_open, modes(home)):
        assert len(found) > 5
        assert {name: mode for name, mode in found.items() if mode & 0o077} == {}
    assert marking.found(home, MARKER, PASSPHRASE) == []


@posix_only
def test_k13_what_is_written_out_is_its_owner_s_alone(tmp_path: Path) -> None:
    made = quick.create(tmp_path / "profile")
    inspection = made.open_inspection(made.take_in(demo_document()))
    written = write_letter(inspection, tmp_path / "out", ALL_FORMATS)
    inspection.close()
    made.close()
    assert written
    assert {name: mode for name, mode in modes(tmp_path / "out").items() if mode & 0o077} == {}


def modes(folder: Path) -> dict[str, int]:
    every = [folder, *folder.rglob("*")]
    return {str(one): stat.S_IMODE(one.stat().st_mode) for one in every if one.exists()}


@posix_only
def test_k07_nothing_is_written_outside_the_profile(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    make_profile(tmp_path / "profile").close()
    app = Running(tmp_path / "profile", tmp_path, home=home)
    try:
        app.wait("shown()", lambda it: it == "UnlockView")
        app.say(f"unlock({PASSPHRASE!r})")
        app.wait("shown()", lambda it: it == "InspectionsPage")
        app.say("file_dialog()")
        app.tell("press(Qt.Key.Key_L)")
        app.wait("shown()", lambda it: it == "UnlockView")
        app.tell("window().close()")
        app.process.wait(30)
    finally:
        app.close()
    assert [str(one) for one in home.rglob("*") if one.is_file()] == []


def test_k10_diagnostics_hold_counts_versions_and_codes_alone(tmp_path: Path) -> None:
    made = quick.create(tmp_path / f"{MARKER} profile", PASSPHRASE)
    inspection = made.create_inspection({"area": MARKER, "theme": MARKER})
    key = made.master.raw
    odd = made.folder / "inspections" / inspection / f"{MARKER}.docx"
    odd.write_text(MARKER)
    made.close()
    shown = plain("--profile", made.folder, "diagnostics")
    assert shown.exit_code == 0
    for secret in (MARKER, PASSPHRASE, key, inspection, str(tmp_path), os.uname().nodename):
        assert not marking.holds(shown.output.encode(), secret), secret
    assert "1 files of other kinds" in shown.stdout
    assert "inspections  1" in shown.stdout


def test_k10_diagnostics_are_shown_before_they_are_saved_and_only_if_wanted(tmp_path: Path) -> None:
    file = tmp_path / "d.txt"
    refused = plain("--profile", tmp_path, "diagnostics", "--out", file, typed="n\n")
    assert refused.exit_code == 2
    assert "siteweek" in refused.stdout
    assert not file.exists()
    saved = plain("--profile", tmp_path, "diagnostics", "--out", file, typed="y\n")
    assert saved.exit_code == 0
    assert file.read_text() in saved.stdout
    assert plain("--profile", tmp_path, "diagnostics", "--out", file, "--yes").exit_code == 1
    assert resources().exists()
