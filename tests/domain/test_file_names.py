"""H06: nothing in a file's name hides, and no file gets a name or ending that starts something."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.file_names import (
    LONGEST_NAME,
    PLAIN_ENDING,
    kept,
    media_type,
    safe_ending,
    safe_name,
    visible,
)
from app.domain.validation import problem

# The nine that turn words round, and what hides without turning.
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
HIDING = "\u200b\u2060\ufeff\u00ad\u180e\u2028\u2029\x85\x9b\U000e0041"
STARTING = re.findall(
    r"\S+",
    "exe com bat cmd ps1 vbs js jse wsf hta scr pif msi lnk url desktop app command sh py jar "
    "html htm svg xml docm xlsm pptm dotm iso img vhd chm reg scf library-ms eml csv zip",
)


@pytest.mark.parametrize("hidden", TURNING + HIDING)
def test_h06_what_turns_or_hides_is_spelled_out(hidden: str) -> None:
    shown = visible(f"photo{hidden}gpj.exe")
    assert shown == f"photo⟨U+{ord(hidden):04X}⟩gpj.exe"


@pytest.mark.parametrize("code", [*range(32), 127])
def test_h06_control_characters_are_seen(code: int) -> None:
    shown = visible(f"a{chr(code)}b")
    assert shown.isprintable()
    assert shown != "ab"


def test_h06_an_ending_pushed_out_of_sight_comes_back_into_it() -> None:
    assert visible(f"report.pdf{' ' * 200}.exe") == "report.pdf⟨200 spaces⟩.exe"
    assert visible("two  spaces.pdf") == "two  spaces.pdf"


@pytest.mark.parametrize(
    "name",
    ["Tŷ Ŵyn 2026.pdf", "naïve “quotes” — dash.docx", "照片.jpg", "شهادة.pdf", "a\u202f1.png"],
)
def test_a_name_in_any_language_is_shown_as_it_is(name: str) -> None:
    assert visible(name) == name
    assert kept(name) == name


@given(st.text())
def test_h06_whatever_a_name_holds_all_of_it_can_be_seen(name: str) -> None:
    assert all(one.isprintable() or one.isspace() for one in visible(name))
    assert not set(visible(name)) & set("\n\r\t\v\f\x85\u2028\u2029")


@given(st.text(st.characters(), min_size=1, max_size=400))
def test_h06_a_name_is_kept_on_one_line_and_of_bounded_length(name: str) -> None:
    held = kept(name)
    assert problem("attachment", {"name": held}) is None
    assert len(held) <= LONGEST_NAME


def test_what_a_name_ends_in_outlasts_its_shortening() -> None:
    assert kept("x" * 300 + ".pdf").endswith("….pdf")
    assert kept("." + "x" * 300).startswith(".xx")


@pytest.mark.parametrize("ending", STARTING)
def test_h06_an_ending_that_starts_something_is_not_given(ending: str) -> None:
    for name in (f"a.{ending}", f"a.pdf.{ending}", f"a.{ending.upper()}", f"a.pdf .{ending}"):
        assert safe_ending(name) == PLAIN_ENDING
        assert safe_name(name).endswith(PLAIN_ENDING)
        assert media_type(name) == "application/octet-stream"


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf.",
        "a.pdf ",
        "a.pdf\u202e",
        "a.pdf\0",
        "a.p\ndf",
        "pdf",
        ".pdf",
        "",
        "a..",
        "a.pdf::$DATA",
    ],
)
def test_h06_an_ending_that_is_not_quite_one_is_none(name: str) -> None:
    assert safe_ending(name) == PLAIN_ENDING


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "a.exe.pdf", "a.JPeG", "a b.docx"])
def test_an_ending_that_only_shows_something_is_kept(name: str) -> None:
    assert safe_ending(name) == "." + name.rsplit(".", 1)[1].lower()


@pytest.mark.parametrize("device", ["CON", "nul", "Aux", "PRN", "COM1", "lpt9", "COM¹", "CONIN$"])
def test_h06_no_file_gets_the_name_of_a_device(device: str) -> None:
    assert not safe_name(f"{device}.txt").lower().startswith(device.lower())


@given(st.text(max_size=300))
def test_h06_a_safe_name_is_one_that_every_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert re.fullmatch(r"[^\W_][\w -]*\.[a-z0-9]{2,5}", safe)
    assert safe.isprintable()
    assert len(safe.encode()) <= 255
    assert safe_name(safe) == safe
