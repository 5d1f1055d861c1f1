from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from app.paths import default_profile
from app.ui.locking.restart import LOOK, Look, command_for, look_in, take_look
from app.ui.tokens import Scheme

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = "/usr/bin/python3"


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_window_s_look_comes_back_from_its_numbers(scheme: Scheme) -> None:
    for look in (Look(scheme=scheme), Look(-40, 3, 900, 700, True, scheme, 150)):
        assert look_in(look.text()) == look


def test_k11_a_look_is_told_in_numbers_alone() -> None:
    text = Look(1, 2, 3, 4, True, Scheme.HIGH_CONTRAST, 200).text()
    assert all(one.lstrip("-").isdecimal() for one in text.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "1 2 3",
        "1 2 3 4 0 0 100 9",
        "1 2 0 4 0 0 100",
        "1 2 3 4 0 9 100",
        "9" * 99,
        "1 2 3 4 0 -1 100",
        "1 2 3 4 0 0 0",
        "1 2 3 999999 0 0 100",
    ],
)
def test_anything_else_is_the_usual_look(text: str) -> None:
    assert look_in(text) == Look()


def test_k11_the_look_is_taken_once_so_that_nobody_started_later_is_told(monkeypatch) -> None:
    monkeypatch.setenv(LOOK, Look(width=900).text())
    assert take_look().width == 900
    assert LOOK not in os.environ
    assert take_look() == Look()


BEGUN = {
    "as a module": ([PYTHON, "-m", "app"], ["-m", "app"]),
    "as a command": ([PYTHON, "/usr/bin/siteweek"], ["/usr/bin/siteweek"]),
    "with options of the interpreter": ([PYTHON, "-P", "-m", "app"], ["-P", "-m", "app"]),
}


@pytest.mark.parametrize("how", BEGUN)
def test_the_fresh_program_is_the_same_and_only_the_profile_is_named(
    how: str, tmp_path: Path
) -> None:
    began, kept = BEGUN[how]
    given = ["--passphrase-file", "-", "--profile", "x", "demo", "--out", "y"]
    assert command_for(tmp_path, [*began, *given], len(given)) == [
        sys.executable,
        *kept,
        "--profile",
        str(tmp_path.resolve()),
    ]


def test_this_user_s_own_profile_is_not_named() -> None:
    assert command_for(default_profile(), [PYTHON, "-m", "app"], 0) == [
        sys.executable,
        "-m",
        "app",
    ]


def test_a_packaged_app_is_begun_by_its_own_name(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = command_for(tmp_path, ["/opt/siteweek/siteweek", "demo"], 1)
    assert command == [sys.executable, "--profile", str(tmp_path.resolve())]
