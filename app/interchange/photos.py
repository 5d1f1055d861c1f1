"""Takes out of a JPEG what it says about where it was taken, without touching the picture.

Walks over the segments and decodes no pixel. What stays is what draws the picture, the colour
profile, which way up it is and when it was taken. Everything else that a camera or a program
wrote in goes: position, place names, thumbnails, owner, and whatever follows the picture's end
(a second picture or a film, each with a position of its own).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.errors import InvalidInputError
from app.interchange.exif import lasting_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_JPEG: Final = b"\xff\xd8\xff"
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_JFIF, _EXIF, _PROFILE, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_APPLICATION: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a segment
_JFIF_SIZE: Final = 14  # up to the thumbnail's width and height
_NO_THUMBNAIL: Final = b"\0\0"
_ADOBE_SIZE: Final = 12
_MOST_SEGMENTS: Final = 10_000  # a photo has dozens; millions of empty ones would take minutes
_EXIF_NAME: Final = b"Exif\0\0"
# In a scan FF 00 is a byte of the picture, FF D0 to D7 a restart; any other FF begins a marker.
_NEXT_MARKER: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


def is_jpeg(beginning: bytes) -> bool:
    """Whether a file that begins so is a JPEG, whatever it is called."""
    return beginning.startswith(_JPEG)


class PhotoWithoutPosition:
    """One pass over one JPEG. ``was_changed`` says afterwards whether anything was left out."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        """Take the whole file in parts of any length."""
        self.was_changed = False
        self._file = _Unread(parts)
        self._segments = 0

    def parts(self) -> Iterator[bytes]:
        """Yield the file without what it says of its place.

        Raises:
            InvalidInputError: it is not put together as a JPEG, so nobody can tell what would
                be left in it.

        """
        try:
            yield self._file.take(2)
            while (marker := self._marker()) != _END:
                yield from self._segment(marker)
                if marker == _SCAN:
                    yield from self._file.until_marker()
                    if self._file.is_at_end:
                        return  # cut short while it was copied; nothing comes after it
        except _CutShortError:
            raise InvalidInputError(
                "This photo is damaged, so its position can’t be taken out for certain. Nothing "
                "was attached. Attach it with its position kept, or a whole copy of it."
            ) from None
        yield bytes([0xFF, _END])
        self.was_changed |= not self._file.is_at_end

    def _marker(self) -> int:
        if self._file.take(1) != b"\xff":
            raise _CutShortError
        while (code := self._file.take(1)[0]) == 0xFF:  # noqa: PLR2004 - fill bytes before a marker
            pass
        self._segments += 1
        if code in {0, _START} or self._segments > _MOST_SEGMENTS:
            raise _CutShortError
        return code

    def _segment(self, marker: int) -> Iterator[bytes]:
        if marker in _ALONE:
            yield bytes([0xFF, marker])
            return
        length = int.from_bytes(self._file.take(2), "big")
        if length < 2:  # noqa: PLR2004 - the length counts its own two bytes
            raise _CutShortError
        content = self._file.take(length - 2)
        kept = self._kept(marker, content)
        self.was_changed |= kept != content
        if kept is not None:
            yield bytes([0xFF, marker]) + (len(kept) + 2).to_bytes(2, "big") + kept

    def _kept(self, marker: int, content: bytes) -> bytes | None:
        """Return what stays of a segment, or None where nothing does."""
        if marker == _JFIF and content.startswith(b"JFIF\0") and len(content) >= _JFIF_SIZE:
            return content[: _JFIF_SIZE - 2] + _NO_THUMBNAIL
        if marker == _EXIF and content.startswith(_EXIF_NAME):
            lasting = lasting_part(content[len(_EXIF_NAME) :])
            return _EXIF_NAME + lasting if lasting else None
        if marker == _PROFILE and content.startswith(b"ICC_PROFILE\0"):
            return content
        if marker == _ADOBE and content.startswith(b"Adobe"):
            return content[
                :_ADOBE_SIZE
            ]  # says how its colours are coded: without it they are wrong
        return None if marker in _APPLICATION or marker == _COMMENT else content


class _CutShortError(Exception):
    """The file ends, or goes on, where a JPEG doesn't."""


class _Unread:
    """What of a file has not been walked over yet."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._held = b""
        self._at = 0

    @property
    def is_at_end(self) -> bool:
        return not self._holds(1)

    def take(self, count: int) -> bytes:
        if not self._holds(count):
            raise _CutShortError
        self._at += count
        return self._held[self._at - count : self._at]

    def until_marker(self) -> Iterator[bytes]:
        """Yield a scan up to the next marker or the end."""
        while self._holds(2):
            found = _NEXT_MARKER.search(self._held, self._at)
            if found is not None:
                yield self.take(found.start() - self._at)
                return
            # The last byte may be the first of a marker.
            yield self.take(len(self._held) - self._at - 1)
        yield self.take(len(self._held) - self._at)

    def _holds(self, count: int) -> bool:
        while len(self._held) - self._at < count:
            part = next(self._parts, None)
            if part is None:
                return False
            self._held, self._at = self._held[self._at :] + part, 0
        return True
