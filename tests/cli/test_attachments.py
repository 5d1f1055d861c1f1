from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Typed, refused
from tests.interchange.photos import POSITION, exif, picture, with_segments

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "n-sc-02"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "photo\u202egpj.exe"
    path.write_bytes(b"words of " + str(tmp_path).encode())
    return path


def test_a_file_is_attached_listed_saved_and_taken_off(
    demo: Typed, file: Path, tmp_path: Path
) -> None:
    made = demo.run("attach", demo.inspection, file, "--to", NOTE)
    assert made.exit_code == 0
    attachment = made.stdout.strip()
    listed = demo.run("attachments", demo.inspection).stdout
    line = next(one for one in listed.splitlines() if one.startswith(attachment))
    assert "photo⟨U+202E⟩gpj.exe" in line
    assert f"to {NOTE}" in line
    rows = json.loads(demo.run("attachments", demo.inspection, "--json").stdout)
    row = next(one for one in rows if one["id"] == attachment)
    assert row["name"] == file.name
    assert row.keys().isdisjoint({"key", "pieces", "sealed_as"})
    saved = demo.run("save-attachment", demo.inspection, attachment, tmp_path)
    assert (tmp_path / "photo_gpj.bin").read_bytes() == file.read_bytes()
    assert "not encrypted" in saved.stdout
    again = demo.run("save-attachment", demo.inspection, attachment, tmp_path)
    assert "is there already" in refused(again, 2)
    replaced = demo.run("save-attachment", demo.inspection, attachment, tmp_path, "--replace")
    assert replaced.exit_code == 0
    assert demo.run("detach", demo.inspection, attachment).exit_code == 0
    assert attachment not in demo.run("attachments", demo.inspection).stdout
    assert "was deleted" in refused(demo.run("detach", demo.inspection, attachment), 2)


def test_h06_nothing_that_is_printed_can_turn_the_words_of_a_terminal(
    demo: Typed, file: Path
) -> None:
    demo.run("attach", demo.inspection, file, "--to", NOTE)
    for options in ((), ("--json",)):
        listed = demo.run("attachments", demo.inspection, *options).stdout
        assert "gpj" in listed
        assert "\u202e" not in listed


def test_h09_a_photo_loses_its_place_unless_it_is_to_be_kept(demo: Typed, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(with_segments(picture(), exif()))
    for options, said, is_there in (
        ((), "Position and thumbnail were taken out", False),
        (("--keep-position",), "", True),
    ):
        made = demo.run("attach", demo.inspection, photo, "--to", NOTE, *options)
        assert said in made.stderr
        out = tmp_path / "out.jpg"
        attachment = made.stdout.strip()
        demo.run("save-attachment", demo.inspection, attachment, out, "--replace")
        assert (POSITION in out.read_bytes()) is is_there
    other = photo.with_suffix(".heic")
    other.write_bytes(b"not looked into")
    said = demo.run("attach", demo.inspection, other, "--to", NOTE).stderr
    assert "was not looked for" in said


def test_what_cannot_be_attached_is_refused_in_a_sentence(
    demo: Typed, file: Path, tmp_path: Path
) -> None:
    for wrong in (
        demo.run("attach", demo.inspection, tmp_path, "--to", NOTE),
        demo.run("attach", demo.inspection, tmp_path / "gone", "--to", NOTE),
        demo.run("attach", demo.inspection, file, "--to", "nothing"),
        demo.run("attach", demo.inspection, file, "--to", "p-lead"),
        demo.run("attach", demo.inspection, file, "--to", "\udcff"),
        demo.run("save-attachment", demo.inspection, NOTE, tmp_path / "x"),
        demo.run("detach", demo.inspection, "\udcff"),
    ):
        refused(wrong, 2)
    assert not (tmp_path / "x").exists()
