"""Packs load by id or by file, from the folder given and then from the app's own."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import pytest

from app import paths
from app.domain.packs import Entry, Section
from app.errors import InvalidInputError, NotFoundError
from app.packs import find
from app.packs.load import (
    load_brief_layout,
    load_framework,
    load_letter_layout,
    load_list,
    load_lists,
)

SAMPLES = Path(__file__).parent / "samples"  # small sound packs, one value a line
FRAMEWORK, LAYOUT, BRIEF, LISTING = (
    (SAMPLES / f"{name}.json").read_text(encoding="utf-8")
    for name in ("framework", "layout", "brief", "listing")
)
LOADERS = {
    "framework": load_framework,
    "layout": load_letter_layout,
    "brief": load_brief_layout,
    "list": load_list,
}
SHIPPED = [(kind, one.id) for kind in find.FOLDERS for one in find.available(kind)]


def put(folder: Path, kind: str, text: str, name: str = "small") -> Path:
    """Write a pack where a folder of packs keeps that kind, and return its file."""
    file = folder / find.FOLDERS[kind] / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(("kind", "pack_id"), SHIPPED)
def test_every_shipped_pack_loads(kind: str, pack_id: str) -> None:
    loaded = LOADERS[kind](pack_id)
    assert loaded.id == pack_id
    assert loaded.version >= 1
    assert loaded.title


def test_every_file_under_packs_is_one_that_is_offered() -> None:
    files = {file.stem for file in (paths.resources() / "packs").rglob("*") if file.is_file()}
    assert files == {pack_id for _, pack_id in SHIPPED}


def test_all_shipped_packs_load_in_less_than_a_second() -> None:
    began = time.perf_counter()
    for kind, pack_id in SHIPPED:
        LOADERS[kind](pack_id)
    assert time.perf_counter() - began < 1


def test_a_framework_comes_with_all_its_parts(tmp_path: Path) -> None:
    framework = load_framework(put(tmp_path, "framework", FRAMEWORK))
    first = framework.criterion("A1")
    assert first is not None
    assert (first.group, first.sectors) == ("First response", ("police",))
    assert first.prompts == ("Who noticed?", "What followed?")
    assert framework.criterion("A9") is None
    assert framework.stages == ("recognition", "review")
    assert [(one.key, one.sign) for one in framework.finding_types] == [
        ("strength", "▲"),
        ("improvement", ""),
    ]
    assert framework.synonyms == (("hub", "front door"),)


def test_a_letter_and_a_brief_keep_the_order_of_their_sections(tmp_path: Path) -> None:
    letter = load_letter_layout(put(tmp_path, "layout", LAYOUT))
    brief = load_brief_layout(put(tmp_path, "brief", BRIEF))
    assert letter.sections == (Section("intro", ""), Section("next", "Next steps"))
    assert [one.key for one in brief.sections] == ["scope", "thanks"]
    assert brief.sections[1].script == ("Thank you.",)


def test_a_list_knows_which_choices_belong_to_a_year(tmp_path: Path) -> None:
    listing = load_list(put(tmp_path, "list", LISTING))
    assert listing.entry("few") == Entry("few", "a few", percent=(4, 19))
    assert [one.key for one in listing.used_in(2016)] == ["few", "ccg"]
    assert [one.key for one in listing.used_in(2022)] == ["few", "ccg", "icb"]
    assert [one.key for one in listing.used_in(2025)] == ["few", "icb"]


def test_a_whole_version_written_with_a_point_is_kept_whole(tmp_path: Path) -> None:
    file = put(tmp_path, "framework", FRAMEWORK.replace('"version": 1', '"version": 2.0'))
    assert repr(load_framework(file).version) == "2"


def test_the_given_folder_is_looked_in_before_the_apps_own_packs(tmp_path: Path) -> None:
    shipped = paths.resources() / "packs" / "frameworks" / "front-door-2024.json"
    text = shipped.read_text(encoding="utf-8").replace('"version": 1', '"version": 7')
    put(tmp_path, "framework", text, "front-door-2024")
    assert load_framework("front-door-2024", tmp_path).version == 7
    assert load_framework("front-door-2024").version == 1
    assert load_framework("domestic-abuse-2024", tmp_path).version == 1
    assert [one.version for one in find.available("framework", tmp_path)].count(7) == 1


def test_lists_of_a_given_folder_join_the_apps_own(tmp_path: Path) -> None:
    put(tmp_path, "list", LISTING)
    assert set(load_lists(tmp_path)) == {*load_lists(), "small"}


def test_a_pack_that_is_nowhere_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no framework pack called unheard-of"):
        load_framework("unheard-of", tmp_path)
    with pytest.raises(NotFoundError, match=r"no pack called gone\.json"):
        load_framework(tmp_path / "gone.json")


@pytest.mark.parametrize(
    "pack_id", ["../layouts/letter-2016", "/etc/passwd", "", "a\n", "C:a", "A"]
)
def test_an_id_cannot_lead_out_of_the_packs(pack_id: str) -> None:
    with pytest.raises(InvalidInputError, match="cannot be the name of a pack"):
        load_framework(pack_id)


def test_a_file_under_another_packs_name_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "framework", FRAMEWORK, "other")
    with pytest.raises(InvalidInputError, match="Line 3: the file is named other"):
        load_framework("other", tmp_path)


def test_a_bad_pack_is_offered_with_its_problem_and_hides_no_other(tmp_path: Path) -> None:
    put(tmp_path, "framework", FRAMEWORK)
    put(tmp_path, "framework", "{", "torn")
    put(tmp_path, "framework", "[]", "untitled")
    offered = {one.id: one for one in find.available("framework", tmp_path)}
    assert (offered["small"].title, offered["small"].problem) == ("A small framework", "")
    assert "torn.json was not used. Line 1" in offered["torn"].problem
    assert "no title" in offered["untitled"].problem
    assert "front-door-2024" in offered


def test_a_packaged_app_finds_its_packs_where_it_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(paths.resources(), tmp_path / "resources")
    put(tmp_path / "resources" / "packs", "framework", FRAMEWORK)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert load_framework("small").title == "A small framework"


def test_the_example_in_the_guide_loads(tmp_path: Path) -> None:
    guide = (paths.resources().parent / "docs" / "packs.md").read_text(encoding="utf-8")
    example = guide.split("```json\n")[1].split("```")[0]
    put(tmp_path, "framework", example, "neglect-2017")
    assert load_framework("neglect-2017", tmp_path).theme == "neglect"
