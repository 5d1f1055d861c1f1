"""A fault in a command is told like one: its place, never what it was about."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from app.start import siteweek
from tests.cli.conftest import Typed, plain

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "Okapi crossing watched at noon"
COMMANDS = sorted(siteweek.commands)


def _fault(**_given: object) -> None:
    raise KeyError(MARKER)


@pytest.mark.parametrize("name", COMMANDS)
def test_k02_a_fault_in_a_command_is_one_line_and_status_1(
    name: str, demo: Typed, tmp_path: Path, monkeypatch
) -> None:
    command = siteweek.commands[name]
    monkeypatch.setattr(command, "callback", _fault)
    monkeypatch.setattr(command, "params", [])
    result = plain("--profile", demo.folder, name)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("siteweek: This is a fault in Siteweek: KeyError in ")
    assert "test_faults._fault, line " in result.stderr
    assert MARKER not in result.output
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_k02_no_switch_brings_a_traceback_back(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom app.start import main, siteweek\n"
        f"def fault(**_): raise KeyError({MARKER!r})\n"
        "siteweek.get_command(None, 'list').callback = fault\n"
        "sys.argv = ['siteweek', 'list']\nmain()"
    )
    for options in ((), ("-X", "dev"), ("-X", "faulthandler"), ("-v",)):
        done = subprocess.run(
            [sys.executable, *options, "-c", code],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        assert done.returncode == 1
        assert "This is a fault in Siteweek: KeyError" in done.stderr
        assert MARKER not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
