"""What opens a profile, made and changed from a command line: by pipe, by file, never shown."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.crypto import keyring
from app.crypto.files import write_key_file
from app.crypto.passphrase import RELEASE_POLICY
from app.operations.passphrases import word_list
from app.operations.throttle import FREE_FAILURES
from tests.cli.conftest import PASSPHRASE, Typed, plain, refused
from tests.interchange.samples import as_bytes, least, whole
from tests.operations.test_throttle import written
from tests.reports.conftest import pdf_text
from tests.reports.test_recovery_sheet import printed_key

if TYPE_CHECKING:
    from click.testing import Result

NEW = "onscreen tactful defraud overlord fossil"


@pytest.fixture
def own(tmp_path: Path) -> Typed:
    """A profile of the test's own with a small inspection, at the least work a release accepts."""
    folder, secret = tmp_path / "profile", tmp_path / "passphrase.txt"
    (folder / "inspections").mkdir(parents=True)
    write_key_file(folder / "keyring", keyring.create(PASSPHRASE, RELEASE_POLICY.floor)[0])
    secret.write_text(PASSPHRASE + "\n")
    typed = Typed(folder, secret)
    file = tmp_path / "small.json"
    file.write_bytes(as_bytes(whole([{**least("inspection"), "area": "Eastham"}])))
    typed.inspection = typed.run("import", file).stdout.strip()
    return typed


def opened(own: Typed, passphrase: str) -> Result:
    options = ("--profile", own.folder, "--passphrase-file", "-")
    return plain(*options, "list", typed=passphrase + "\n")


def opens(own: Typed, passphrase: str) -> bool:
    result = opened(own, passphrase)
    assert result.exit_code in {0, 1}
    assert (own.inspection in result.stdout) == (result.exit_code == 0)
    return result.exit_code == 0


def type_back(own: Typed, sheet: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command that writes a sheet, read the key from it as from paper, and type it back."""
    command = [sys.executable, "-m", "app", "--profile", own.folder]
    command += ["--passphrase-file", own.secret, *arguments, "--typed-back-file", "-"]
    with subprocess.Popen(
        [str(one) for one in command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        key = key_on(sheet, sheet.parent) if sheet.exists() else ""
        out, err = running.communicate(key + "\n")
    return subprocess.CompletedProcess(command, running.returncode, first + out, err)


def key_on(sheet: Path, scratch: Path) -> str:
    return printed_key(pdf_text(sheet.read_bytes(), scratch, "-layout"))


def test_drawn_words_are_written_where_asked_and_open_the_profile(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    new = Typed(tmp_path / "new", words)
    result = plain("--profile", new.folder, "init", "--words-file", words)
    assert result.exit_code == 0
    drawn = words.read_text().removesuffix("\n")
    assert len(drawn.split(" ")) == 5
    assert set(drawn.split(" ")) <= set(word_list())
    assert drawn not in result.output
    if os.name != "nt":
        assert stat.S_IMODE(words.stat().st_mode) == 0o600
    assert new.run("list").exit_code == 0


def test_drawn_words_are_shown_to_a_terminal_alone(tmp_path: Path) -> None:
    result = plain("--profile", tmp_path / "new", "init", "--generate")
    assert "--words-file" in refused(result, 2)
    assert not (tmp_path / "new").exists()


def test_no_words_are_drawn_for_a_profile_that_is_there(own: Typed, tmp_path: Path) -> None:
    result = plain("--profile", own.folder, "init", "--words-file", tmp_path / "words.txt")
    assert "already" in refused(result, 1)
    assert not (tmp_path / "words.txt").exists()


def test_no_file_is_written_over_by_words_or_a_sheet(own: Typed, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    for arguments in (
        ["passwd", "--words-file", taken],
        ["recovery", taken],
        ["passwd", "--rotate", "--sheet", taken],
    ):
        assert "is there already" in refused(own.run(*arguments), 2)
    assert taken.read_text() == "mine"


def test_the_passphrase_is_changed_from_a_file_or_the_next_line_of_a_pipe(
    own: Typed, tmp_path: Path
) -> None:
    (tmp_path / "new").write_text(NEW + "\nnot this line")
    result = own.run("passwd", "--new-passphrase-file", tmp_path / "new")
    assert result.exit_code == 0
    assert "older passphrase" in result.stdout
    assert NEW not in result.output
    assert opens(own, NEW)
    assert not opens(own, PASSPHRASE)
    both = f"{NEW}\n{PASSPHRASE}\n"
    options = ("--profile", own.folder, "--passphrase-file", "-")
    result = plain(*options, "passwd", "--new-passphrase-file", "-", typed=both)
    assert result.exit_code == 0
    assert opens(own, PASSPHRASE)


@pytest.mark.parametrize("weak", ["", "short", "passwordpassword", "eastham eastham eastham"])
def test_a_weak_new_passphrase_is_bad_input_and_changes_nothing(
    own: Typed, tmp_path: Path, weak: str
) -> None:
    (tmp_path / "new").write_text(weak + "\n")
    before = (own.folder / "keyring").read_bytes()
    sentence = refused(own.run("passwd", "--new-passphrase-file", tmp_path / "new"), 2)
    assert sentence.endswith("Nothing was changed.")
    assert (own.folder / "keyring").read_bytes() == before


def test_without_a_terminal_each_secret_has_to_be_given(own: Typed, tmp_path: Path) -> None:
    assert "--new-passphrase-file" in refused(own.run("passwd"), 2)
    result = own.run("recovery", tmp_path / "sheet.pdf")
    assert result.exit_code == 2
    assert "--typed-back-file" in result.stderr
    assert not (tmp_path / "sheet.pdf").exists()


def test_a_sheet_opens_the_profile_once_its_key_was_typed_back(own: Typed, tmp_path: Path) -> None:
    sheet, typed = tmp_path / "sheet.pdf", tmp_path / "typed"
    done = type_back(own, sheet, "recovery", sheet)
    assert (done.returncode, done.stderr) == (0, "")
    key = key_on(sheet, tmp_path)
    assert key not in done.stdout
    typed.write_text(key.lower() + "\n")
    by_key = ("--profile", own.folder, "--recovery-key-file", typed)
    assert own.inspection in plain(*by_key, "list").stdout
    (tmp_path / "new").write_text(NEW)
    assert plain(*by_key, "passwd", "--new-passphrase-file", tmp_path / "new").exit_code == 0
    assert opens(own, NEW)
    assert plain(*by_key, "list").exit_code == 0
    typed.write_text(key[:-1] + "\n")
    refused(plain(*by_key, "list"), 2)


def test_a_key_that_was_typed_back_wrongly_leaves_no_sheet_and_opens_nothing(
    own: Typed, tmp_path: Path
) -> None:
    sheet, typed = tmp_path / "sheet.pdf", tmp_path / "typed"
    typed.write_text("000G-40R4-0M30-E209-185G-R38E-1WEC\n")
    before = (own.folder / "keyring").read_bytes()
    result = own.run("recovery", sheet, "--typed-back-file", typed)
    assert result.exit_code == 2
    assert not sheet.exists()
    assert (own.folder / "keyring").read_bytes() == before


def test_rotating_gives_new_keys_and_a_new_sheet(own: Typed, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    assert type_back(own, first, "recovery", first).returncode == 0
    (tmp_path / "new").write_text(NEW)
    rotation = ("passwd", "--rotate", "--new-passphrase-file", tmp_path / "new")
    assert "--drop-recovery" in refused(own.run(*rotation), 2)
    both = refused(own.run(*rotation, "--drop-recovery", "--sheet", second), 2)
    assert "contradict" in both
    assert opens(own, PASSPHRASE)
    done = type_back(own, second, *rotation, "--sheet", second)
    assert done.returncode == 0, done.stderr
    assert "new keys" in done.stdout
    assert opens(own, NEW)
    assert not opens(own, PASSPHRASE)
    for sheet, status in ((first, 1), (second, 0)):
        (tmp_path / "typed").write_text(key_on(sheet, tmp_path))
        by_key = ("--profile", own.folder, "--recovery-key-file", tmp_path / "typed")
        assert plain(*by_key, "list").exit_code == status
    own.secret.write_text(NEW)
    assert len(own.run("backups", own.inspection).stdout.splitlines()) == 1


def test_options_of_a_rotation_alone_are_bad_input(own: Typed, tmp_path: Path) -> None:
    for option in (["--drop-recovery"], ["--sheet", tmp_path / "x.pdf"]):
        assert "--rotate" in refused(own.run("passwd", *option), 2)


def test_protecting_wants_a_decision_a_recovery_key_and_a_key_store(own: Typed) -> None:
    assert "--on or --off" in refused(own.run("protect"), 2)
    assert "recovery key first" in refused(own.run("protect", "--on"), 2)
    assert "already" in own.run("protect", "--off").stdout


def test_a09_a_command_that_has_to_wait_says_for_how_long(own: Typed) -> None:
    assert not opens(own, "wrong")
    (own.folder / "attempts").write_bytes(written(FREE_FAILURES + 15, time.monotonic()))
    sentence = refused(opened(own, PASSPHRASE), 1)
    assert re.search(r"wrong 20 times.* wait (300|2\d\d) seconds\.", sentence)
