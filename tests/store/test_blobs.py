from __future__ import annotations

import os
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.crypto.blob import MOST_BYTES, PIECE_SIZE
from app.crypto.keys import BlobKey
from app.errors import InvalidInputError, StoreError
from app.store.blobs import Blobs, BrokenBlobError, Health, Sealed, discard_unfinished

if TYPE_CHECKING:
    from pathlib import Path

INSPECTION, ATTACHMENT, OTHER = bytes(16), bytes(range(16)), bytes(range(1, 17))
LARGE = random.Random(1).randbytes(2 * PIECE_SIZE + 100_000)
MARKER = b"MARKERWORD"


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs", INSPECTION)


def add(blobs: Blobs, plain: bytes, attachment: bytes = ATTACHMENT) -> Sealed:
    parts = (plain[at : at + 70_000] for at in range(0, len(plain), 70_000))
    return blobs.add(attachment, len(plain), parts)


def read(blobs: Blobs, sealed: Sealed) -> bytes:
    return b"".join(blobs.read(sealed))


def refusal(blobs: Blobs, sealed: Sealed) -> str:
    with pytest.raises(BrokenBlobError) as problem:
        read(blobs, sealed)
    return problem.value.reason


def names(blobs: Blobs) -> set[str]:
    return {one.name for one in blobs.folder.iterdir()} if blobs.folder.exists() else set()


@pytest.mark.parametrize("size", [1, 16_384, PIECE_SIZE - 4_168, PIECE_SIZE, len(LARGE)])
def test_what_is_added_is_read_back(blobs: Blobs, size: int) -> None:
    sealed = add(blobs, LARGE[:size])
    assert read(blobs, sealed) == LARGE[:size]
    assert blobs.check(sealed).is_whole
    assert blobs.missing(sealed) == 0
    assert names(blobs) == set(sealed.pieces)


def test_as_much_as_an_attachment_may_have_is_added_without_being_held(blobs: Blobs) -> None:
    part = bytes(1 << 20)
    sealed = blobs.add(ATTACHMENT, MOST_BYTES, (part for _ in range(64)))
    assert sum(map(len, blobs.read(sealed))) == MOST_BYTES
    assert len(sealed.pieces) == 17


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1])
def test_a_size_that_no_attachment_has_is_a_bug(blobs: Blobs, size: int) -> None:
    with pytest.raises(ValueError, match="bytes"):
        blobs.add(ATTACHMENT, size, [b""])
    assert names(blobs) == set()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_pieces_are_their_owners_alone_and_hold_nothing_readable(blobs: Blobs) -> None:
    sealed = add(blobs, MARKER * 100_000)
    assert blobs.folder.stat().st_mode & 0o777 == 0o700
    for name in sealed.pieces:
        assert (blobs.folder / name).stat().st_mode & 0o777 == 0o600
        assert MARKER not in (blobs.folder / name).read_bytes()


def test_h07_every_piece_that_is_missing_is_named(blobs: Blobs) -> None:
    sealed = add(blobs, LARGE)
    for number, name in enumerate(sealed.pieces, 1):
        kept = (blobs.folder / name).read_bytes()
        (blobs.folder / name).unlink()
        assert refusal(blobs, sealed) == f"piece {number} of 3 is missing"
        assert blobs.check(sealed) == Health(missing=(number,))
        assert blobs.missing(sealed) == 1
        (blobs.folder / name).write_bytes(kept)
    assert read(blobs, sealed) == LARGE


def test_h07_every_piece_that_is_not_itself_is_named(blobs: Blobs) -> None:
    sealed, other = add(blobs, LARGE), add(blobs, LARGE, OTHER)
    whole = [(blobs.folder / name).read_bytes() for name in sealed.pieces]
    foreign = [(blobs.folder / name).read_bytes() for name in other.pieces]
    for number, name in enumerate(sealed.pieces):
        piece = whole[number]
        flipped = piece[:-1] + bytes([piece[-1] ^ 1])
        swapped = [one for one in whole if one is not piece]
        wrong = [b"", piece[:-1], piece + b"\0", flipped, piece * 2, *swapped, *foreign]
        for content in wrong:
            (blobs.folder / name).write_bytes(content)
            assert refusal(blobs, sealed) == f"piece {number + 1} of 3 is damaged or was exchanged"
            assert blobs.check(sealed) == Health(damaged=(number + 1,))
        (blobs.folder / name).write_bytes(piece)
    assert read(blobs, sealed) == LARGE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and links of these kinds")
def test_h07_what_is_no_plain_file_is_refused_and_never_waited_for(
    blobs: Blobs, tmp_path: Path
) -> None:
    sealed = add(blobs, b"words")
    path = blobs.folder / sealed.pieces[0]
    elsewhere = path.rename(tmp_path / "elsewhere")
    for plant in (os.mkfifo, os.mkdir, lambda at: at.symlink_to(elsewhere)):
        plant(path)
        assert refusal(blobs, sealed).startswith("piece 1 of 1 could not be read")
        assert blobs.check(sealed) == Health(damaged=(1,))
        path.rmdir() if path.is_dir() else path.unlink()


def test_h07_a_record_that_lists_whole_pieces_wrongly_opens_nothing(blobs: Blobs) -> None:
    sealed, other = add(blobs, LARGE), add(blobs, LARGE, OTHER)
    one, two, three = sealed.pieces
    lists = ((two, one, three), (one, one, three), other.pieces, (one, other.pieces[1], three))
    for pieces in lists:
        assert refusal(blobs, replace(sealed, pieces=pieces)) == (
            "its pieces do not belong together, or not to it"
        )
    # The last piece put first has another length than the first has.
    assert "piece 1 of 3" in refusal(blobs, replace(sealed, pieces=(three, two, one)))
    for changed in (
        replace(sealed, attachment=OTHER),
        replace(sealed, key=other.key),
        replace(sealed, size=sealed.size - 1),
        replace(sealed, size=sealed.size + 1),
        replace(sealed, sha256="0" * 64),
    ):
        assert refusal(blobs, changed)
    assert refusal(Blobs(blobs.folder, OTHER), sealed)
    assert read(blobs, sealed) == LARGE


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        ("a" * 64, "b" * 64),
        ("../../../etc/passwd",),
        ("/etc/passwd",),
        ("A" * 64,),
        ("a" * 63,),
        ("a" * 64 + "\n",),
        ("a" * 64 + ".new",),
    ],
)
def test_names_of_pieces_are_looked_at_before_a_path_is_made_of_them(
    pieces: tuple[str, ...],
) -> None:
    with pytest.raises(ValueError, match=r"name|number"):
        Sealed(ATTACHMENT, 5, "0" * 64, BlobKey(bytes(32)), pieces)


def test_what_fails_on_the_way_in_leaves_nothing(blobs: Blobs) -> None:
    before = add(blobs, b"kept")

    def failing() -> object:
        yield LARGE[: 2 * PIECE_SIZE]
        raise InvalidInputError("the file changed")

    with pytest.raises(InvalidInputError):
        blobs.add(OTHER, len(LARGE), failing())
    with pytest.raises(ValueError, match="length"):
        blobs.add(OTHER, len(LARGE) + 1, [LARGE])
    with pytest.raises(ValueError, match="length"):
        blobs.add(OTHER, len(LARGE) - 1, [LARGE])
    assert names(blobs) == set(before.pieces)


def test_c07_an_unfinished_piece_goes_at_the_next_opening_and_a_finished_one_stays(
    blobs: Blobs,
) -> None:
    sealed = add(blobs, LARGE)
    unfinished = blobs.folder / ("ab" * 32 + ".new")
    unfinished.write_bytes(b"half")
    (blobs.folder / "somebody's.new").write_bytes(b"not ours")
    discard_unfinished(blobs.folder)
    assert names(blobs) == {*sealed.pieces, "somebody's.new"}
    discard_unfinished(blobs.folder / "is not there")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_said(blobs: Blobs) -> None:
    add(blobs, b"words")
    blobs.folder.chmod(0o500)
    with pytest.raises(StoreError, match="Nothing of it was kept"):
        add(blobs, b"more")
    blobs.folder.chmod(0o700)


def test_a_file_in_place_of_the_folder_is_said(blobs: Blobs) -> None:
    blobs.folder.write_bytes(b"")
    with pytest.raises(StoreError, match="Nothing of it was kept") as problem:
        add(blobs, b"words")
    assert str(blobs.folder) not in problem.value.sentence


def test_a_piece_is_handed_over_and_kept_elsewhere_as_it_is(blobs: Blobs, tmp_path: Path) -> None:
    sealed = add(blobs, LARGE)
    elsewhere = Blobs(tmp_path / "elsewhere", INSPECTION)
    for name in sealed.pieces:
        assert not elsewhere.has(name)
        elsewhere.keep(name, blobs.piece(name))
        elsewhere.keep(name, blobs.piece(name))
        assert elsewhere.has(name)
    assert read(elsewhere, sealed) == LARGE


def test_a_piece_that_is_not_what_its_name_says_is_neither_kept_nor_handed_over(
    blobs: Blobs, tmp_path: Path
) -> None:
    (name,) = add(blobs, MARKER).pieces
    content = blobs.piece(name)
    elsewhere = Blobs(tmp_path / "elsewhere", INSPECTION)
    for other in (content[:-1], content + b"x", b"", bytes(PIECE_SIZE + 1)):
        with pytest.raises(ValueError, match="name"):
            elsewhere.keep(name, other)
    assert not elsewhere.has(name)
    assert not elsewhere.has("../" + name)
    path = blobs.folder / name
    path.write_bytes(content[:-1])
    with pytest.raises(StoreError, match="verify"):
        blobs.piece(name)
    path.unlink()
    with pytest.raises(StoreError, match="verify"):
        blobs.piece(name)
