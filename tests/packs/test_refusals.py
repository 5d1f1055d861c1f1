"""A bad pack is refused with its file, its line and a reason a person can act on."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from app.errors import InvalidInputError
from app.packs.load import load_brief_layout, load_framework, load_letter_layout, load_list

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parent / "samples"  # small sound packs, one value a line
FRAMEWORK, LAYOUT, BRIEF, LISTING = (
    (SAMPLES / f"{name}.json").read_text(encoding="utf-8")
    for name in ("framework", "layout", "brief", "listing")
)
LOADERS: Final[dict[str, Callable[[Path], object]]] = {
    FRAMEWORK: load_framework,
    LAYOUT: load_letter_layout,
    BRIEF: load_brief_layout,
    LISTING: load_list,
}


def bad(name: str, sound: str, old: str, new: str, line: int, reason: str) -> Any:
    """Return one case: the sound pack with its first ``old`` replaced by ``new``."""
    assert old in sound
    return pytest.param(sound, sound.replace(old, new, 1), line, reason, id=name)


BAD: Final = (
    # Not well-formed JSON.
    bad("comma missing", FRAMEWORK, '"id": "small",', '"id": "small"', 4, "comma"),
    bad(
        "comma left over",
        FRAMEWORK,
        '"What followed?"',
        '"What followed?",',
        18,
        "value is missing",
    ),
    bad("comma before brace", LAYOUT, '"Next steps"}\n  ]', '"Next steps"}\n  ],', 15, "left over"),
    bad("colon missing", FRAMEWORK, '"title": ', '"title" ', 5, "colon"),
    bad("words without quotes", FRAMEWORK, '"neglect"', "neglect", 6, "without double quotes"),
    bad("quotes never closed", FRAMEWORK, '"neglect",', '"neglect,', 6, "inside quoted words"),
    bad("quotes open to the end", BRIEF, '["Thank you."]}\n  ]\n}\n', '["Thank', 8, "never end"),
    bad("tab in words", FRAMEWORK, "Who noticed?", "Who\tnoticed?", 16, "tab"),
    bad("odd backslash", FRAMEWORK, "Who noticed?", "Who \\noticed \\q", 16, "backslash"),
    bad("more after the end", BRIEF, "  ]\n}\n", "  ]\n}\n{}\n", 11, "after the end"),
    bad("empty file", BRIEF, BRIEF, "", 1, "value is missing"),
    bad(
        "name given twice",
        FRAMEWORK,
        '"code": "A2",',
        '"code": "A2",\n"code": "A3",',
        22,
        "“code” is given twice",
    ),
    bad("not a number", FRAMEWORK, '"version": 1', '"version": NaN', 4, "not a number"),
    bad("endless number", FRAMEWORK, '"version": 1', f'"version": {"9" * 5000}', 4, "not a number"),
    bad("nested too deep", FRAMEWORK, '["police"]', "[" * 400 + "]" * 400, 14, "nested"),
    bad("nested past the stack", FRAMEWORK, '["police"]', "[" * 90_000, 14, "nested"),
    # Not the shape its schema asks for.
    bad(
        "another kind of pack", FRAMEWORK, '"framework"', '"layout"', 2, "framework pack is wanted"
    ),
    bad("not a group", BRIEF, BRIEF, "[]", 1, "curly brackets"),
    bad("title missing", FRAMEWORK, '"title": "A small framework",', "", 1, "“title” is missing"),
    bad(
        "prompts missing",
        FRAMEWORK,
        ',\n          "prompts": ["Who was told?"]',
        "",
        20,
        "“prompts”",
    ),
    bad("no prompts", FRAMEWORK, '["Who was told?"]', "[]", 23, "nothing is written"),
    bad("one synonym", FRAMEWORK, '["hub", "front door"]', '["hub"]', 33, "at least 2"),
    bad("unknown name", FRAMEWORK, '"sectors"', '"sector"', 14, "“sector” is not a name"),
    bad("number for words", FRAMEWORK, '"Referring"', "7", 22, "words in double quotes"),
    bad("words for a list", FRAMEWORK, '["police"]', '"police"', 14, "a list"),
    bad("words for a number", FRAMEWORK, '"version": 1', '"version": "1"', 4, "whole number"),
    bad("part of a version", FRAMEWORK, '"version": 1', '"version": 1.5', 4, "whole number"),
    bad("version nought", FRAMEWORK, '"version": 1', '"version": 0', 4, "1 or more"),
    bad("words for yes or no", BRIEF, '"Scope"', '"Scope", "optional": "yes"', 7, "true or false"),
    bad("blank words", FRAMEWORK, "Who noticed?", "   ", 16, "words on one line"),
    bad("no words", FRAMEWORK, "Who noticed?", "", 16, "nothing is written"),
    bad("too many words", FRAMEWORK, "Who noticed?", "Who? " * 100, 16, "longer than 400"),
    bad("two lines", FRAMEWORK, "Who noticed?", "Who\\nnoticed?", 16, "words on one line"),
    bad("hidden direction", FRAMEWORK, "Who noticed?", "Who \\u202enoticed?", 16, "hidden"),
    bad("half a character", FRAMEWORK, "Who noticed?", "Who \\ud83d noticed?", 16, "hidden"),
    bad("lower-case code", FRAMEWORK, '"A2"', '"a 2"', 21, "such as A6"),
    bad("line end after a key", LISTING, '"few"', '"few\\n"', 7, "such as youth justice"),
    bad("id that is a path", FRAMEWORK, '"small"', '"../small"', 3, "such as domestic-abuse-2024"),
    bad("signatures in a ring", LAYOUT, '"list"', '"ring"', 9, "“grid”, “list”"),
    bad("long bullet", LAYOUT, "■", "■■", 10, "longer than 1"),
    bad("year too early", LISTING, "2013", "213", 8, "1990 or more"),
    # What a schema cannot say.
    bad("criterion code twice", FRAMEWORK, '"A2"', '"A1"', 21, "code “A1” is given twice"),
    bad("prompt twice", FRAMEWORK, "What followed?", "who noticed?", 17, "given twice"),
    bad("stage twice", FRAMEWORK, '"review"', '"Recognition"', 28, "stage"),
    bad(
        "finding type twice",
        FRAMEWORK,
        '"improvement"',
        '"strength"',
        31,
        "“strength” is given twice",
    ),
    bad("synonym twice", FRAMEWORK, '"front door"', '"Hub"', 33, "synonym"),
    bad("letter section twice", LAYOUT, '"next"', '"intro"', 13, "section key “intro”"),
    bad("brief section twice", BRIEF, '"thanks"', '"scope"', 8, "section key “scope”"),
    bad("unknown placeholder", LAYOUT, "{area} partnership", "{mayor}", 6, "{area} and {theme}"),
    bad("placeholder that reaches in", LAYOUT, "{theme}", "{theme.__class__}", 7, "curly"),
    bad("list key twice", LISTING, '"icb"', '"ccg"', 9, "key “ccg” is given twice"),
    bad("period backwards", LISTING, '"to": 2022', '"to": 2012', 8, "ends at 2012"),
    bad("share backwards", LISTING, '"to": 19', '"to": 3', 7, "ends at 3"),
)


@pytest.mark.parametrize(("sound", "text", "line", "reason"), BAD)
def test_a_bad_pack_is_refused_with_its_line_and_reason(
    tmp_path: Path, sound: str, text: str, line: int, reason: str
) -> None:
    file = tmp_path / "small.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInputError) as refused:
        LOADERS[sound](file)
    sentence = refused.value.sentence
    assert sentence.startswith(f"small.json was not used. Line {line}: ")
    assert reason in sentence
    assert refused.value.place == f"small.json, line {line}"


@pytest.mark.parametrize("sound", LOADERS)
def test_the_packs_that_are_broken_here_are_sound_before(tmp_path: Path, sound: str) -> None:
    file = tmp_path / "small.json"
    file.write_text(sound, encoding="utf-8")
    assert LOADERS[sound](file)


def test_the_earliest_fault_is_the_one_reported(tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_text(FRAMEWORK.replace('"A2"', "2").replace('["police"]', "[1]"), encoding="utf-8")
    with pytest.raises(InvalidInputError, match="Line 14"):
        load_framework(file)


def test_another_kind_of_pack_is_named_as_such_and_not_by_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_text(LAYOUT, encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"Line 2: a framework .*“layout”"):
        load_framework(file)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "small.json"
    file.write_bytes(FRAMEWORK.replace("▲", "é").encode(encoding))
    with pytest.raises(InvalidInputError, match=r"Line (30|1): the file is not saved as UTF-8"):
        load_framework(file)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_text(FRAMEWORK, encoding="utf-8-sig")
    assert load_framework(file).id == "small"


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_bytes(b"[\n" + b" " * 20_000_000)
    with pytest.raises(InvalidInputError, match="longer than 1,000,000 bytes"):
        load_framework(file)


@pytest.mark.parametrize("unit", ['\\"', "[", '{"a":', '"', '"x",', "[],", "9"])
def test_no_text_keeps_the_reader_busy(tmp_path: Path, unit: str) -> None:
    file = tmp_path / "small.json"
    file.write_text(f'{{"groups": ["{unit * (900_000 // len(unit))}', encoding="utf-8")
    began = time.perf_counter()
    with pytest.raises(InvalidInputError):
        load_framework(file)
    assert time.perf_counter() - began < 5


def test_a_pack_full_of_faults_is_refused_in_good_time(tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_text(FRAMEWORK.replace('["police"]', f"[{'7,' * 200_000}7]"), encoding="utf-8")
    began = time.perf_counter()
    with pytest.raises(InvalidInputError, match="Line 14"):
        load_framework(file)
    assert time.perf_counter() - began < 10


def test_a_refusal_repeats_only_a_little_of_the_file_and_shows_what_hides(tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    strange = "x\\u202e" + "y" * 5000
    file.write_text(FRAMEWORK.replace('"theme"', f'"{strange}": 1, "theme"'), encoding="utf-8")
    with pytest.raises(InvalidInputError) as refused:
        load_framework(file)
    assert len(refused.value.sentence) < 200
    assert refused.value.sentence.isprintable()


def test_a_folder_in_place_of_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "small.json").mkdir()
    with pytest.raises(InvalidInputError, match="could not be opened"):
        load_framework(tmp_path / "small.json")
