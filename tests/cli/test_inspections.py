from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING

import pytest

from app.operations.demo import demo_document
from app.operations.exchange import read_document
from app.paths import resources
from tests.cli.conftest import Typed, refused
from tests.interchange.samples import as_bytes, least, whole

if TYPE_CHECKING:
    from pathlib import Path

DEMO = resources() / "demo" / "wexcombe.json"


def test_a_profile_is_made_and_never_over_another(demo: Typed, tmp_path: Path) -> None:
    new = Typed(tmp_path / "new", demo.secret)
    result = new.run("init")
    assert (result.exit_code, result.stderr) == (0, "")
    assert str(new.folder) in result.stdout
    assert new.listing() == ["inspections", "keyring"]
    before = (new.folder / "keyring").read_bytes()
    assert "already" in refused(new.run("init"), 1)
    assert (new.folder / "keyring").read_bytes() == before
    assert "no inspections yet" in new.run("list").stdout


def test_a_passphrase_that_is_soon_guessed_is_bad_input(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("too short\n")
    new = Typed(tmp_path / "new", secret)
    assert "at least" in refused(new.run("init"), 2)
    assert not new.folder.exists()


def test_import_prints_the_id_alone_and_the_inspection_is_there(
    demo: Typed, tmp_path: Path
) -> None:
    file = tmp_path / "small.json"
    file.write_bytes(as_bytes(whole([{**least("inspection"), "area": "Eastham ŵ"}])))
    result = demo.run("import", file)
    assert result.exit_code == 0
    made = result.stdout.strip()
    assert result.stdout == f"{made}\n"
    assert len(made) == 32
    assert result.stderr == "Taking in records: 1\n"
    listed = demo.run("list").stdout.splitlines()
    assert listed[0] == f"{made}  Eastham ŵ · no theme · no dates"
    assert listed[-1].startswith(f"{demo.inspection}  Wexcombe · ")
    rows = {row["id"]: row for row in json.loads(demo.run("list", "--json").stdout)}
    assert rows[made]["area"] == "Eastham ŵ"
    assert rows[demo.inspection]["problem"] == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1 of the file"),
        (DEMO.read_bytes()[:-200], "of the file"),
        (as_bytes(whole([])), "exactly one record"),
        (as_bytes(whole([least("inspection"), {"id": "p", "kind": "paragraph"}])), "paragraph p"),
        (b"[" * 200_000, "nested"),
        (DEMO.read_bytes().decode().encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04", "Line 1 of the file"),
    ],
    ids=["empty", "cut", "no inspection", "wrong record", "deep", "UTF-16", "zip"],
)
def test_a_bad_file_is_status_2_in_one_sentence_and_nothing_is_half_imported(
    demo: Typed, tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    before = demo.listing()
    sentence = refused(demo.run("import", file), 2)
    assert words in sentence
    assert sentence.endswith("Nothing was imported.")
    assert demo.listing() == before


@pytest.mark.parametrize("name", ["gone.json", "", "a\nb"])
def test_a_file_that_can_not_be_read_is_status_2(demo: Typed, tmp_path: Path, name: str) -> None:
    result = demo.run("import", tmp_path / name)
    assert result.exit_code == 2
    assert "could not be read" in result.stderr
    assert "Traceback" not in result.stderr


def test_export_gives_back_what_was_imported(demo: Typed, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    result = demo.run("export", demo.inspection, file)
    assert result.exit_code == 0
    assert "not encrypted" in result.stdout
    assert read_document(file.read_bytes()) == demo_document()
    assert json.loads(file.read_bytes()) == json.loads(DEMO.read_bytes())
    assert [one.name for one in tmp_path.iterdir()] == ["out.json"]
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_export_replaces_a_file_only_when_told_to(demo: Typed, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    file.write_text("mine")
    assert "--replace" in refused(demo.run("export", demo.inspection, file), 2)
    assert file.read_text() == "mine"
    assert demo.run("export", demo.inspection, file, "--replace").exit_code == 0
    assert read_document(file.read_bytes()) == demo_document()


def test_export_writes_through_no_link(demo: Typed, tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("mine")
    link.symlink_to(target)
    assert demo.run("export", demo.inspection, link, "--replace").exit_code == 0
    assert target.read_text() == "mine"
    assert not link.is_symlink()


def test_export_where_nothing_can_be_written_is_said_and_leaves_nothing(
    demo: Typed, tmp_path: Path
) -> None:
    assert "could not be written" in refused(
        demo.run("export", demo.inspection, tmp_path / "gone" / "out.json"), 1
    )
    (tmp_path / "folder").mkdir()
    assert "could not be written" in refused(
        demo.run("export", demo.inspection, tmp_path / "folder", "--replace"), 1
    )
    assert [one.name for one in tmp_path.rglob("*")] == ["folder"]


def test_show_tells_what_an_inspection_is_and_holds(demo: Typed) -> None:
    result = demo.run("show", demo.inspection)
    assert result.exit_code == 0
    assert "Wexcombe" in result.stdout
    assert "12 October 2026" in result.stdout
    seen = json.loads(demo.run("show", demo.inspection, "--json").stdout)
    kinds = [one.kind for one in demo_document().records]
    assert seen["counts"] == {kind: kinds.count(kind) for kind in set(kinds)}
    assert seen["particulars"]["area"] == "Wexcombe"


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        *((command, "0" * 32) for command in ("check", "export", "search", "trace", "letter")),
        *(("show", wanted) for wanted in ("../x", "", "\udcff")),
    ],
)
def test_an_inspection_that_is_not_there_is_status_2(
    demo: Typed, tmp_path: Path, command: str, wanted: str
) -> None:
    more = {
        "export": [tmp_path / "x"],
        "search": ["x"],
        "trace": ["x"],
        "letter": ["--out", tmp_path],
    }
    sentence = refused(demo.run(command, wanted, *more.get(command, [])), 2)
    assert "no inspection with the id" in sentence
    assert list(tmp_path.iterdir()) == []


def test_one_broken_inspection_is_listed_with_its_problem(demo: Typed, tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_bytes(as_bytes(whole([least("inspection")])))
    made = demo.run("import", file).stdout.strip()
    (demo.folder / "inspections" / made / "store.key").write_bytes(b"")
    result = demo.run("list")
    assert result.exit_code == 0
    (line,) = (one for one in result.stdout.splitlines() if one.startswith(made))
    assert "can’t be opened: The inspection's key file" in line
    assert demo.inspection in result.stdout
    refused(demo.run("show", made), 1)
