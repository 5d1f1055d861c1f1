"""The recovery sheet is one page on which everything can be read, and nothing says too much."""

from __future__ import annotations

import re
import zlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.crypto.keys import RecoveryKey
from app.crypto.recovery_text import ALPHABET, from_text, to_text
from app.reports.recovery_sheet import Sheet, recovery_sheet
from tests.reports.conftest import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = "3f9a12c45b6d7e8f" * 2
KEYS = [RecoveryKey(bytes(range(16))), RecoveryKey(b"\xff" * 16), RecoveryKey(bytes(16))]


def sheet(key: RecoveryKey = KEYS[0]) -> Sheet:
    return Sheet(to_text(key), PROFILE, date(2026, 10, 2))


def printed_key(text: str) -> str:
    """The letters of the key as they stand on paper, in order."""
    box = text.split("Sealed by, on")[1].split("How to use it", maxsplit=1)[0]
    rows = [line for line in box.splitlines() if re.search(r"[0-9A-Z]", line)]
    # A line of the groups' small numbers stands above each line of groups.
    return "".join("".join(line.split()) for line in rows[1::2])


@pytest.mark.parametrize("key", KEYS)
def test_what_stands_on_paper_is_the_key(key: RecoveryKey, tmp_path: Path) -> None:
    letters = printed_key(pdf_text(recovery_sheet(sheet(key)), tmp_path, "-layout"))
    assert len(letters) == 28
    assert set(letters) <= set(ALPHABET)
    assert from_text(letters) == key


def test_it_is_one_page_that_says_how_to_use_and_where_to_keep_it(tmp_path: Path) -> None:
    text = pdf_text(recovery_sheet(sheet()), tmp_path, "-layout")
    assert text.count("\f") == 1
    assert "Page 1 of 1" in text
    flat = " ".join(text.split())
    for words in (
        "3f9a 12c4",
        "2 October 2026",
        *("Person", "Organisation", "1.", "2.", "3."),
        *("How to use it", "Where to keep it", "What it can’t do"),
        "sealed envelope",
        "held by the inspector’s own organisation and not by the lead",
        "opens nothing without the laptop’s own files",
    ):
        assert words in flat


def test_it_holds_no_more_of_the_profiles_id_than_it_shows(tmp_path: Path) -> None:
    content = recovery_sheet(sheet())
    unpacked = content + b"".join(
        zlib.decompress(one)
        for one in re.findall(rb"stream\r?\n(x.*?)endstream", content, re.DOTALL)
    )
    assert PROFILE[:12].encode() not in unpacked
    assert PROFILE not in pdf_text(content, tmp_path)
    assert b"/URI" not in unpacked
    assert b"/Subtype /Image" not in unpacked


def test_equal_sheets_give_equal_bytes() -> None:
    assert recovery_sheet(sheet()) == recovery_sheet(sheet())
