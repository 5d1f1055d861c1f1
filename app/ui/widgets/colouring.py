"""Finds the colours of the scheme a widget is shown in."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

from app.ui.tokens import LIGHT, OF_SCHEME

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.tokens import Colours


def colour_in(widget: QWidget, role: str) -> QColor:
    """Return a colour by its role, such as "muted" or "priority", in the scheme in use.

    A style sheet replaces some colours of a widget's palette, but not the ground of its words,
    which tells the schemes apart.
    """
    return QColor(asdict(_scheme_of(widget))[role])


def _scheme_of(widget: QWidget) -> Colours:
    ground = widget.palette().color(QPalette.ColorRole.Base)
    return next((one for one in OF_SCHEME.values() if ground == QColor(one.surface)), LIGHT)
