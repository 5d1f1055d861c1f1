"""Finds the colours of the scheme in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from app.ui.tokens import LIGHT, OF_SCHEME

if TYPE_CHECKING:
    from app.ui.tokens import Colours


def colour_of(role: str) -> QColor:
    """Return a colour by its role, such as "muted" or "priority", in the scheme in use.

    The application's palette tells the schemes apart: a style sheet replaces a widget's own.
    """
    return QColor(getattr(_scheme_in_use(), role))


def _scheme_in_use() -> Colours:
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Base)
    return next((one for one in OF_SCHEME.values() if ground == QColor(one.surface)), LIGHT)
