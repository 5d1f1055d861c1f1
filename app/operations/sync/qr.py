"""QR codes of what is handed over on a screen or on paper: invitations, requests, rooms."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import segno
from segno.encoder import DataOverflowError

from app.errors import InvalidInputError
from app.operations.files import write_bytes

if TYPE_CHECKING:
    from pathlib import Path

_QUIET_ZONE: Final = 4  # modules; the standard asks for it, and cameras do
_MODULE: Final = 6  # pixels; a code of the largest version is 1,110 pixels then


def svg(content: bytes) -> bytes:
    """Return a QR code as SVG, black on white whatever the theme: cameras need it so.

    Raises:
        InvalidInputError: it is too long for one.

    """
    drawn = io.BytesIO()
    _code(content).save(drawn, kind="svg", border=_QUIET_ZONE, scale=_MODULE, light="white")
    return drawn.getvalue()


def draw(content: bytes, path: Path) -> None:
    """Write a QR code to a new file, as SVG or PNG by its ending.

    Raises:
        InvalidInputError: it is too long for one, or the ending is another.
        OutputError: it could not be written.

    """
    kind = path.suffix.casefold().removeprefix(".")
    if kind not in {"svg", "png"}:
        raise InvalidInputError("A QR code is drawn as .svg or .png.", str(path))
    drawn = io.BytesIO()
    _code(content).save(drawn, kind=kind, border=_QUIET_ZONE, scale=_MODULE, light="white")
    write_bytes(path, [drawn.getvalue()])


def _code(content: bytes) -> segno.QRCode:
    try:
        return segno.make_qr(content, error="l", boost_error=True)
    except DataOverflowError:
        raise InvalidInputError(
            "This is too long for a QR code: names of a usual length fit. Use the file instead."
        ) from None
