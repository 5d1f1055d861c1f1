"""Applies the visual language: palette and one style sheet, light, dark or high contrast.

Switching needs no restart; SYSTEM follows the desktop while the app runs.
"""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette

from app.paths import resources
from app.ui import tokens
from app.ui.tokens import Colours, Scheme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_ROLES: Final = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Mid: "muted",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Dark: "line",
}


_ICONS: Final = {tokens.LIGHT: "light", tokens.DARK: "dark", tokens.HIGH_CONTRAST: "contrast"}


class Theme(QObject):
    """Colours and sizes of the running application."""

    def __init__(self, application: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        """Apply a scheme and, for SYSTEM, follow the desktop from now on."""
        super().__init__(application)
        self._application = application
        self.scheme = scheme
        self.scale = 1.0
        application.styleHints().colorSchemeChanged.connect(self._on_desktop_changed)
        self.apply(scheme)

    @property
    def colours(self) -> Colours:
        """The colours in use."""
        if self.scheme is not Scheme.SYSTEM:
            return tokens.OF_SCHEME[self.scheme]
        wanted = self._application.styleHints().colorScheme()
        return tokens.DARK if wanted is Qt.ColorScheme.Dark else tokens.LIGHT

    def apply(self, scheme: Scheme, scale: float = 1.0) -> None:
        """Colour the window by a scheme, with letters ``scale`` times their size."""
        self.scheme, self.scale = scheme, scale
        colours = self.colours
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, QColor(getattr(colours, name)))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
        font = QFont(self._application.font())
        font.setPointSizeF(tokens.INTERFACE * scale)
        self._application.setFont(font)
        self._application.setPalette(palette)
        self._application.setStyleSheet(style_sheet(colours, scale))

    def _on_desktop_changed(self) -> None:
        if self.scheme is Scheme.SYSTEM:
            self.apply(Scheme.SYSTEM, self.scale)


def style_sheet(colours: Colours, scale: float = 1.0) -> str:
    """Return the style sheet with its names filled in."""
    template = Template((resources() / "qss" / "siteweek.qss").read_text("utf-8"))
    sizes = {
        "interface": tokens.INTERFACE,
        "meta": tokens.META,
        "reading": tokens.READING,
        "title": tokens.TITLE,
        "head": tokens.PAGE_HEAD,
    }
    scaled = {name: f"{size * scale:g}" for name, size in sizes.items()}
    tick, ring = round(tokens.TICK * scale), round(tokens.RING * scale)
    marks = {
        "tick": str(tick),
        "round": str(tick // 2 + 1),
        "ring": str(ring),
        "dot": str(tick + 2 - 2 * ring),
        "arrow": str(round(tokens.ARROW * scale)),
    }
    icons = {
        name: (resources() / "icons" / f"{name}-{_ICONS[colours]}.svg").as_posix()
        for name in ("up", "down", "check")
    }
    return template.substitute(asdict(colours) | scaled | marks | icons)
