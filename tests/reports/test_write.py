"""Files appear whole or not at all, under names that show their marking."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from app.errors import OutputError
from app.reports import blocks as b
from app.reports.brief import notes_document, spoken_document
from app.reports.letter import letter_document
from app.reports.write import Format, file_name, render, write
from tests.reports.samples import brief, letter

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform != "win32":
    import resource
    import stat

SMALL = b.Document("x", (b.Paragraph(b.plain("new")),))


@pytest.mark.parametrize("form", Format)
def test_the_same_document_gives_the_same_bytes(form: Format) -> None:
    for make in (
        lambda: letter_document(letter("grid")),
        lambda: spoken_document(brief()),
        lambda: notes_document(brief()),
    ):
        assert render(make(), form) == render(make(), form)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    path.write_text("old")
    write(SMALL, path, Format.HTML)
    assert path.read_bytes() == render(SMALL, Format.HTML)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are POSIX's")
def test_a_link_is_replaced_and_nothing_is_written_through_it(tmp_path: Path) -> None:
    target, path = tmp_path / "target", tmp_path / "link.html"
    target.write_text("kept")
    path.symlink_to(target)
    write(SMALL, path, Format.HTML)
    assert target.read_text() == "kept"
    assert not path.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("place", "words"),
    [("missing/letter.docx", "is not there"), ("folder", "is a folder"), ("file/x", "not there")],
)
def test_a_bad_place_is_refused_in_words(tmp_path: Path, place: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError) as raised:
        write(SMALL, tmp_path / place, Format.DOCX)
    assert words in raised.value.sentence


def test_a_read_only_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    path.write_text("old")
    path.chmod(0o400)
    with pytest.raises(OutputError) as raised:
        write(SMALL, path, Format.HTML)
    path.chmod(0o600)
    assert "read-only" in raised.value.sentence
    assert path.read_text() == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_text("old")
    content = render(SMALL, Format.DOCX)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(content) // 2, before[1]))
    try:
        with pytest.raises(OutputError) as raised:
            write(SMALL, path, Format.DOCX)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "not enough room" in raised.value.sentence
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("area", "what", "marking", "name"),
    [
        ("Wexcombe", "letter", "OFFICIAL-SENSITIVE", "wexcombe-letter-OFFICIAL-SENSITIVE.pdf"),
        ("Wexcombe", "letter", "", "wexcombe-letter.pdf"),
        ("Tŷ’r Gŵyl", "spoken brief", " ", "tyr-gwyl-spoken-brief.pdf"),
        ("../../etc", "a/b\\c:d", "OFFICIAL: a", "etc-a-b-c-d-OFFICIAL-a.pdf"),
        ("…", "", "机密", "inspection-document-MARKED.pdf"),
    ],
)
def test_file_names_are_safe_and_show_the_marking(
    area: str, what: str, marking: str, name: str
) -> None:
    assert file_name(area, what, Format.PDF, marking) == name
