from __future__ import annotations

import io
import os
import socket
import tempfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from app.domain.kinds.attachments import ATTACHMENT
from app.errors import DamagedFileError, InvalidInputError, NotFoundError, OutputError
from app.operations.attaching import attach_file
from app.operations.attachments import (
    check_attachment,
    list_attachments,
    open_outside,
    remove,
    rename,
    restore,
    save_as,
)
from app.operations.exchange import put_out, read_document
from app.operations.team import be
from tests.interchange.photos import POSITION, exif, picture, pixels, with_segments, xmp
from tests.interchange.samples import as_bytes, least, whole
from tests.marking import holds_marker
from tests.operations import quick
from tests.operations.asking import note_with, of_kind, refused, revisions
from tests.operations.attached import attached, content, pieces, record_of, row_of

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.inspection import Inspection

MARKER = "MARKERWORD"
LARGE = bytes(9 << 20)


@pytest.fixture
def note(inspection: Inspection) -> str:
    return note_with(inspection)[0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.pdf"
    path.write_bytes(b"%PDF-1.7 what was said")
    return path


@pytest.fixture(autouse=True)
def system_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "system"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_file_is_attached_and_comes_out_equal(
    inspection: Inspection, note: str, file: Path, tmp_path: Path
) -> None:
    made = attached(inspection, file, note)
    row = row_of(inspection, made)
    assert (row.name, row.media_type, row.attached_to) == ("minutes.pdf", "application/pdf", note)
    assert (row.size, row.state) == (len(file.read_bytes()), "")
    assert row.added_at
    assert content(inspection, made, tmp_path) == file.read_bytes()
    assert check_attachment(inspection, made).is_whole


def test_who_attached_it_is_recorded(inspection: Inspection, note: str, file: Path) -> None:
    person = inspection.do(lambda work: work.changes(work.add("person", {"initials": "CQ1"}))).made
    inspection.do(be, person)
    assert row_of(inspection, attached(inspection, file, note)).added_by == person


def test_it_can_be_renamed_taken_off_and_put_back(
    inspection: Inspection, note: str, file: Path, tmp_path: Path
) -> None:
    made = attached(inspection, file, note)
    inspection.do(rename, made, " Minutes of Monday.pdf ")
    assert row_of(inspection, made).name == "Minutes of Monday.pdf"
    inspection.do(remove, made)
    assert list_attachments(inspection) == []
    assert pieces(inspection) == set(record_of(inspection, made).texts("pieces"))
    inspection.do(restore, made)
    assert content(inspection, made, tmp_path) == file.read_bytes()


def test_a_list_can_be_of_one_record(inspection: Inspection, note: str, file: Path) -> None:
    other = note_with(inspection)[0]
    first, second = attached(inspection, file, note), attached(inspection, file, other)
    assert [row.id for row in list_attachments(inspection, note)] == [first]
    assert [row.id for row in list_attachments(inspection)] == [first, second]


def test_what_is_no_attachment_is_refused_by_every_verb(
    inspection: Inspection, note: str, file: Path
) -> None:
    made = attached(inspection, file, note)
    for verb, given in ((rename, ("x",)), (remove, ()), (restore, ())):
        assert refused(inspection, verb, note, *given)
    assert refused(inspection, rename, made, " ")
    for question in (check_attachment, lambda *asked: save_as(*asked, file)):
        with pytest.raises(InvalidInputError):
            question(inspection, note)
        with pytest.raises(NotFoundError):
            question(inspection, "nothing")


def test_nothing_is_sealed_for_a_record_that_takes_no_attachment(
    inspection: Inspection, note: str, file: Path
) -> None:
    made = attached(inspection, file, note)
    before = pieces(inspection), revisions(inspection)
    file.write_bytes(b"other")
    gone = note_with(inspection)[0]
    inspection.do(lambda work: (work.delete(gone), work.changes())[1])
    for to in ("nothing", made, gone):
        with pytest.raises(InvalidInputError):
            attach_file(inspection, file, to)
    assert (pieces(inspection), revisions(inspection) - 2) == before


def test_the_same_content_is_kept_once(
    inspection: Inspection, note: str, file: Path, tmp_path: Path
) -> None:
    first = attached(inspection, file, note)
    before = pieces(inspection)
    again = file.with_name("copy of it.pdf")
    again.write_bytes(file.read_bytes())
    second = attached(inspection, again, note)
    inspection.do(remove, first)
    third = attached(inspection, file, note)  # also where the first was taken off
    assert pieces(inspection) == before
    for made in (first, second, third):
        assert content(inspection, made, tmp_path) == file.read_bytes()


def test_a_record_alone_never_stands_in_for_a_file(
    inspection: Inspection, note: str, file: Path, tmp_path: Path
) -> None:
    """As a damaged disk leaves it, or a colleague who only pretends to hold the file."""
    first = attached(inspection, file, note)
    (inspection.blobs.folder / record_of(inspection, first).texts("pieces")[0]).unlink()
    second = attached(inspection, file, note)
    assert content(inspection, second, tmp_path) == file.read_bytes()
    said = record_of(inspection, second)
    for lie in ({"key": "00" * 32}, {"key": "no key"}, {"pieces": ["ab" * 32] * 2}):
        inspection.do(
            lambda work, one=lie: work.changes(work.add(ATTACHMENT, {**said.fields, **one}))
        )
    inspection.do(remove, second)
    third = attached(inspection, file, note)
    assert content(inspection, third, tmp_path) == file.read_bytes()


def test_an_inspection_taken_in_from_a_file_has_its_attachments_not_held_here(
    inspection: Inspection, note: str, file: Path, tmp_path: Path
) -> None:
    inspection.do(lambda work: work.changes(work.add("inspection", {"area": "Wexcombe"})))
    made = attached(inspection, file, note)
    put = inspection.ask(lambda view: "".join(put_out(view)))
    said = record_of(inspection, made)
    for secret in ("key", "pieces", "sealed_as", said.text("key"), said.texts("pieces")[0]):
        assert secret not in put
    profile = quick.create(tmp_path / "profile")
    taken = profile.open_inspection(profile.take_in(read_document(put.encode())))
    assert row_of(taken, made).state == "not held here"
    assert row_of(taken, made).sha256 == row_of(inspection, made).sha256
    for question in (
        lambda: check_attachment(taken, made),
        lambda: save_as(taken, made, tmp_path / "out.pdf"),
        lambda: open_outside(taken, made, confirmed=True),
    ):
        with pytest.raises(InvalidInputError, match="content stayed"):
            question()
    taken.close()
    profile.close()


def archive() -> bytes:
    """An archive of names that lead elsewhere, and of one that grows a thousandfold."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("../../evil.txt", "/evil.txt", "C:\\evil.txt", "a\\..\\evil.txt", "NUL", "d"):
            made.writestr(name, b"evil")
        made.writestr("zeros", bytes(5_000_000))
        made.writestr("word/_rels/document.xml.rels", b"<x Target='http://127.0.0.1:9/t.dotm'/>")
    return buffer.getvalue()


PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    b"/AA<</O<</S/Launch/F(calc.exe)>>>>/Names<</EmbeddedFiles 2 0 R>>>>endobj\n"
    b"3 0 obj<</S/URI/URI(http://127.0.0.1:9/)>>endobj trailer<</Encrypt 4 0 R>>"
)
HOSTILE = {
    "h01_h02_archive.zip": archive(),
    "h02_h05_document.docx": archive(),
    "h02_sheet.xlsx": archive(),
    "h03_picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\2\0\0\0",
    "h03_picture.svg": b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><svg>&e;</svg>",
    "h04_document.pdf": PDF,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_h01_h02_h03_h04_h05_a_file_is_opaque_bytes_and_never_opened(
    inspection: Inspection, note: str, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "chosen" / name
    chosen.parent.mkdir()
    chosen.write_bytes(HOSTILE[name])

    def no_network(*_asked: object) -> None:
        raise AssertionError("a network was asked for")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    own = inspection.blobs.folder.parent
    before = {one for one in tmp_path.rglob("*") if own not in one.parents}
    made = attached(inspection, chosen, note)
    assert {one for one in tmp_path.rglob("*") if own not in one.parents} == before
    assert content(inspection, made, tmp_path) == HOSTILE[name]
    assert len(record_of(inspection, made).texts("pieces")) == 1


def test_h04_nothing_is_opened_outside_before_somebody_said_so(
    inspection: Inspection, note: str, file: Path, system_folder: Path
) -> None:
    made = attached(inspection, file, note)
    with pytest.raises(InvalidInputError, match="Nothing was opened"):
        open_outside(inspection, made, confirmed=False)
    assert list(system_folder.iterdir()) == []


NAMES = [
    "x" * 251 + ".pdf",
    "photo\u202egpj.exe",
    "minutes.pdf.",
    "two\nlines.pdf",
    "tab\there.exe",
    "cut\x1b[2Joff.pdf",
    "go.lnk",
    "go.url",
    "go.desktop",
    "minutes.pdf.exe",
    "minutes.pdf" + " " * 50 + ".exe",
    ".hidden",
    "-rf",
    "$(reboot).sh",
    "nul.txt",
    "Tŷ Ŵyn.pdf",
]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no files of these names")
@pytest.mark.parametrize("name", [*NAMES, b"not \xff utf-8.pdf"])
def test_h06_any_name_is_attached_shown_and_saved_safely(
    inspection: Inspection, note: str, tmp_path: Path, name: str | bytes
) -> None:
    path = tmp_path / (os.fsdecode(name) if isinstance(name, bytes) else name)
    path.write_bytes(b"words")
    row = row_of(inspection, attached(inspection, path, note))
    assert row.shown.isprintable() or "\u202f" in row.shown
    assert "\u202e" not in row.shown
    folder = tmp_path / "folder"
    folder.mkdir()
    saved = save_as(inspection, row.id, folder)
    opened = open_outside(inspection, row.id, confirmed=True)
    for out in (saved, opened.path):
        assert out.read_bytes() == b"words"
        assert out.suffix in {".pdf", ".txt", ".bin"}
        assert out.name.isprintable()
        assert not out.name.startswith((".", "-", "nul."))
    assert saved.parent == folder
    assert opened.path.stem.startswith("siteweek-")


def broken_at(inspection: Inspection, made: str, tmp_path: Path, system: Path) -> str:
    """The sentence that is said instead of opening it, both ways, with nothing left behind."""
    before = b"an earlier one"
    target = tmp_path / "saved.bin"
    target.write_bytes(before)
    with pytest.raises(DamagedFileError) as saving:
        save_as(inspection, made, target, replace=True)
    with pytest.raises(DamagedFileError) as opening:
        open_outside(inspection, made, confirmed=True)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".siteweek-*"))
    assert list(system.iterdir()) == []
    assert saving.value.sentence == opening.value.sentence
    return saving.value.sentence


def test_h07_a_damaged_attachment_is_refused_by_name_and_by_whom(
    inspection: Inspection, note: str, tmp_path: Path, system_folder: Path
) -> None:
    person = inspection.do(lambda work: work.changes(work.add("person", {"initials": "CQ1"}))).made
    inspection.do(be, person)
    path = tmp_path / "large.bin"
    path.write_bytes(LARGE)
    made = attached(inspection, path, note)
    names = record_of(inspection, made).texts("pieces")
    device = inspection.ask(lambda view: view.records.history(made)[0].dot.device)
    for number, name in enumerate(names, 1):
        piece = inspection.blobs.folder / name
        whole = piece.read_bytes()
        for content_there, what in (
            (None, "is missing"),
            (whole[:-1], "is damaged or was exchanged"),
        ):
            piece.unlink() if content_there is None else piece.write_bytes(content_there)
            sentence = broken_at(inspection, made, tmp_path, system_folder)
            assert f"Attachment {made}" in sentence
            assert f"added by {person} on device {device}" in sentence
            assert f"piece {number} of 3 {what}" in sentence
            assert record_of(inspection, made).text("key") not in sentence
        piece.write_bytes(whole)
    assert content(inspection, made, tmp_path) == LARGE


def test_h07_a_record_that_another_device_spoiled_is_refused(
    inspection: Inspection, note: str, file: Path, tmp_path: Path, system_folder: Path
) -> None:
    made, other = attached(inspection, file, note), None
    path = tmp_path / "other"
    path.write_bytes(b"something else")
    other = record_of(inspection, attached(inspection, path, note))
    sound = dict(record_of(inspection, made).fields)
    spoiled = (
        {"pieces": other.fields["pieces"]},
        {"pieces": ["../../store.db"]},
        {"pieces": ["ab" * 32, "cd" * 32]},
        {"pieces": []},
        {"key": other.fields["key"]},
        {"key": "short"},
        {"key": None},
        {"sealed_as": other.id},
        {"sealed_as": "no id"},
        {"size": 0},
        {"size": 2**40},
        {"sha256": other.fields["sha256"]},
    )
    for fields in spoiled:
        inspection.do(lambda work, one=fields: (work.change(made, one), work.changes())[1])
        assert broken_at(inspection, made, tmp_path, system_folder)
        assert row_of(inspection, made).state or fields.keys() & {
            "pieces",
            "key",
            "sealed_as",
            "sha256",
        }
        inspection.do(lambda work: (work.change(made, sound), work.changes())[1])
    assert content(inspection, made, tmp_path) == file.read_bytes()


def test_h09_a_photo_loses_its_place_or_keeps_it_and_the_choice_is_recorded(
    inspection: Inspection, note: str, tmp_path: Path
) -> None:
    photo = with_segments(picture(), exif(), xmp())
    path = tmp_path / "IMG_0001.JPG"
    path.write_bytes(photo)
    stripped = attached(inspection, path, note)
    kept = attached(inspection, path, note, keep_position=True)
    assert row_of(inspection, stripped).photo_position == "removed"
    assert row_of(inspection, kept).photo_position == "kept"
    without = content(inspection, stripped, tmp_path)
    assert POSITION not in without
    assert row_of(inspection, stripped).size == len(without)
    assert pixels(without) == pixels(photo)
    assert content(inspection, kept, tmp_path) == photo
    path.write_bytes(picture())
    assert row_of(inspection, attached(inspection, path, note)).photo_position == "none found"
    path.write_bytes(b"\x89PNG")
    assert row_of(inspection, attached(inspection, path, note)).photo_position == "not looked for"


def test_h09_a_photo_is_told_by_its_bytes_and_not_by_its_name(
    inspection: Inspection, note: str, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(with_segments(picture(), exif()))
    row = row_of(inspection, attached(inspection, path, note))
    assert (row.media_type, row.photo_position) == ("image/jpeg", "removed")


def test_b01_nothing_of_an_attachment_lies_in_the_open(tmp_path: Path, system_folder: Path) -> None:
    profile = quick.create(tmp_path / "profile")
    inspection = profile.open_inspection(
        profile.take_in(read_document(as_bytes(whole([least("inspection")]))))
    )
    path = tmp_path / f"{MARKER}.txt"
    path.write_bytes(MARKER.encode() * 1_000_000)
    made = attached(inspection, path, "inspection-1")
    save_as(inspection, made, tmp_path / "saved")
    for stage in ("open", "closed"):
        looked_at = [one for one in (tmp_path / "profile").rglob("*") if one.is_file()]
        assert len(looked_at) > 5
        for one in looked_at:
            assert not holds_marker(one, MARKER), f"{one.name}, {stage}"
            assert MARKER not in one.name
        assert list(system_folder.iterdir()) == []
        inspection.close()
    profile.close()


def test_a_file_that_is_there_is_not_replaced_unasked(
    inspection: Inspection, note: str, file: Path, tmp_path: Path
) -> None:
    made = attached(inspection, file, note)
    target = tmp_path / "there.pdf"
    target.write_bytes(b"before")
    with pytest.raises(InvalidInputError, match="is there already"):
        save_as(inspection, made, target)
    assert target.read_bytes() == b"before"
    with pytest.raises(OutputError):
        save_as(inspection, made, tmp_path / "no such folder" / "x.pdf")
    assert len(of_kind(inspection, ATTACHMENT)) == 1
