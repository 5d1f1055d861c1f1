from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.paths import resources
from tests.cli.conftest import Typed, refused
from tests.interchange.photos import POSITION, exif, picture, with_segments

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "n-sc-02"


@pytest.fixture(scope="module")
def own(demo: Typed) -> Typed:
    """An inspection of their own: the demo is for those who count what it holds."""
    made = demo.run("import", resources() / "demo" / "wexcombe.json")
    return Typed(demo.folder, demo.secret, made.stdout.strip())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "photo\u202egpj.exe"
    path.write_bytes(b"words of " + str(tmp_path).encode())
    return path


def test_a_file_is_attached_listed_saved_and_taken_off(
    own: Typed, file: Path, tmp_path: Path
) -> None:
    made = own.run("attach", own.inspection, file, "--to", NOTE)
    assert made.exit_code == 0
    attachment = made.stdout.strip()
    listed = own.run("attachments", own.inspection).stdout
    line = next(one for one in listed.splitlines() if one.startswith(attachment))
    assert "photo⟨U+202E⟩gpj.exe" in line
    assert f"to {NOTE}" in line
    rows = json.loads(own.run("attachments", own.inspection, "--json").stdout)
    row = next(one for one in rows if one["id"] == attachment)
    assert row["name"] == file.name
    assert row.keys().isdisjoint({"key", "pieces", "sealed_as"})
    saved = own.run("save-attachment", own.inspection, attachment, tmp_path)
    assert (tmp_path / "photo_gpj.bin").read_bytes() == file.read_bytes()
    assert "not encrypted" in saved.stdout
    again = own.run("save-attachment", own.inspection, attachment, tmp_path)
    assert "is there already" in refused(again, 2)
    replaced = own.run("save-attachment", own.inspection, attachment, tmp_path, "--replace")
    assert replaced.exit_code == 0
    assert own.run("detach", own.inspection, attachment).exit_code == 0
    assert attachment not in own.run("attachments", own.inspection).stdout
    assert "was deleted" in refused(own.run("detach", own.inspection, attachment), 2)


def test_h06_nothing_that_is_printed_can_turn_the_words_of_a_terminal(
    own: Typed, file: Path
) -> None:
    own.run("attach", own.inspection, file, "--to", NOTE)
    for options in ((), ("--json",)):
        listed = own.run("attachments", own.inspection, *options).stdout
        assert "gpj" in listed
        assert "\u202e" not in listed


def test_h09_a_photo_loses_its_place_unless_it_is_to_be_kept(own: Typed, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(with_segments(picture(), exif()))
    for options, said, is_there in (
        ((), "Position and thumbnail were taken out", False),
        (("--keep-position",), "", True),
    ):
        made = own.run("attach", own.inspection, photo, "--to", NOTE, *options)
        assert said in made.stderr
        out = tmp_path / "out.jpg"
        attachment = made.stdout.strip()
        own.run("save-attachment", own.inspection, attachment, out, "--replace")
        assert (POSITION in out.read_bytes()) is is_there
    other = photo.with_suffix(".heic")
    other.write_bytes(b"not looked into")
    said = own.run("attach", own.inspection, other, "--to", NOTE).stderr
    assert "was not looked for" in said


def test_what_cannot_be_attached_is_refused_in_a_sentence(
    own: Typed, file: Path, tmp_path: Path
) -> None:
    for wrong in (
        own.run("attach", own.inspection, tmp_path, "--to", NOTE),
        own.run("attach", own.inspection, tmp_path / "gone", "--to", NOTE),
        own.run("attach", own.inspection, file, "--to", "nothing"),
        own.run("attach", own.inspection, file, "--to", "p-lead"),
        own.run("attach", own.inspection, file, "--to", "\udcff"),
        own.run("save-attachment", own.inspection, NOTE, tmp_path / "x"),
        own.run("detach", own.inspection, "\udcff"),
    ):
        refused(wrong, 2)
    assert not (tmp_path / "x").exists()
