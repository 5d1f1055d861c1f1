"""What can only be seen of a real process: its streams, its arguments, its ending."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from app.start import siteweek
from tests.cli.conftest import PASSPHRASE, Typed
from tests.interchange.samples import as_bytes, least, whole

if TYPE_CHECKING:
    from pathlib import Path


def command(demo: Typed, *arguments: object) -> list[str]:
    head = [sys.executable, "-m", "app", "--profile", demo.folder, "--passphrase-file", "-"]
    return [str(one) for one in (*head, *arguments)]


def test_a_bad_file_is_one_line_on_standard_error_and_status_2(demo: Typed, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(b"{")
    done = subprocess.run(
        command(demo, "import", file), input=PASSPHRASE.encode(), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert said.startswith("siteweek: Line 1 of the file")
    assert said.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no closed pipes of this kind")
def test_a_pipe_that_closes_early_ends_the_command_quietly(demo: Typed) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command(demo, "search", demo.inspection, "health"),
            input=PASSPHRASE.encode(),
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_words_that_the_code_page_lacks_are_written_all_the_same(
    demo: Typed, tmp_path: Path
) -> None:
    file = tmp_path / "welsh.json"
    file.write_bytes(as_bytes(whole([{**least("inspection"), "area": "Tŷ Ŵyn 👧"}])))
    made = demo.run("import", file).stdout.strip()
    done = subprocess.run(
        command(demo, "show", made),
        input=PASSPHRASE.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Tŷ Ŵyn 👧" in done.stdout.decode()


def test_no_argument_or_variable_can_carry_a_secret(demo: Typed) -> None:
    for one in (siteweek, *siteweek.commands.values()):
        assert not one.context_settings
        for option in one.params:
            assert option.envvar is None
            if isinstance(option, click.Option) and re.search(
                "passphrase|key|typed|words", option.name
            ):
                assert option.opts[0].endswith("-file")
    before = dict(os.environ), list(sys.argv)
    assert demo.run("list").exit_code == 0
    assert (dict(os.environ), list(sys.argv)) == before
