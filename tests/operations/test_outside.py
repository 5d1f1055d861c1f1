"""H08: what is opened in another program lies in the open no longer than it is looked at."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from app.errors import InvalidInputError, OutputError, StoreError
from app.operations.attachments import open_outside
from app.operations.outside import PREFIX, Outside, sweep_outside
from tests.operations.asking import note_with
from tests.operations.attached import attached

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.operations.inspection import Inspection

posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights and signals elsewhere")


@pytest.fixture(autouse=True)
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "system"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def outside() -> Iterator[Outside]:
    made = Outside()
    yield made
    made.close()


@posix
def test_h08_it_lies_alone_in_a_folder_that_nobody_else_can_enter(
    outside: Outside, system: Path
) -> None:
    opened = outside.put("minutes.pdf", [b"wo", b"rds"])
    folder = opened.path.parent
    assert folder.parent == system
    assert folder.stat().st_mode & 0o777 == 0o700
    assert opened.path.read_bytes() == b"words"
    assert opened.path.stat().st_mode & 0o777 == 0o400  # not even its owner's programs write
    assert opened.path.suffix == ".pdf"
    assert {one.name for one in folder.iterdir()} == {opened.path.name, "in-use"}
    assert all(one.stat().st_mode & 0o077 == 0 for one in folder.iterdir())


def test_h08_no_two_have_the_same_place_or_name(outside: Outside) -> None:
    paths = {outside.put("a.pdf", [b"x"]).path for _ in range(20)}
    assert len({one.parent for one in paths}) == len({one.name for one in paths}) == 20


def test_h08_removing_it_leaves_nothing_and_can_be_repeated(outside: Outside, system: Path) -> None:
    opened = outside.put("a.pdf", [b"words"])
    (opened.path.parent / "~$a.pdf").write_bytes(b"what a program left beside it")
    (opened.path.parent / "cache").mkdir()
    (opened.path.parent / "cache" / "page").write_bytes(b"words")
    assert opened.remove()
    assert opened.remove()
    assert list(system.iterdir()) == []


@posix
def test_h08_a_link_left_beside_it_is_removed_and_not_followed(
    outside: Outside, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_bytes(b"kept")
    (elsewhere / "mine").chmod(0o444)
    opened = outside.put("a.pdf", [b"words"])
    (opened.path.parent / "folder").symlink_to(elsewhere)
    (opened.path.parent / "file").symlink_to(elsewhere / "mine")
    assert opened.remove()
    assert (elsewhere / "mine").read_bytes() == b"kept"
    assert (elsewhere / "mine").stat().st_mode & 0o777 == 0o444


def test_h08_closing_the_inspection_removes_all_that_it_opened(
    inspection: Inspection, tmp_path: Path, system: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"words")
    made = attached(inspection, file, note_with(inspection)[0])
    opened = [open_outside(inspection, made, confirmed=True) for _ in range(3)]
    assert all(one.path.read_bytes() == b"words" for one in opened)
    inspection.close()
    assert list(system.iterdir()) == []


def test_h08_what_is_written_while_the_inspection_is_locked_is_not_left_behind(
    outside: Outside, system: Path
) -> None:
    def parts() -> Iterator[bytes]:
        yield b"first"
        outside.close()
        yield b"last"

    with pytest.raises(StoreError, match="closed"):
        outside.put("a.pdf", parts())
    assert list(system.iterdir()) == []


def test_h08_nothing_is_there_under_its_name_before_its_end_is_known_genuine(
    outside: Outside, system: Path
) -> None:
    def parts() -> Iterator[bytes]:
        yield b"first"
        assert not list(system.glob("*/*.pdf"))
        raise InvalidInputError("the rest is missing")

    with pytest.raises(InvalidInputError):
        outside.put("a.pdf", parts())
    assert list(system.iterdir()) == []


@posix
def test_h08_a_full_disk_leaves_nothing_there(outside: Outside, system: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OutputError, match="Nothing of it was left"):
            outside.put("a.pdf", [bytes(70_000)] * 3)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(system.iterdir()) == []


def test_a_system_folder_that_is_not_there_is_said(
    outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(OutputError):
        outside.put("a.pdf", [b"words"])
    assert sweep_outside() == 0


RUNNING = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from app.operations.outside import Outside
outside = Outside()
print(outside.put("a.pdf", [b"words"]).path, flush=True)
sys.stdin.read()
"""


@posix
def test_h08_the_next_start_removes_what_a_crash_left_and_leaves_what_is_in_use(
    outside: Outside, system: Path
) -> None:
    ours = outside.put("a.pdf", [b"ours"])
    with subprocess.Popen(
        [sys.executable, "-c", RUNNING, system],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        theirs = other.stdout.readline().strip()
        assert sweep_outside() == 0
        assert (system / theirs).read_bytes() == b"words"
        other.kill()
        other.wait()
        assert (system / theirs).exists()
    assert sweep_outside() == 1
    assert not (system / theirs).parent.exists()
    assert ours.path.read_bytes() == b"ours"


@posix
def test_h08_a_sweep_removes_whatever_state_a_crash_left_it_in(system: Path) -> None:
    for number, names in enumerate(([], ["in-use"], ["a.unfinished"], ["in-use", "a.pdf"])):
        folder = system / f"{PREFIX}{number}"
        folder.mkdir(mode=0o700)
        for name in names:
            (folder / name).write_bytes(b"")
            (folder / name).chmod(0o400 if name == "a.pdf" else 0o600)
    assert sweep_outside() == 4
    assert list(system.iterdir()) == []


@posix
def test_a_sweep_touches_nothing_that_is_not_ours(system: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_bytes(b"kept")
    (system / f"{PREFIX}link").symlink_to(elsewhere)
    (system / f"{PREFIX}file").write_bytes(b"kept")
    (system / "siteweek-check-x").mkdir()
    before = sorted(system.iterdir())
    assert sweep_outside() == 0
    assert sorted(system.iterdir()) == before
    assert (elsewhere / "mine").read_bytes() == b"kept"
