"""Makes any text fit for every output, so that one bad note never stops a report.

What a file cannot hold is replaced where a reader sees it; nothing else of the words changes.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Final, TypeVar, cast

REPLACEMENT: Final = "\ufffd"

_PLANE_ENDS: Final = "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
# XML, and so DOCX, holds none of these; PDF and HTML hold some but show none of them.
_UNFIT: Final = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}]"
)
# An override makes words read otherwise than they are stored, so its place is shown.
_OVERRIDES: Final = re.compile("[\u202d\u202e]")
# Embeddings and isolates come along when telephone numbers are pasted; they change no letter,
# but one left open would turn the rest of the paragraph round.
_EMBEDDINGS: Final = re.compile("[\u202a-\u202c\u2066-\u2069]")
_LINE_ENDS: Final = re.compile("\r\n|[\r\u2028\u2029]")

_Value = TypeVar("_Value")


def fit(text: str) -> str:
    """Return text that every output can hold, with lines ended by a newline alone."""
    text = _LINE_ENDS.sub("\n", text)
    text = _EMBEDDINGS.sub("", text)
    return _OVERRIDES.sub(REPLACEMENT, _UNFIT.sub(REPLACEMENT, text))


def fit_throughout(value: _Value) -> _Value:
    """Return a document, block or tuple with all its text fit.

    Done by walking the values, once, so that no writer has a field it could forget.
    """
    if isinstance(value, str):
        return cast("_Value", fit(value))
    if isinstance(value, tuple):
        return cast("_Value", tuple(fit_throughout(one) for one in value))
    if is_dataclass(value) and not isinstance(value, type):
        inside = {one.name: fit_throughout(getattr(value, one.name)) for one in fields(value)}
        return cast("_Value", replace(value, **inside))
    return value
