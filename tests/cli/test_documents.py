from __future__ import annotations

import json
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from app.cli.demo import SECRET_FILE, _has_display
from tests.cli.conftest import Typed, plain, refused

if TYPE_CHECKING:
    from pathlib import Path

STARTS = {".docx": b"PK", ".pdf": b"%PDF-", ".html": b"<!DOCTYPE html>"}


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("command", ["brief", "letter"])
def test_documents_are_written_in_every_format_into_a_folder_made_for_them(
    demo: Typed, tmp_path: Path, command: str
) -> None:
    folder = tmp_path / "new" / "inner"
    result = demo.run(command, demo.inspection, "--out", folder)
    assert result.exit_code == 0
    assert sorted(result.stdout.splitlines()) == sorted(str(one) for one in folder.iterdir())
    assert len(names(folder)) == {"brief": 6, "letter": 3}[command]
    for one in folder.iterdir():
        assert one.read_bytes().startswith(STARTS[one.suffix])
        assert "OFFICIAL-SENSITIVE" in one.name
        if one.suffix == ".docx":
            assert zipfile.ZipFile(one).testzip() is None


def test_a_letter_with_something_not_looked_at_is_marked_as_a_draft(
    demo: Typed, tmp_path: Path
) -> None:
    early = demo.run("letter", demo.inspection, "--out", tmp_path / "early", "--format", "html")
    (path,) = (tmp_path / "early").iterdir()
    assert "draft-letter" in path.name
    assert "DRAFT" in path.read_text("utf-8")
    assert "not looked at before it leaves" in early.stderr
    assert "marked as a draft until it is released" in early.stderr
    out = tmp_path / "final"
    final = demo.run("letter", demo.inspection, "--out", out, "--format", "html", "--release")
    assert "have to be looked at and answered" in refused(final, 2)
    assert not out.exists()
    spoken = demo.run("brief", demo.inspection, "--out", tmp_path / "brief", "--format", "html")
    assert "The window lists them under Feedback." in spoken.stderr


def test_only_the_formats_asked_for_are_written(demo: Typed, tmp_path: Path) -> None:
    demo.run("letter", demo.inspection, "--out", tmp_path, "--format", " HTML, docx,html")
    assert [name.rpartition(".")[2] for name in names(tmp_path)] == ["docx", "html"]


@pytest.mark.parametrize("formats", ["odt", "docx,odt", "", ",", "docx;pdf"])
@pytest.mark.parametrize("command", ["brief", "letter"])
def test_an_unknown_format_is_status_2_and_writes_nothing(
    demo: Typed, tmp_path: Path, command: str, formats: str
) -> None:
    folder = tmp_path / "new"
    result = demo.run(command, demo.inspection, "--out", folder, "--format", formats)
    assert "docx, pdf and html" in refused(result, 2)
    assert not folder.exists()


@pytest.mark.parametrize("command", ["brief", "letter"])
def test_a_folder_that_can_not_be_written_is_said_in_a_sentence(
    demo: Typed, tmp_path: Path, command: str
) -> None:
    (tmp_path / "file").write_text("mine")
    result = demo.run(command, demo.inspection, "--out", tmp_path / "file" / "inner")
    assert "could not be made" in refused(result, 1)
    assert (tmp_path / "file").read_text() == "mine"
    assert demo.run(command, demo.inspection, "--out", tmp_path / "file").exit_code == 2
    assert demo.run(command, demo.inspection).exit_code == 2


def test_the_demo_takes_in_writes_draws_and_opens_the_window(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    drawn = plain("demo", "--out", out, "--no-window")
    assert drawn.exit_code == 0
    assert names(out) == ["brief", "letter", SECRET_FILE, "profile", "screens"]
    assert names(out / "screens") == ["screen.png"]
    assert len(names(out / "brief")) == 6
    assert "lead to words in notes" in drawn.stdout
    typed = Typed(out / "profile", out / SECRET_FILE)
    (row,) = json.loads(typed.run("list", "--json").stdout)
    assert row["area"] == "Wexcombe"
    # Again: the earlier demo is replaced.
    opened = plain("demo", "--out", out, "--window")
    assert opened.exit_code == 7
    assert opened.stdout.endswith(f"a window on {out / 'profile'}\n")
    (again,) = json.loads(typed.run("list", "--json").stdout)
    assert again["id"] != row["id"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display there")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
    ],
)
def test_a_window_is_opened_only_where_there_is_a_display(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], *, expected: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert _has_display() is expected


def test_the_demo_never_empties_a_folder_it_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "keyring").write_text("mine")
    result = plain("demo", "--out", tmp_path, "--no-window")
    assert "no demo made it" in refused(result, 2)
    assert (tmp_path / "profile" / "keyring").read_text() == "mine"


def test_the_self_check_names_every_part_and_asks_for_no_profile() -> None:
    result = plain("--self-check")
    assert result.exit_code == 0
    for part in ("database engine", "cipher", "search", "frameworks", "demo", "documents"):
        assert part in result.stdout
    assert result.stdout.endswith("This installation is whole.\n")
