"""The certificate's page: everything that was said stands on it, however much that is."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from app.domain.disposal import Disposal, Order, Outcome, from_plain
from app.reports.disposal_certificate import disposal_certificate

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext reads it back")

SAMPLE: Final = Disposal(
    Order(
        inspection="01a2065828b2795db680286f5307f75f",
        ordered_at="2026-11-23T02:59:30Z",
        ordered_local="2026-11-23T04:59:30+02:00",
        by="Lead inspector",
        reason="Exported to the records system.",
        area="Wexcombe",
        theme="Front door",
        fieldwork_from="2026-10-12",
        fieldwork_to="2026-10-16",
        closed_at="2026-11-20T16:00:00+00:00",
        keep_until="2026-11-30",
        records=1043,
        changes=10421,
        attachments=12,
        newest_hash="ab" * 32,
        backups=7,
        key_files=8,
        files=31,
        bytes=48211987,
        device="cd" * 16,
        other_devices=("0123456789abcdef" * 2,),
    ),
    "ef" * 64,
    Outcome("2026-11-23T02:59:31Z", "2026-11-23T02:59:32Z", "2026-11-23T04:59:32+02:00"),
)


def words_on(one: Disposal, tmp_path: Path) -> tuple[str, int]:
    """The words of the page in one line, and how many pages there are."""
    path = tmp_path / "c.pdf"
    path.write_bytes(disposal_certificate(one))
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    return " ".join(text.split()), text.count("\f")


def test_all_that_is_known_stands_on_one_page(tmp_path: Path) -> None:
    text, pages = words_on(SAMPLE, tmp_path)
    assert pages == 1
    for words in (
        "01a2 0658 28b2 795d b680 286f 5307 f75f",
        "Wexcombe · Front door",
        "12 October 2026 to 16 October 2026",
        "30 November 2026 (destroyed earlier)",
        "2026-11-23T02:59:30Z (here 2026-11-23T04:59:30+02:00)",
        "Lead inspector",
        "Exported to the records system.",
        "1,043 records in 10,421 changes, 12 attachments, 7 backups",
        "8 key files; in all 31 files of 48,211,987 bytes",
        "NIST SP 800-88 Rev. 2",
        "nothing that bears its id was found",
        "0123 4567",
        "Page 1 of 1",
    ):
        assert words in text, words


def test_long_names_and_many_laptops_go_on_overleaf_and_nothing_is_cut(tmp_path: Path) -> None:
    many = tuple(f"{number:08x}" + "0" * 24 for number in range(0x1111, 0x1111 + 400))
    names = " ".join(f"name{number}" for number in range(200))
    long = replace(
        SAMPLE,
        order=replace(SAMPLE.order, by=names, reason="W" * 900, area=names, other_devices=many),
        outcome=replace(SAMPLE.outcome, left=tuple(f"left/{n}" for n in range(300))),
    )
    text, pages = words_on(long, tmp_path)
    assert pages > 1
    assert text.count("W") >= 900
    for number in range(200):
        assert text.count(f"name{number} ") + text.count(f"name{number},") >= 2
    for one in many:
        assert f"{one[:4]} {one[4:8]}" in text
    for number in range(300):
        assert f"left/{number}" in text
    assert "Signature, date" in text


def test_one_that_could_not_be_opened_says_why_and_that_nobody_signed(tmp_path: Path) -> None:
    order = Order("0" * 32, unreadable="The key file is damaged.")
    text, pages = words_on(Disposal(order, "", SAMPLE.outcome), tmp_path)
    assert pages == 1
    assert "not known. The key file is damaged." in text
    assert "Nobody signed" in text


def test_markup_and_odd_characters_in_a_reason_are_only_words(tmp_path: Path) -> None:
    reason = "<b>bold</b> & <img src='/etc/hostname'/> \x00 \u202eevil"
    odd = replace(SAMPLE, order=replace(SAMPLE.order, reason=reason))
    text, _pages = words_on(odd, tmp_path)
    assert "<b>bold</b> & <img src='/etc/hostname'/>" in text


def test_equal_disposals_give_equal_bytes() -> None:
    assert disposal_certificate(SAMPLE) == disposal_certificate(from_plain(SAMPLE.plain()))
