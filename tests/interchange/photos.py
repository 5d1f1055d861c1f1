"""Photos put together byte by byte: a real picture, and round it what cameras write in."""

from __future__ import annotations

import struct
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageWriter

POSITION: Final = b"51.5007N 0.1246W MARKERPLACE"
TAKEN: Final = b"2026:10:12 09:40:00\0"
OFFSET: Final = b"+01:00\0"


def picture(*, progressive: bool = False, size: int = 64) -> bytes:
    """A JPEG of coloured stripes, as a library writes it."""
    image = QImage(size, size, QImage.Format.Format_RGB32)
    for x in range(size):
        for y in range(size):
            image.setPixelColor(x, y, QColor((x * 7) % 256, (y * 5) % 256, (x * y) % 256))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"JPEG")
    writer.setProgressiveScanWrite(progressive)
    assert writer.write(image)
    return bytes(buffer.data().data())


def pixels(photo: bytes) -> bytes:
    """What the picture shows, decoded by somebody else, as it is stored and not turned."""
    image = QImage.fromData(photo, "JPEG").convertToFormat(QImage.Format.Format_RGB32)
    assert not image.isNull()
    return bytes(image.constBits())


def with_segments(photo: bytes, *segments: bytes) -> bytes:
    """The photo with segments after its start."""
    return photo[:2] + b"".join(segments) + photo[2:]


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def exif(order: str = ">", orientation: int = 6) -> bytes:
    """An Exif segment as a telephone writes it: position, thumbnail, camera, time, which way up."""
    words = {0x010F: b"MARKERCAMERA\0", 0x9003: TAKEN, 0x9011: OFFSET, 0x0002: POSITION}
    thumbnail = picture(size=8)
    # Directory 0 has 4 entries, the one for more 2, the one for the position 1, the thumbnail's 2.
    more_at = 8 + 2 + 4 * 12 + 4
    place_at = more_at + 2 + 2 * 12 + 4
    second_at = place_at + 2 + 1 * 12 + 4
    at = second_at + 2 + 2 * 12 + 4
    places = {}
    for tag, value in words.items():
        places[tag] = at
        at += len(value)

    def text(tag: int) -> bytes:
        return struct.pack(f"{order}HHII", tag, 2, len(words[tag]), places[tag])

    def pointer(tag: int, value: int) -> bytes:
        return struct.pack(f"{order}HHII", tag, 4, 1, value)

    def directory(*entries: bytes, then: int = 0) -> bytes:
        packed = struct.pack(f"{order}H", len(entries)) + b"".join(entries)
        return packed + struct.pack(f"{order}I", then)

    turned = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    first = (text(0x010F), turned, pointer(0x8769, more_at), pointer(0x8825, place_at))
    body = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    body += directory(*first, then=second_at)
    body += directory(text(0x9003), text(0x9011))
    body += directory(text(0x0002))
    body += directory(pointer(0x0201, at), pointer(0x0202, len(thumbnail)))
    body += b"".join(words.values()) + thumbnail
    return segment(0xE1, b"Exif\0\0" + body)


def xmp() -> bytes:
    packet = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='" + POSITION + b"'/>"
    return segment(0xE1, packet)


def iptc() -> bytes:
    return segment(0xED, b"Photoshop 3.0\x008BIM" + POSITION)


def profile() -> bytes:
    return segment(
        0xE2,
        b"ICC_PROFILE\0\1\1" + QColorSpace(QColorSpace.NamedColorSpace.SRgb).iccProfile().data(),
    )
