"""Names of files that came from outside: shown so that nothing in them hides, and made safe.

A name is evidence and is kept as it came. But a name can order the screen to show it backwards,
and its ending decides what a computer does with the file; so nobody is shown a name, and no file
is written under one, but through here.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_NAME: Final = 255  # characters
PLAIN_ENDING: Final = ".bin"
OPAQUE: Final = "application/octet-stream"

# The endings that a file may have outside: programs show what is in such files and run none of it.
# What holds macros, scripts, markup or the address of something else is not among them.
_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".pdf": "application/pdf",
        ".txt": "text/plain",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".png": "image/png",
        ".heic": "image/heic",
        ".tif": "image/tiff",
        ".tiff": "image/tiff",
        ".mp3": "audio/mpeg",
        ".m4a": "audio/mp4",
        ".wav": "audio/wav",
        ".mp4": "video/mp4",
        ".mov": "video/quicktime",
    }
)
_LONGEST_STEM: Final = 60
# Windows opens a device under each of these, whatever ending follows.
_DEVICES: Final = re.compile(r"(?i)con|prn|aux|nul|(?:com|lpt)[0-9¹²³]|conin\$|conout\$")
_UNSAFE: Final = re.compile(r"[^\w -]+")
_WIDE_GAP: Final = re.compile(r"\s{3,}")
# What a field of one line can't hold; see validation.
_NOT_ON_A_LINE: Final = re.compile("[\0\n\v\f\r\x1c-\x1e\x85\u2028\u2029\ud800-\udfff]")


def visible(name: str) -> str:
    """Return a name as it may be shown: what would hide, turn or break it is spelled out.

    >>> visible("photo\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe")
    'photo⟨U+202E⟩gpj.exe'
    """
    gaps_told = _WIDE_GAP.sub(lambda gap: f"⟨{len(gap.group())} spaces⟩", name)
    return "".join(map(_shown, gaps_told))


def kept(name: str) -> str:
    """Return a name as a record can hold it: as it is, but on one line and of bounded length."""
    on_a_line = _NOT_ON_A_LINE.sub(lambda found: _shown(found.group()), name)
    if len(on_a_line) > LONGEST_NAME:
        ending = _ending(on_a_line)
        on_a_line = on_a_line[: LONGEST_NAME - 1 - len(ending)] + "…" + ending
    return on_a_line


def media_type(name: str) -> str:
    """Return what a name's ending says the file is. The file itself is never asked."""
    return _TYPES.get(_ending(name), OPAQUE)


def safe_ending(name: str) -> str:
    """Return the name's ending if a file may have it outside, else one that opens in nothing."""
    ending = _ending(name)
    return ending if ending in _TYPES else PLAIN_ENDING


def safe_name(name: str) -> str:
    """Return a file name that every system takes, that hides nothing and starts nothing."""
    stem = name[: len(name) - len(_ending(name))]
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", stem))[:_LONGEST_STEM].strip(" _-")
    if not plain or _DEVICES.fullmatch(plain):
        plain = f"attachment {plain}".strip()
    return plain + safe_ending(name)


def _ending(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _shown(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    code = ord(character)
    if code < 0x20:  # noqa: PLR2004 - the control characters have pictures of their own
        return chr(0x2400 + code)
    return f"⟨U+{code:04X}⟩"
