"""Siteweek's own signs: lines of one weight, drawn in the colour of the words beside them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from app.paths import resources

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPainter

_INK = "currentColor"


def draw_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw a sign of resources/icons into a square; nothing where there is none of that name."""
    renderer = _renderer(name, colour.name())
    if renderer is not None:
        renderer.render(painter, rect)


@lru_cache(maxsize=64)
def _renderer(name: str, colour: str) -> QSvgRenderer | None:
    path = resources() / "icons" / f"{name}.svg"
    if not path.is_file():
        return None
    return QSvgRenderer(QByteArray(path.read_bytes().replace(_INK.encode(), colour.encode())))
