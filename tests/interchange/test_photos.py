from __future__ import annotations

import random
import struct
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageIOHandler, QImageReader

from app.errors import InvalidInputError
from app.interchange.exif import lasting_part
from app.interchange.photos import PhotoWithoutPosition, is_jpeg
from tests.interchange.photos import (
    OFFSET,
    POSITION,
    TAKEN,
    exif,
    iptc,
    picture,
    pixels,
    profile,
    segment,
    with_segments,
    xmp,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAIN = picture()


def stripped(photo: bytes, step: int = 1 << 20) -> tuple[bytes, bool]:
    parts = (photo[at : at + step] for at in range(0, len(photo), step))
    walk = PhotoWithoutPosition(parts)
    return b"".join(walk.parts()), walk.was_changed


def orientation(photo: bytes) -> QImageIOHandler.Transformation:
    buffer = QBuffer()
    buffer.setData(QByteArray(photo))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(buffer).transformation()


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("step", [1, 7, 1 << 20])
def test_h09_position_and_thumbnail_go_and_the_picture_stays(order: str, step: int) -> None:
    photo = with_segments(PLAIN, exif(order), xmp(), profile(), iptc(), segment(0xFE, POSITION))
    assert photo.count(POSITION) == 4
    kept, was_changed = stripped(photo, step)
    assert was_changed
    assert b"MARKER" not in kept
    assert kept.count(b"\xff\xd8") == 1  # the thumbnail was a picture of its own
    assert b"GPS" not in kept
    assert pixels(kept) == pixels(photo)
    assert profile() in kept


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("turn", range(1, 9))
def test_h09_which_way_up_and_when_it_was_taken_stay(order: str, turn: int) -> None:
    photo = with_segments(PLAIN, exif(order, turn))
    kept, _was_changed = stripped(photo)
    assert orientation(kept) == orientation(photo)  # as another program reads both
    assert kept.count(TAKEN) == kept.count(OFFSET) == 1


def test_what_follows_the_end_of_the_picture_goes() -> None:
    second = with_segments(PLAIN, exif())
    kept, was_changed = stripped(PLAIN + second)
    assert (kept, was_changed) == (PLAIN, True)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photo_that_says_nothing_stays_as_it_is(*, progressive: bool) -> None:
    photo = picture(progressive=progressive)
    assert (photo.count(b"\xff\xda") > 1) == progressive  # several scans
    assert stripped(photo) == (photo, False)
    assert stripped(photo, 1) == (photo, False)


def test_a_thumbnail_in_the_first_segment_goes_too() -> None:
    jfif = b"JFIF\0\1\1\0\0\1\0\1"
    photo = b"\xff\xd8" + segment(0xE0, jfif + b"\2\2" + b"MARKERTHUMB!") + PLAIN[20:]
    kept, was_changed = stripped(photo)
    assert was_changed
    assert b"MARKER" not in kept
    assert segment(0xE0, jfif + b"\0\0") in kept


def test_a_scan_that_was_cut_short_is_kept_as_far_as_it_goes() -> None:
    scan = PLAIN.index(b"\xff\xda") + 20
    for length in range(scan, len(PLAIN) - 1, 37):
        assert stripped(PLAIN[:length])[0] == PLAIN[:length]


def test_h03_a_header_that_is_cut_short_or_damaged_is_refused_at_every_length() -> None:
    photo = with_segments(PLAIN, exif(), profile())
    scan = photo.index(b"\xff\xda", len(exif()))
    for length in range(3, scan + 4):
        with pytest.raises(InvalidInputError, match="damaged"):
            stripped(photo[:length])
    for wrong in (b"\xff\xd8\xff\xe1\0\1", b"\xff\xd8\xff\xd8", b"\xff\xd8\xff\0", b"\xff\xd8x"):
        with pytest.raises(InvalidInputError, match="damaged"):
            stripped(wrong + PLAIN)


def test_millions_of_empty_segments_are_refused_and_not_walked() -> None:
    walked = 0

    def endless() -> Iterable[bytes]:
        nonlocal walked
        yield b"\xff\xd8"
        while True:
            walked += 1
            yield segment(0xE5, b"") * 1_000

    with pytest.raises(InvalidInputError):
        b"".join(PhotoWithoutPosition(endless()).parts())
    assert walked < 20


@given(st.binary(max_size=200), st.integers(1, 50))
def test_any_bytes_end_in_a_photo_or_a_refusal(noise: bytes, step: int) -> None:
    for file in (b"\xff\xd8\xff" + noise, PLAIN[:300] + noise):
        try:
            kept, _was_changed = stripped(file, step)
        except InvalidInputError:
            continue
        assert len(kept) <= len(file) + 2


def test_exif_damaged_anywhere_gives_nothing_but_what_lasts() -> None:
    whole = exif()[10:]
    sound = lasting_part(whole)
    seed = random.Random(1)
    for place in range(200):
        changed = bytearray(whole)
        changed[place] ^= seed.randrange(1, 256)
        part = lasting_part(bytes(changed))
        assert b"MARKER" not in part
        assert len(part) <= len(sound)
    for length in range(len(whole)):
        assert b"MARKER" not in lasting_part(whole[:length])


def test_exif_that_names_itself_does_not_go_round() -> None:
    entry = struct.pack(">HHII", 0x8769, 4, 1, 8)
    looping = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 8)
    assert lasting_part(looping) == b""
    assert lasting_part(b"MM\0*" + struct.pack(">IH", 8, 65_535) + entry * 9) == b""


def test_written_exif_is_sorted_and_within_itself() -> None:
    part = lasting_part(exif("<")[10:])
    assert part[:8] == b"MM\0*\0\0\0\x08"
    assert lasting_part(part) == part
    tags = [int.from_bytes(part[10 + 12 * index :][:2], "big") for index in range(2)]
    assert all(one < other for one, other in pairwise(tags))


def test_a_jpeg_is_told_by_its_bytes_and_not_its_name() -> None:
    assert is_jpeg(PLAIN)
    assert not is_jpeg(b"\x89PNG\r\n\x1a\n")
    assert not is_jpeg(b"")
