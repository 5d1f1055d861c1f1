"""Between Qt's places in a text, counted in UTF-16 units, and ours, counted in code points."""

from __future__ import annotations

import re
from typing import Final

LINE_BREAK: Final = "\u2028"  # what Qt keeps for a line break within one paragraph
_UNWELCOME: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def units(text: str, points: int) -> int:
    """Return the UTF-16 units that the first ``points`` code points of a text take."""
    return len(text[:points].encode("utf-16-le", "surrogatepass")) // 2


def points(text: str, at_unit: int) -> int:
    """Return the code points within the first ``at_unit`` UTF-16 units of a text."""
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * at_unit]
    return len(raw.decode("utf-16-le", "ignore"))


def stored(shown: str) -> str:
    """Return a paragraph's words as they are stored, from how Qt holds them."""
    return shown.replace(LINE_BREAK, "\n").replace("\u2029", "\n")


def shown(stored_words: str) -> str:
    """Return stored words as Qt holds them in one block."""
    return stored_words.replace("\n", LINE_BREAK)


def clean(pasted: str) -> list[str]:
    """Return pasted text as paragraphs, without what no note can hold."""
    plain = _UNWELCOME.sub("", pasted.replace("\r\n", "\n").replace("\r", "\n"))
    return [line.strip(LINE_BREAK) for line in re.split("[\n\u2029]+", plain)]
