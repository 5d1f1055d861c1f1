from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from app import VERSION
from app.start import siteweek
from tests.cli.conftest import PASSPHRASE, Typed, plain, refused

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = sorted(siteweek.commands)


def test_the_whole_line_from_import_to_letter_is_there() -> None:
    line = {"init", "import", "list", "show", "search", "check", "trace", "brief", "letter", "demo"}
    assert line | {"export", "backup", "backups", "restore"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_every_option_too(name: str) -> None:
    command = siteweek.commands[name]
    result = plain(name, "--help")
    assert result.exit_code == 0
    assert command.help
    assert re.match(r"[A-Z][^\n]+\.", command.help)
    shown = " ".join(result.output.split())
    for one in command.params:
        if isinstance(one, click.Option):
            assert one.help
            assert one.opts[0] in shown


def test_help_lists_every_command_and_needs_no_profile() -> None:
    result = plain("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", result.output, re.MULTILINE)


def test_the_version_is_told() -> None:
    assert plain("--version").output == f"siteweek, version {VERSION}\n"


def test_without_a_command_the_window_opens_and_gives_the_status(tmp_path: Path) -> None:
    result = plain("--profile", tmp_path)
    assert (result.exit_code, result.output) == (7, f"a window on {tmp_path}\n")


def test_an_unknown_command_or_option_leaves_with_status_2(demo: Typed) -> None:
    assert demo.run("sing").exit_code == 2
    assert demo.run("list", "--loud").exit_code == 2
    assert demo.run("show").exit_code == 2


@pytest.mark.parametrize(
    "written",
    [
        PASSPHRASE.encode(),
        PASSPHRASE.encode() + b"\n",
        PASSPHRASE.encode() + b"\r\n",
        PASSPHRASE.encode() + b"\nsecond line",
        b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\n",
    ],
    ids=["bare", "LF", "CRLF", "more lines", "BOM"],
)
def test_the_passphrase_is_the_first_line_of_a_file_or_of_standard_input(
    demo: Typed, tmp_path: Path, written: bytes
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(written)
    from_file = plain("--profile", demo.folder, "--passphrase-file", secret, "list")
    typed = plain("--profile", demo.folder, "--passphrase-file", "-", "list", typed=written)
    assert from_file.exit_code == typed.exit_code == 0
    assert demo.inspection in from_file.stdout
    assert typed.stdout == from_file.stdout


@pytest.mark.parametrize("written", [b" " + PASSPHRASE.encode(), PASSPHRASE.encode() + b" \n"])
def test_spaces_are_part_of_a_passphrase(demo: Typed, written: bytes) -> None:
    result = plain("--profile", demo.folder, "--passphrase-file", "-", "list", typed=written)
    refused(result, 1)


@pytest.mark.parametrize("written", [b"", b"\n", b"\xff\xfe\n", b"x" * 5_000])
def test_what_can_be_no_passphrase_is_bad_input(demo: Typed, written: bytes) -> None:
    result = plain("--profile", demo.folder, "--passphrase-file", "-", "list", typed=written)
    refused(result, 2)


def test_without_a_terminal_a_passphrase_has_to_be_given(demo: Typed) -> None:
    sentence = refused(plain("--profile", demo.folder, "list", typed=PASSPHRASE), 2)
    assert "--passphrase-file" in sentence


def test_a_passphrase_file_that_is_not_there_is_bad_input(demo: Typed, tmp_path: Path) -> None:
    for source in (tmp_path / "gone", tmp_path):
        result = plain("--profile", demo.folder, "--passphrase-file", source, "list")
        assert "passphrase file could not be read" in refused(result, 2)


def test_a_wrong_passphrase_leaves_with_status_1_and_changes_nothing(demo: Typed) -> None:
    before = demo.listing()
    wrong = "not the passphrase at all"
    result = plain("--profile", demo.folder, "--passphrase-file", "-", "list", typed=wrong)
    assert "does not open this profile" in refused(result, 1)
    assert wrong not in result.output
    assert demo.listing() == before


@pytest.mark.parametrize("command", [["list"], ["show", "0" * 32], ["search", "0" * 32, "x"]])
def test_where_there_is_no_profile_it_says_how_to_make_one(
    demo: Typed, tmp_path: Path, command: list[str]
) -> None:
    folder = tmp_path / "none"
    result = plain("--profile", folder, "--passphrase-file", demo.secret, *command)
    assert "siteweek init" in refused(result, 1)
    assert not folder.exists()
