"""The commands for a damaged store, as typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.store.places import STORE
from tests.cli.conftest import Typed, plain, refused

if TYPE_CHECKING:
    from click.testing import Result


@pytest.fixture
def typed(demo: Typed, tmp_path: Path) -> Typed:
    """A copy of the demo's profile to do harm to."""
    folder = Path(shutil.copytree(demo.folder, tmp_path / "profile"))
    shutil.rmtree(folder / "inspections" / demo.inspection / "backups", ignore_errors=True)
    # Other tests of the package leave inspections of their own in it.
    for other in (folder / "inspections").iterdir():
        if other.name != demo.inspection:
            shutil.rmtree(other)
    return Typed(folder, demo.secret, demo.inspection)


def store(typed: Typed) -> Path:
    return typed.folder / "inspections" / typed.inspection / STORE


def harm(typed: Typed, page: int) -> None:
    raw = bytearray(store(typed).read_bytes())
    raw[page * 4096 : (page + 1) * 4096] = bytes(4096)
    store(typed).write_bytes(raw)


def rescue(typed: Typed, *arguments: object) -> Result:
    """Without --profile: what is to be salvaged is named by its folder."""
    return plain("--passphrase-file", typed.secret, "salvage", *arguments)


def test_verify_says_whole_part_by_part_with_status_0(typed: Typed) -> None:
    done = typed.run("verify", typed.inspection)
    assert done.exit_code == 0
    assert done.stdout.endswith("The inspection is whole.\n")
    assert "damaged" not in done.stdout


def test_verify_names_the_damaged_page_and_what_to_do_with_status_1(typed: Typed) -> None:
    harm(typed, 40)
    before = store(typed).read_bytes()
    done = typed.run("verify", typed.inspection)
    assert done.exit_code == 1
    assert "Page 41 of the store was altered." in done.stdout
    assert "siteweek salvage" in done.stdout
    assert store(typed).read_bytes() == before


def test_verify_answers_in_json(typed: Typed) -> None:
    harm(typed, 40)
    done = typed.run("verify", typed.inspection, "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["is_whole"]) == (1, False)
    assert {one["name"]: one["state"] for one in told["parts"]}["pages"] == "damaged"


def test_verify_rebuilds_nothing_where_more_than_that_is_damaged(typed: Typed) -> None:
    harm(typed, 40)
    before = store(typed).read_bytes()
    done = typed.run("verify", typed.inspection, "--rebuild")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "pages" in done.stderr
    assert store(typed).read_bytes() == before


def test_salvage_writes_the_notes_and_says_they_are_not_encrypted(
    typed: Typed, tmp_path: Path
) -> None:
    done = rescue(typed, typed.folder, tmp_path / "out")
    assert done.exit_code == 0
    assert "not encrypted" in done.stdout
    names = {one.name for one in (tmp_path / "out" / typed.inspection).iterdir()}
    assert names == {"inspection.json", "notes.docx", "notes.txt", "report.json", "report.txt"}


def test_salvage_of_a_store_with_holes_says_what_is_missing_with_status_1(
    typed: Typed, tmp_path: Path
) -> None:
    for page in range(0, store(typed).stat().st_size // 4096, 2):
        harm(typed, page)
    done = rescue(typed, typed.folder, tmp_path / "out", "--inspection", typed.inspection)
    assert done.exit_code == 1
    assert "could not be read" in done.stdout


def test_salvage_of_nothing_is_refused(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = refused(rescue(typed, tmp_path / "empty", tmp_path / "out"), 2)
    assert "no inspection" in said


def test_salvage_with_a_mistyped_recovery_key_is_refused(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "key.txt").write_text("000G-40R4-0M30-E209-185G-R38E-1WED\n")
    done = plain(
        "--recovery-key-file", tmp_path / "key.txt", "salvage", typed.folder, tmp_path / "out"
    )
    assert "recovery key" in refused(done, 2)
